/** Shared by single and bulk renewal: preparing from the old certificate, and storing. */
import { prepareReissue } from '../../ca/reissue.ts'
import type { ValidityInput } from '../../ca/input.ts'
import type { Issuer, Preparation, Surroundings } from '../../ca/prepare.ts'
import { revoke } from '../../ca/revoke.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import type { Write } from '../../vault/commit.ts'
import { requireRecord, type Read } from '../../vault/reading.ts'
import type { AuthorityRecord, CertificateRecord, JournalDraft } from '../../vault/shapes.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { callingName } from '../../x509/calling-name.ts'
import { generatedAs, revocationOf } from '../shared/facts.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { issuingAuthority, newKey, type IssuingAuthority, type NewKey } from '../certifying/certified-key.ts'
import { profileOf } from '../certifying/methods/profile.ts'
import { revokedRecord } from '../lists/methods/revocation.ts'
import type { RenewalInput } from '../../border/protocol/renewal.ts'
import type { RenewalRole } from '../../border/protocol/renewal-part.ts'
import { rewritten } from '../files/rewritten.ts'
import type { Session } from '../session/session.ts'
import { isLostKey } from '../signing/lost-keys.ts'
import type { Actor } from '../../border/views.ts'
import { DAY } from '../../time.ts'
import { isCa } from '../../x509/roles.ts'

/** The certificate to renew. */
export interface Former {
  readonly id: string
  /** As it was read; the later write is based on this. */
  readonly read: Read<'certificates'>
  readonly record: CertificateRecord
  readonly certificate: Certificate
}

export interface PreparedPart {
  readonly role: RenewalRole
  readonly preparation: Preparation
}

/** Everything signing needs, kept from prepare to sign. */
export interface PreparedRenewal {
  readonly former: Former
  /** Null for a self-signed root. */
  readonly issuer: IssuingAuthority | null
  /** Null if the key stays the same. */
  readonly key: NewKey | null
  /** What speaks against the CA that signs. */
  readonly against: readonly Finding[]
  /** The replacement first, then cross-certificates. */
  readonly parts: readonly PreparedPart[]
}

/** Rejects with 'renewal-done-before' if it was replaced already. */
export async function formerOf(session: Session, certificateId: string): Promise<Former> {
  return asFormer(session, await requireRecord(session.vault, 'certificates', certificateId))
}

/** Returns the same for a record already read. */
export async function asFormer(session: Session, read: Read<'certificates'>): Promise<Former> {
  const { id, value: record } = read
  const certificate = parseCertificate(record.der)
  if (record.successorId !== undefined) {
    const { serialNumber } = await session.inventory.row(record.successorId)
    throw new CodedError('renewal-done-before', { name: callingName(certificate), serialNumber })
  }
  return { id, read, record, certificate }
}

const isRoot = ({ authorityId, ownAuthorityId }: CertificateRecord): boolean =>
  authorityId !== null && authorityId === ownAuthorityId

/** The source of authorities: the vault, or a cache of those the previous certificates needed. */
export interface Authorities {
  readonly issuerOf: (authorityId: string) => Promise<IssuingAuthority>
  /** The authority itself, or its latest successor with a new key. */
  readonly lastOf: (authorityId: string) => Promise<string>
}

export const authoritiesOf = (session: Session): Authorities => ({
  issuerOf: (id) => issuingAuthority(session, id),
  lastOf: (id) => lastOf(session, id),
})

/**
 * Prepares the replacement of `former`; for a root with a new key its cross-certificates too. Rejects with
 * 'renewal-issuer-missing', 'authority-retired', and as prepare() does.
 */
