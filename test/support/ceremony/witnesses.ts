import { utf8, toBase64 } from '../../../src/octets.ts'
import { schemeOf } from '../../../src/webcrypto/algorithms.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { seq, set, oid, utf8String } from '../../../src/der/writer.ts'
import { ATTRIBUTE_OIDS } from '../../../src/x509/oids.ts'
import { selfSigned, signWith, type Drawn } from '../chain.ts'

/** A witness with a key of their own, whose certificate has this name. */
export const witnessNamed = (name: string): Promise<Drawn> =>
  selfSigned({
    subject: seq(set(seq(oid(ATTRIBUTE_OIDS.CN), utf8String(name)))),
    extensions: { extKeyUsage: null, subjectAltName: null },
  })

/** The file that a witness hands back, as witness.html writes it. */
export async function attestationFile(
  { certificate, key }: Drawn,
  manifest: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const signature = await signWith(key, schemeOf('ecdsa-sha256'), manifest)
  const lines = toBase64(signature).match(/.{1,64}/g)!
  const block = ['-----BEGIN MANIFEST SIGNATURE-----', ...lines, '-----END MANIFEST SIGNATURE-----', '']
  return utf8(encodePem('CERTIFICATE', certificate.der) + block.join('\n'))
}
