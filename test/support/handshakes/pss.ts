import { constants, createPrivateKey, sign } from 'node:crypto'
import { bitString, integer, seq } from '../../../src/der/writer.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { encodeSignatureAlgorithm } from '../../../src/x509/signature-algorithms.ts'
import type { Drawing, Drawn } from '../../../src/services/validate/examples/draw.ts'
import { exportPrivateKey } from '../../../src/webcrypto/keys.ts'

/** An RSA key named as one for RSASSA-PSS alone (RFC 4055 §1.2): WebCrypto writes rsaEncryption. */

const PSS = encodeSignatureAlgorithm('rsa-pss-sha256')

export const pssSpki = ({ certificate }: Drawn): Uint8Array => seq(PSS, bitString(certificate.spki.publicKey))

/** Where the key follows in WebCrypto's PKCS#8 of an RSA key: outer header, version, rsaEncryption with NULL. */
const AT = 4 + 3 + 15

/** PKCS#8 of a drawn key, with the algorithm that its certificate names. */
export async function pkcs8Of({ certificate, privateKey }: Drawn): Promise<Uint8Array> {
  const pkcs8 = await exportPrivateKey(privateKey)
  return certificate.spki.pss === null ? pkcs8 : seq(integer(0), PSS, pkcs8.subarray(AT))
}

/** Signed by an RSA key with RSASSA-PSS: a WebCrypto key is for one scheme. */
export async function signedByPss({ privateKey }: Drawn): Promise<Drawing> {
  const der = Buffer.from(await exportPrivateKey(privateKey))
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return {
    inner: PSS,
    tamper: (certificate) => {
      const { tbs } = parseCertificate(certificate)
      const signature = sign('sha256', tbs, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
      return Uint8Array.from([...certificate.subarray(0, -signature.length), ...signature])
    },
  }
}
