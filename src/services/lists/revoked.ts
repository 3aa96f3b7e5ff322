/** The vault's certificates as lists and responses need them. */
import { addressesOf, listSignersOf } from '../records/list-places.ts'
import type { RevokedCertificate } from '../../ca/list-entries.ts'
import { CodedError } from '../../errors.ts'
import { allRecords, recordsOf, requireRecord, type Read } from '../../vault/reading.ts'
import { changed } from '../../vault/records.ts'
import type { CertificateRecord, StoreMark } from '../../vault/shapes.ts'
import { signatureAlgorithmsFor } from '../../x509/signature-algorithms.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { nameToText } from '../../x509/name.ts'
import type { SignatureAlgorithmId } from '../../webcrypto/algorithms.ts'
import { paddedSerial, type IndexSegment } from '../catalogue/index.ts'
import type { Call } from '../../border/dispatch.ts'
import { revocationOf } from '../shared/facts.ts'
import { serialOf } from '../../x509/serial-number.ts'
import type { Here } from '../records/list-records.ts'
import { serialContent, type HasSerial } from '../records/serials.ts'
import type { Session } from '../session/session.ts'
import { isCa } from '../../x509/roles.ts'

/** Certificates sampled for the address of a list or a responder. */
const SAMPLED = 200

/** An authority as stored in the vault, with its certificate. */
export interface StoredAuthority {
  readonly read: Read<'authorities'>
  readonly certificate: Certificate
}

export async function storedAuthority(session: Session, authorityId: string): Promise<StoredAuthority> {
  const read = await requireRecord(session.vault, 'authorities', authorityId)
  const { value } = await requireRecord(session.vault, 'certificates', read.value.certificateId)
  return { read, certificate: parseCertificate(value.der) }
}

/** Returns this key's default signature algorithm. Rejects with 'issue-field-invalid'. */
export function usualSignature({ spki }: Certificate): SignatureAlgorithmId {
  const [signature] = signatureAlgorithmsFor(spki)
  if (signature) return signature
  const detail = { field: 'signature', value: '', reason: 'unsupported-by-key' } as const
  throw new CodedError('issue-field-invalid', detail)
}

/** Returns an authority's certificates from the catalogue; reads no record. `revoked`: those read for a list. */
export async function certificatesHere(
  session: Session,
  authorityId: string,
  revoked?: readonly RevokedCertificate[],
): Promise<Here> {
  const serials = await serialsWhere(session, ({ authorityId: issuer }, at) => issuer[at] === authorityId)
  const listed = revoked
    ? revoked.map((each) => paddedSerial(serialOf(each)))
    : await serialsWhere(session, isRevokedBy(authorityId))
  return { isHere: hasOf(serials), isRevoked: hasOf(listed) }
}

function hasOf(serials: readonly string[]): HasSerial {
  const known = new Set(serials)
  return (serialNumber) => known.has(paddedSerial(serialOf({ serialNumber })))
}

/** Returns the serial numbers of what an authority has revoked or put on hold, from the catalogue. */
export function revokedSerials(session: Session, authorityId: string): Promise<Uint8Array[]> {
  return serialsWhere(session, isRevokedBy(authorityId)).then((serials) => serials.map(serialContent))
}

/** Returns how many there are, or how many that have not expired at `at`. */
export async function countRevoked(session: Session, authorityId: string, at = 0): Promise<number> {
  const isCounted = isRevokedBy(authorityId)
  const still = await serialsWhere(
    session,
    (segment, place) => isCounted(segment, place) && segment.notAfter[place]! > at,
  )
  return still.length
}

/** A CA that revoked its own certificate lists it nowhere. */
const isRevoked = ({ status, authorityId, ownAuthorityId }: IndexSegment, at: number): boolean =>
  status[at] !== 'good' && ownAuthorityId[at] !== authorityId[at]

const isRevokedBy =
  (authority: string) =>
  (segment: IndexSegment, at: number): boolean =>
    segment.authorityId[at] === authority && isRevoked(segment, at)

/** Returns the same for every authority that revoked something, in one pass over the catalogue. */
export function revokedOfAll(session: Session): Promise<ReadonlyMap<string, Uint8Array[]>> {
  return session.inventory.ask(({ segments }) => {
    const byAuthority = new Map<string, Uint8Array[]>()
    for (const segment of segments)
      for (const [at, serial] of segment.serialNumbers.entries()) {
        const authority = segment.authorityId[at]
        if (authority == null || !isRevoked(segment, at)) continue
        const serials = byAuthority.get(authority) ?? []
        serials.push(serialContent(serial))
        byAuthority.set(authority, serials)
      }
    return byAuthority
  })
}

function serialsWhere(
  session: Session,
  isWanted: (segment: IndexSegment, at: number) => boolean,
): Promise<string[]> {
  return session.inventory.ask(({ segments }) =>
    segments.flatMap((segment) => segment.serialNumbers.filter((_, at) => isWanted(segment, at))),
  )
}

