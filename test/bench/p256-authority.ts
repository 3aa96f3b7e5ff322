import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** The algorithm of all keys in the scenarios that issue. */
export const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const

export interface BenchAuthority {
  readonly keys: CryptoKeyPair
  readonly der: Uint8Array<ArrayBuffer>
}

/** A P-256 CA that ours and the peers all issue from, made by one of the peers. */
export async function makeAuthority(): Promise<BenchAuthority> {
  const keys = await crypto.subtle.generateKey(P256, false, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Bench CA',
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 10 * 365 * 86_400_000),
    keys,
    signingAlgorithm: ECDSA_SHA256,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { keys, der: new Uint8Array(certificate.rawData) }
}

/** What everybody puts into the certificates they issue. */
export const LIFETIME = 90 * 86_400_000
let count = 0
export function nextName(): string {
  return `host-${++count}.example.com`
}