export async function prepareRenewal(
  session: Session,
  former: Former,
  input: Omit<RenewalInput, 'certificateId'>,
  around: Surroundings,
  { issuerOf, lastOf }: Authorities = authoritiesOf(session),
): Promise<PreparedRenewal> {
  const { record, certificate } = former
  const root = isRoot(record) ? await issuerOf(record.authorityId!) : null
  const signer = root ? null : await signerOf(former, input.authorityId, lastOf)
  const issuer = signer === null ? null : await issuerOf(signer)
  const algorithm = input.keyAlgorithm ?? generatedAs(certificate.spki) ?? 'p256'
  const key = input.key === 'new' ? await newKey(session, algorithm) : null
  const choices = {
    key: key && key.record.spki,
    validity: input.validity ?? (await usualValidity(session, former)),
    signature: null,
    datesFrom: input.validity ? ('operator' as const) : ('profile' as const),
    isMoved: signer !== null && signer !== record.authorityId,
  }
  const known = (root ?? issuer)!.against
  const renewed = await prepareReissue(certificate, choices, issuer, { ...around, known })
  const parts: PreparedPart[] = [{ role: 'renewed', preparation: renewed }]
  // Nobody is to trust a key that others have: no certificate is made for it.
  if (root && key && !(await isLostKey(session, certificate.spki)))
    parts.push(...(await crossParts(root, renewed.certificate, around)))
  return { former, issuer, key, against: known, parts }
}

/**
 * A root's two keys certify each other (RFC 4210 §4.4), so that anyone who trusts one root can validate chains below
 * the other. The old key's certificate lasts as long as the old root, the new key's until the first of the two expires.
 */
async function crossParts(old: Issuer, renewed: Certificate, around: Surroundings): Promise<PreparedPart[]> {
  const { notBefore, notAfter } = old.certificate
  const until = notAfter < renewed.notAfter ? notAfter : renewed.notAfter
  const kept = { key: null, signature: null, datesFrom: 'former' } as const
  const oldWithNew = prepareReissue(
    old.certificate,
    { ...kept, validity: { notBefore, notAfter: until } },
    { certificate: renewed, chain: [] },
    around,
  )
  const newWithOld = prepareReissue(
    renewed,
    { ...kept, validity: { notBefore: renewed.notBefore, notAfter: until } },
    old,
    around,
  )
  return [
    { role: 'old-with-new', preparation: await oldWithNew },
    { role: 'new-with-old', preparation: await newWithOld },
  ]
}

/** Returns the requested CA; else the one that signed, or its latest successor. */
async function signerOf(
  { record, certificate }: Former,
  asked: string | null,
  lastOf: Authorities['lastOf'],
): Promise<string> {
  if (asked !== null) return asked
  if (record.authorityId === null)
    throw new CodedError('renewal-issuer-missing', { name: callingName(certificate) })
  return lastOf(record.authorityId)
}

/** Returns the authority itself, or its latest successor with a new key. */
export async function lastOf(session: Session, authorityId: string): Promise<string> {
  const seen = new Set([authorityId])
  for (let id = authorityId; ; seen.add(id)) {
    const { successorId }: AuthorityRecord = (await requireRecord(session.vault, 'authorities', id)).value
    if (successorId === undefined || seen.has(successorId)) return id
    id = successorId
  }
}

/** Returns the profile's validity; for a certificate without a profile, the old one's. */
async function usualValidity(session: Session, { record, certificate }: Former): Promise<ValidityInput> {
  const forCa = isCa(certificate)
  const lasted = certificate.notAfter.getTime() - certificate.notBefore.getTime()
  const asLong = { days: Math.min(Math.max(1, Math.ceil(lasted / DAY)), 36_525) }
  try {
    const { kind, validity } = await profileOf(session, record.profileId)
    return (kind !== 'endEntity') === forCa ? validity : asLong
  } catch (error) {
    if (!isCodedError(error, 'profile-unknown')) throw error
    return asLong
  }
}

export interface FormerChange {
  readonly successorId: string
  /** If set: revoked then, as superseded. */
  readonly revokedAt: Date | null
}

/** Returns the old certificate's record, linked to the new one and revoked if requested. */
export function formerWrites(
  session: Session,
  { id, read, record, certificate }: Former,
  { successorId, revokedAt }: FormerChange,
  actor: Actor,
): { write: Write; entries: JournalDraft[] } {
  const revocation =
    revokedAt && revoke(revocationOf(record), { reason: 'superseded', invalidityDate: null, at: revokedAt })
  const value = { ...(revocation ? revokedRecord(record, revocation) : record), successorId }
  const name = `${callingName(certificate)} · ${serialOf(certificate)}`
  return {
    write: rewritten(read, value, certificate),
    entries: revocation ? [session.draft('certificate-revoked', `${name} · superseded`, actor, id)] : [],
  }
}
