/** Who signed a certificate, among the CAs that are here: by name and signature. */
import { serialTag } from '../../vault/commit.ts'
import { allRecords, requireRecord, type Read } from '../../vault/reading.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { sameOctets } from '../../octets.ts'
import { verifySigned, type KeyCache } from '../../x509/signed.ts'
import { serialOf } from '../../x509/serial-number.ts'
import type { Session } from '../session/session.ts'

/** A CA, identified by the certificate it issues with. */
export interface KnownAuthority {
  readonly id: string
  readonly certificate: Certificate
}

/**
 * Whether a certificate's signature verifies with the key of a CA of its issuer's name, or with its own key.
 * `unchecked`: there is such a CA, but no way to verify this algorithm here. `not-signed`: none of them signed it.
 */
export type Signature = 'signed' | 'unchecked' | 'issuer-missing' | 'not-signed'

/** Returns the CAs in the vault. */
export async function knownAuthorities(session: Session): Promise<KnownAuthority[]> {
  const records = await allRecords(session.vault, 'authorities')
  return Promise.all(
    records.map(async ({ id, value }) => {
      const own = await requireRecord(session.vault, 'certificates', value.certificateId)
      return { id, certificate: parseCertificate(own.value.der) }
    }),
  )
}

/** Returns the CA that signed this certificate: its name matches and the signature verifies. Null if there is none. */
export async function issuerAmong<A extends KnownAuthority>(
  known: Iterable<A>,
  certificate: Certificate,
  keys?: KeyCache,
): Promise<A | null> {
  for (const each of known) {
    if (!namesMatch(each.certificate.subject, certificate.issuer)) continue
    if ((await verifySigned(certificate, each.certificate.spki, keys)) === 'valid') return each
  }
  return null
}

/** Looks for the signer of a certificate among these CAs, and at the certificate itself if it is self-issued. */
export async function signatureOf(
  cas: Iterable<Certificate>,
  certificate: Certificate,
  keys?: KeyCache,
): Promise<Signature> {
  let found: Signature = 'issuer-missing'
  for (const ca of [certificate, ...cas]) {
    if (!namesMatch(ca.subject, certificate.issuer)) continue
    const verdict = await verifySigned(certificate, ca.spki, keys)
    if (verdict === 'valid') return 'signed'
    if (verdict !== 'invalid') found = 'unchecked'
    else if (found === 'issuer-missing') found = 'not-signed'
  }
  return found
}

/** Returns the certificate this authority issued with this serial number; null if it is not here. */
export async function certificateWith(
  session: Session,
  authorityId: string,
  serialNumber: string,
): Promise<Read<'certificates'> | null> {
  const { database, keys, visibility } = await session.vault.requireOpen()
  const tag = await serialTag(keys, visibility, authorityId, serialNumber)
  const id = await database.getKeyFromIndex('certificates', 'serial', [authorityId, tag])
  return id === undefined ? null : requireRecord(session.vault, 'certificates', id)
}

/** Returns the record of exactly this certificate below its issuer. */
export async function storedBelow(
  session: Session,
  certificate: Certificate,
  issuerId: string,
): Promise<Read<'certificates'> | null> {
  const found = await certificateWith(session, issuerId, serialOf(certificate))
  return found && sameOctets(found.value.der, certificate.der) ? found : null
}
