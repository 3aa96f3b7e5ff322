import { digest } from '../../webcrypto/signature.ts'
import { sameOctets } from '../../octets.ts'
import { HASH_OIDS } from '../../x509/oids.ts'
import type { Hash } from '../../webcrypto/algorithms.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { BasicOcspResponse, CertId, SingleResponse } from '../../x509/ocsp.ts'
import type { RevocationContext } from './context.ts'

/** Hash algorithms a CertID may use (RFC 6960 §4.3). */
const CERT_ID_HASHES: ReadonlyMap<string, Hash> = new Map(
  Object.entries(HASH_OIDS).map(([hash, oid]) => [oid, hash as Hash]),
)
/**
 * A SingleResponse with this serial number. If its hash cannot be computed here, it is unknown which issuer it means.
 */
export interface About {
  readonly single: SingleResponse
  readonly isKnown: boolean
}

type IssuerHashes = (hash: Hash) => Promise<{ key: Uint8Array; names: readonly Uint8Array[] }>

/** §4.1.1: the SingleResponses whose CertID matches the issuer's name and key, and the serial number, by any hash. */
export async function answersAbout(
  certificate: Certificate,
  { responses }: BasicOcspResponse,
  { issuer }: RevocationContext,
): Promise<About[]> {
  const known = new Map<Hash, ReturnType<IssuerHashes>>()
  const hashesBy: IssuerHashes = (hash) => {
    let hashes = known.get(hash)
    if (!hashes) known.set(hash, (hashes = issuerHashes(hash, certificate, issuer)))
    return hashes
  }
  const answers: About[] = []
  for (const single of responses) {
    if (!sameOctets(single.certId.serialNumber, certificate.serialNumber)) continue
    const isNamed = await namesIssuer(single.certId, hashesBy)
    if (isNamed !== false) answers.push({ single, isKnown: isNamed !== null })
  }
  return answers
}

/**
 * The issuer's name as encoded in the certificate, and as in the issuer's own certificate: responders use the latter.
 */
async function issuerHashes(
  hash: Hash,
  certificate: Certificate,
  { name, spki }: RevocationContext['issuer'],
): ReturnType<IssuerHashes> {
  const names = [certificate.issuer.der, name.der].map((der) => digest(hash, der))
  return { key: await digest(hash, spki.publicKey), names: await Promise.all(names) }
}

/** Null if that cannot be determined. */
async function namesIssuer(
  { hashAlgorithm: { oid }, issuerNameHash, issuerKeyHash }: CertId,
  hashesBy: IssuerHashes,
): Promise<boolean | null> {
  const hash = CERT_ID_HASHES.get(oid)
  if (!hash) return null
  const { names, key } = await hashesBy(hash)
  return names.some((name) => sameOctets(issuerNameHash, name)) && sameOctets(issuerKeyHash, key)
}