/** What the catalogue says of certificates that something is signed about, and the mark of the state it is of. */
export interface Said {
  readonly certificates: StoreMark
  /** The status of each of them by its id. */
  readonly status: ReadonlyMap<string, CertificateRecord['status']>
}
/** Whether a certificate is one of those. */
export type IsAbout = (segment: IndexSegment, at: number) => boolean

/** Returns what the catalogue says now. Rejects with 'store-changed' if a revocation may be missing. */
export function saidOf(session: Session, isAbout: IsAbout): Promise<Said> {
  return session.inventory.askWhole(({ segments }, certificates) => {
    const status = new Map<string, CertificateRecord['status']>()
    for (const segment of segments)
      for (const [at, id] of segment.ids.entries())
        if (isAbout(segment, at)) status.set(id, segment.status[at]!)
    return { certificates, status }
  })
}

/**
 * Returns the mark of the certificates now, if they are still as they were. Rejects with 'record-outdated' if one was
 * revoked, put on hold or released since.
 */
export async function stillSaid(session: Session, isAbout: IsAbout, { status }: Said): Promise<StoreMark> {
  const now = await saidOf(session, isAbout)
  const isSame = [...status].every(([id, each]) => now.status.get(id) === each)
  // A good one that was issued meanwhile changes nothing that was said.
  const isMore = [...now.status].some(([id, each]) => each !== 'good' && !status.has(id))
  if (!isSame || isMore) throw new CodedError('record-outdated', { store: 'certificates', id: '' })
  return now.certificates
}

/** Certificates that one of these authorities has revoked or put on hold. */
export const isRevokedByAny =
  (authorities: readonly string[]): IsAbout =>
  (segment, at) =>
    authorities.some((authority) => isRevokedBy(authority)(segment, at))

/**
 * Returns what an authority has revoked or put on hold, read afresh for a list to be signed: certificates left out of
 * the inventory as unreadable, or revoked in another tab a moment ago, count. Rejects with 'record-changed' if one
 * cannot be read or was put back, and with 'store-changed' if one may be missing.
 */
export async function revokedForSigning(
  session: Session,
  authorityId: string,
  call: Call,
): Promise<RevokedCertificate[]> {
  const { status } = await saidOf(session, isRevokedBy(authorityId))
  const ids = [...status.keys()]
  const entries: RevokedCertificate[] = []
  for await (const batch of recordBatchesOf(session, ids)) {
    for (const { id, value } of batch) requireSaid(id, value, status)
    // The records are released: a list of 100,000 entries needs a few octets of each.
    entries.push(...batch.map(({ value }) => revokedEntry(value)))
    call.signal.throwIfAborted()
    call.progress({ kind: 'step', step: 'list.read', done: entries.length, total: ids.length })
  }
  return entries
}

/** An earlier record that was put back has a valid MAC too. Rejects with 'record-changed'. */
export function requireSaid(id: string, record: CertificateRecord, status: Said['status']): void {
  if (record.status !== status.get(id)) changed('certificates', id)
}

/** Returns the distinct values of some field in the certificates an authority issued last, such as where to publish. */
export async function newestSay(
  session: Session,
  authorityId: string,
  saying: (certificate: Certificate) => readonly string[],
): Promise<string[]> {
  const newest = { authorityId, sort: 'createdAt', descending: true, offset: 0, limit: SAMPLED } as const
  const { rows } = await session.inventory.page(newest, session.now)
  const said = new Set<string>()
  const ids = rows.map(({ id }) => id)
  for await (const batch of recordBatchesOf(session, ids))
    for (const { value } of batch) for (const each of saying(parseCertificate(value.der))) said.add(each)
  return [...said]
}

const AT_ONCE = 500

/** Yields these certificates' records, a few hundred at a time. Rejects with 'record-changed' if one is unreadable. */
export async function* recordBatchesOf(
  session: Session,
  ids: readonly string[],
): AsyncGenerator<Read<'certificates'>[]> {
  for (let from = 0; from < ids.length; from += AT_ONCE)
    yield await recordsOf(session.vault, 'certificates', ids.slice(from, from + AT_ONCE), ({ id }) => {
      // A list that omits what cannot be read would undo a revocation.
      throw new CodedError('record-changed', { store: 'certificates', id })
    })
}

/** Returns what a list needs of a certificate that is revoked or on hold. */
function revokedEntry(record: CertificateRecord): RevokedCertificate {
  const certificate = parseCertificate(record.der)
  return {
    // Not a view, which would keep the whole certificate in memory.
    serialNumber: certificate.serialNumber.slice(),
    isCa: isCa(certificate),
    distributionPoints: addressesOf(certificate),
    ...(revocationOf(record) ?? { since: new Date(record.createdAt), reason: null, invalidityDate: null }),
  }
}

/** Returns other authorities whose newest certificates say that this one signs their lists. */
export async function authoritiesNaming(
  session: Session,
  authorityId: string,
  { subject }: Certificate,
): Promise<string[]> {
  const name = nameToText(subject)
  const naming: string[] = []
  for (const { id } of await allRecords(session.vault, 'authorities'))
    if (id !== authorityId && (await newestSay(session, id, listSignersOf)).includes(name)) naming.push(id)
  return naming
}
