/** What lists and responses are told of the certificates in the vault. */
import type { RevokedCertificate } from '../../ca/list-entries.ts'
import { CodedError } from '../../errors.ts'
import { allRecords, recordsOf, requireRecord, type Read } from '../../vault/reading.ts'
import type { CertificateRecord } from '../../vault/shapes.ts'
import { signatureAlgorithmsFor } from '../../x509/signature-algorithms.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import type { SignatureAlgorithmId } from '../../webcrypto/algorithms.ts'
import { revocationOf } from '../facts.ts'
import type { Session } from '../session.ts'

/** Certificates that are asked where a list or a responder is. */
const SAMPLED = 200

/** An authority as it stands in the vault, with its certificate. */
export interface StoredAuthority {
  readonly read: Read<'authorities'>
  readonly certificate: Certificate
}

export async function storedAuthority(session: Session, authorityId: string): Promise<StoredAuthority> {
  const read = await requireRecord(session.vault, 'authorities', authorityId)
  const { value } = await requireRecord(session.vault, 'certificates', read.value.certificateId)
  return { read, certificate: parseCertificate(value.der) }
}

/** The algorithm this key signs with unless somebody chooses. Rejects with 'issue-field-invalid'. */
export function usualSignature({ spki }: Certificate): SignatureAlgorithmId {
  const [signature] = signatureAlgorithmsFor(spki)
  if (signature) return signature
  const detail = { field: 'signature', value: '', reason: 'unsupported-by-key' } as const
  throw new CodedError('issue-field-invalid', detail)
}

const AT_ONCE = 1000

/** What an authority has revoked or put on hold. Rejects with 'record-changed' where one cannot be read. */
export async function revokedBy(session: Session, authorityId: string): Promise<CertificateRecord[]> {
  return readAll(session, await revokedIds(session, authorityId))
}

/**
 * The same for what is to be signed, asked from the ground: what was left out of the inventory as unreadable, or revoked in
 * another tab a moment ago, counts.
 */
export async function revokedForSigning(session: Session, authorityId: string): Promise<CertificateRecord[]> {
  session.inventory.forget()
  return revokedBy(session, authorityId)
}

/** Ids of what an authority has revoked or put on hold. */
export async function revokedIds(session: Session, authorityId: string): Promise<string[]> {
  const states = (['revoked', 'held'] as const).map((state) =>
    session.inventory.ids({ authorityId, state }, session.now),
  )
  return (await Promise.all(states)).flat()
}

/** Addresses that what an authority issued last names, by `addresses`: where to publish. */
export async function addressesNamed(
  session: Session,
  authorityId: string,
  addresses: (certificate: Certificate) => readonly string[],
): Promise<string[]> {
  const newest = { authorityId, sort: 'createdAt', descending: true, offset: 0, limit: SAMPLED } as const
  const { rows } = await session.inventory.page(newest, session.now)
  const records = await readAll(
    session,
    rows.map(({ id }) => id),
  )
  return [...new Set(records.flatMap(({ der }) => addresses(parseCertificate(der))))]
}

async function readAll(session: Session, ids: readonly string[]): Promise<CertificateRecord[]> {
  const records: CertificateRecord[] = []
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const read = await recordsOf(session.vault, 'certificates', ids.slice(from, from + AT_ONCE), ({ id }) => {
      // A list that leaves out what cannot be read would take a revocation back.
      throw new CodedError('record-changed', { store: 'certificates', id })
    })
    records.push(...read.map(({ value }) => value))
  }
  return records
}

/** All that an authority issued, its own certificate left out. Rejects with 'record-changed' where one cannot be read. */
export async function issuedBy(session: Session, authorityId: string): Promise<CertificateRecord[]> {
  const unreadable: string[] = []
  const records = await allRecords(session.vault, 'certificates', ({ id }) => unreadable.push(id))
  // A list that leaves out what cannot be read would take a revocation back.
  const [first] = unreadable
  if (first !== undefined) throw new CodedError('record-changed', { store: 'certificates', id: first })
  return records
    .map(({ value }) => value)
    .filter((value) => value.authorityId === authorityId && value.ownAuthorityId !== authorityId)
}

/** What lists need to know of a certificate that is revoked or on hold. */
export function revokedEntry(record: CertificateRecord): RevokedCertificate {
  const certificate = parseCertificate(record.der)
  return {
    serialNumber: certificate.serialNumber,
    isCa: certificate.basicConstraints?.ca === true,
    distributionPoints: addressesOf(certificate),
    ...(revocationOf(record) ?? { since: new Date(record.createdAt), reason: null, invalidityDate: null }),
  }
}

/** Addresses in cRLDistributionPoints. */
export function addressesOf({ cRLDistributionPoints }: Certificate): string[] {
  return (cRLDistributionPoints ?? [])
    .flatMap(({ fullName }) => fullName ?? [])
    .flatMap((name) => (name.kind === 'uniformResourceIdentifier' ? [name.value] : []))
}
