/** Records written when a certificate replaces another: together, or not at all. */
import { requireRecord, type Read } from '../../vault/reading.ts'
import type { Write } from '../../vault/commit.ts'
import type { AuthorityRecord, CertificateRecord, JournalDraft } from '../../vault/shapes.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { callingName } from '../../x509/calling-name.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { keyWrite, newId, type Keeping, type NewKey } from '../certifying/certified-key.ts'
import { certificateRecord, certificateWrite } from '../records/certificate-records.ts'
import { withOthers } from '../records/other-certificates.ts'
import type { KeyKeeping } from '../../border/words.ts'
import type { RenewalRole } from '../../border/protocol/renewal-part.ts'
import { formerWrites, type Former, type PreparedRenewal } from './renewing.ts'
import { handedOutEntry } from '../session/leaving.ts'
import type { Session } from '../session/session.ts'
import type { Actor } from '../../border/views.ts'
import { isCa } from '../../x509/roles.ts'

export interface RenewedRecords {
  certificateId: string
  /** The CA with the new key. */
  authorityId: string | null
  writes: Write[]
  entries: JournalDraft[]
  /** The records all this was computed from. */
  basedOn: Read<'certificates' | 'authorities'>[]
}

export interface RenewedKeeping extends Keeping {
  revokeFormer: boolean
}

/**
 * `signed`: the certificates of the parts, in order. `former` is the old one as currently stored: it may have been
 * revoked, annotated or renewed since, here or in another tab. Rejects with 'renewal-done-before'.
 */
export async function renewedRecords(
  session: Session,
  renewal: PreparedRenewal,
  former: Former,
  signed: readonly Certificate[],
  keeping: RenewedKeeping,
  actor: Actor,
): Promise<RenewedRecords> {
  const { issuer, key, parts } = renewal
  const { caKey, leaving, revokeFormer, kept } = keeping
  const certificate = signed[0]!
  const forCa = isCa(certificate)
  const ids = parts.map(newId)
  const certificateId = ids[0]!
  const own = former.record.ownAuthorityId
  const authorityId = forCa && (key || own === null) ? newId() : own
  const given = {
    authorityId: issuer?.id ?? authorityId,
    ownAuthorityId: authorityId,
    predecessorId: former.id,
    ...inherited(former, key, forCa ? caKey.kind : keeping.endEntityKey),
  }
  const record = certificateRecord(session, certificate, given, actor)
  const name = callingName(certificate)
  const change = { successorId: certificateId, revokedAt: revokeFormer ? new Date(session.now) : null }
  const old = formerWrites(session, former, change, actor)
  const numbers = `${serialOf(former.certificate)} → ${serialOf(certificate)}`
  const writes = [certificateWrite(certificateId, record, certificate), old.write]
  const entries = [
    session.draft('certificate-renewed', `${name} · ${numbers}`, actor, certificateId),
    ...old.entries,
  ]
  if (key && record.keyId !== null) writes.push(await keyWrite(session, key, forCa ? caKey : null, kept))
  if (record.key === 'handed-out' && key)
    entries.push(handedOutEntry(session, name, actor, leaving, certificateId))
  const renewed: RenewedRecords = {
    certificateId,
    authorityId: null,
    writes,
    entries,
    basedOn: [former.read],
  }
  if (authorityId === null) return renewed
  if (authorityId !== own) {
    const sides = { record, former, own, authorityId }
    return withNewAuthority(session, renewal, { ...sides, ids, signed, caKey, actor }, renewed)
  }
  const read = await requireRecord(session.vault, 'authorities', own)
  renewed.basedOn.push(read)
  writes.push(withNewCertificate(read, former, certificateId, issuer?.id ?? null))
  return renewed
}

/** What the new certificate takes over from the old one, and its key: `place` is where a new one is kept. */
function inherited({ record }: Former, key: NewKey | null, place: CertificateRecord['key']) {
  const { profileId, tags, notes } = record
  const kept = key
    ? { key: place, keyId: place === 'handed-out' ? null : key.id }
    : { key: record.key, keyId: record.keyId }
  return { profileId, tags, notes, ...kept }
}

interface NewAuthority extends Sides {
  /** Of the certificates, in the order of the parts. */
  ids: readonly string[]
  signed: readonly Certificate[]
  caKey: KeyKeeping
  actor: Actor
}

/** Adds the CA with the new key, its cross-certificates, and the mention of it in the one with the old key. */
async function withNewAuthority(
  session: Session,
  { issuer, key, parts }: PreparedRenewal,
  { ids, signed, caKey, actor, ...sides }: NewAuthority,
  { certificateId, writes, entries, basedOn }: RenewedRecords,
): Promise<RenewedRecords> {
  const { record, own, authorityId } = sides
  const name = callingName(signed[0]!)
  const idsOf = (wanted: RenewalRole): string[] => ids.filter((_, index) => parts[index]!.role === wanted)
  const created: AuthorityRecord = {
    parentId: issuer?.id ?? null,
    certificateId,
    key: key ? caKey.kind : 'elsewhere',
    keyId: record.keyId,
    createdAt: session.now,
    retiredAt: null,
    ...others(idsOf('new-with-old')),
  }
  writes.push(
    ...crossRecords(sides, parts, signed).map((value, index) =>
      certificateWrite(ids[index + 1]!, value, signed[index + 1]!),
    ),
    { store: 'authorities', id: authorityId, value: created, mode: 'add' },
  )
  entries.push(session.draft('authority-created', name, actor, authorityId))
  if (own !== null) {
    const read = await requireRecord(session.vault, 'authorities', own)
    basedOn.push(read)
    const { value } = read
    const left = {
      ...value,
      successorId: authorityId,
      ...others([...(value.otherCertificateIds ?? []), ...idsOf('old-with-new')]),
    }
    writes.push({ store: 'authorities', id: own, value: left, mode: 'put' })
    entries.push(session.draft('authority-rolled-over', name, actor, own))
  }
  return { certificateId, authorityId, writes, entries, basedOn }
}

const others = (ids: string[]): Pick<AuthorityRecord, 'otherCertificateIds'> =>
  ids.length === 0 ? {} : { otherCertificateIds: ids }

/** Returns the CA with its new certificate. */
function withNewCertificate(
  { id, value }: Read<'authorities'>,
  former: Former,
  certificateId: string,
  parentId: string | null,
): Write {
  const renewed = withOthers({ ...value, parentId, certificateId }, [former.id])
  return { store: 'authorities', id, value: renewed, mode: 'put' }
}

interface Sides {
  record: CertificateRecord
  former: Former
  /** The CA with the old key, and the one with the new key. */
  own: string | null
  authorityId: string
}

/** Each cross-certificate is filed below the CA that signed it and belongs to the other. */
function crossRecords(
  { record, former, own, authorityId }: Sides,
  parts: PreparedRenewal['parts'],
  signed: readonly Certificate[],
): CertificateRecord[] {
  const sides: Record<Exclude<RenewalRole, 'renewed'>, Partial<CertificateRecord>> = {
    'old-with-new': {
      authorityId,
      ownAuthorityId: own,
      key: former.record.key,
      keyId: former.record.keyId,
    },
    'new-with-old': { authorityId: own, ownAuthorityId: authorityId },
  }
  const { predecessorId: _, ...plain } = record
  return parts.flatMap(({ role }, index) =>
    role === 'renewed'
      ? []
      : [{ ...plain, ...sides[role], der: signed[index]!.der.slice(), tags: [], notes: '' }],
  )
}
