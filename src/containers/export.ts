import type { Certificate } from '../x509/certificate.ts'
import { isSelfIssued } from '../x509/roles.ts'
import { encodePem } from '../x509/pem.ts'
import { exportFileName } from './file-name.ts'
import type { FileKeys, WriteOptions } from './file-keys.ts'
import { encodePkcs12, type Pkcs12Options } from './pkcs12/encode.ts'
import { encodePkcs7 } from './pkcs7.ts'
import { sealPkcs8 } from './pkcs8.ts'
import { asCertified } from './private-key.ts'
import { utf8 } from '../octets.ts'

export interface ExportedFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

export type Encoding = 'pem' | 'der'

const asText = (text: string): Uint8Array => utf8(text)

/** One certificate. */
export function exportCertificate(certificate: Certificate, encoding: Encoding): ExportedFile {
  return encoding === 'pem'
    ? {
        name: exportFileName(certificate, 'cert', 'pem'),
        mediaType: 'application/x-pem-file',
        bytes: asText(encodePem('CERTIFICATE', certificate.der)),
      }
    : {
        name: exportFileName(certificate, 'cert', 'cer'),
        mediaType: 'application/pkix-cert',
        bytes: certificate.der,
      }
}

/**
 * Returns the chain in the order that TLS requires: target first, then each issuer. `chain` is in that order already,
 * the root last; the root is left out unless requested, because a peer that trusts it already has it (RFC 8446 §4.4.2).
 */
export function exportChain(
  chain: readonly [Certificate, ...Certificate[]],
  { includeRoot }: { includeRoot: boolean },
): ExportedFile {
  const certificates = includeRoot ? chain : withoutRoot(chain)
  return {
    name: exportFileName(chain[0], includeRoot ? 'fullchain' : 'chain', 'pem'),
    mediaType: 'application/pem-certificate-chain',
    bytes: asText(certificates.map(({ der }) => encodePem('CERTIFICATE', der)).join('')),
  }
}

/** A PKCS#7 bundle of the chain. */
export function exportPkcs7(
  chain: readonly [Certificate, ...Certificate[]],
  { includeRoot, encoding }: { includeRoot: boolean; encoding: Encoding },
): ExportedFile {
  const der = encodePkcs7((includeRoot ? chain : withoutRoot(chain)).map((certificate) => certificate.der))
  return {
    name: exportFileName(chain[0], 'chain', encoding === 'pem' ? 'p7b.pem' : 'p7b'),
    mediaType: 'application/x-pkcs7-certificates',
    bytes: encoding === 'pem' ? asText(encodePem('PKCS7', der)) : der,
  }
}

/** The private key of a certificate, encrypted (PBES2). */
export async function exportSealedKey(
  certificate: Certificate,
  pkcs8: Uint8Array,
  secret: string | FileKeys,
  options: WriteOptions & { encoding: Encoding },
): Promise<ExportedFile> {
  const sealed = await sealPkcs8(asCertified(certificate, pkcs8), secret, options)
  const pem = options.encoding === 'pem'
  return {
    name: exportFileName(certificate, 'encrypted-key', pem ? 'pem' : 'p8'),
    mediaType: pem ? 'application/x-pem-file' : 'application/pkcs8-encrypted',
    bytes: pem ? asText(encodePem('ENCRYPTED PRIVATE KEY', sealed)) : sealed,
  }
}

/** The private key unencrypted: anyone with the file has the key. The caller has confirmed this. */
export function exportPlainKey(
  certificate: Certificate,
  pkcs8: Uint8Array,
  encoding: Encoding,
): ExportedFile {
  const key = asCertified(certificate, pkcs8)
  return {
    name: exportFileName(certificate, 'plain-key', encoding === 'pem' ? 'pem' : 'p8'),
    mediaType: encoding === 'pem' ? 'application/x-pem-file' : 'application/pkcs8',
    bytes: encoding === 'pem' ? asText(encodePem('PRIVATE KEY', key)) : key,
  }
}

/** Key, certificate and chain in one PKCS#12. */
export async function exportPkcs12(
  chain: readonly [Certificate, ...Certificate[]],
  pkcs8: Uint8Array,
  secret: string | FileKeys,
  options: Pkcs12Options & { friendlyName: string; includeRoot: boolean },
): Promise<ExportedFile> {
  const [target, ...above] = options.includeRoot ? chain : withoutRoot(chain)
  const entry = {
    friendlyName: options.friendlyName,
    pkcs8: asCertified(chain[0], pkcs8),
    certificate: target!.der,
    chain: above.map(({ der }) => der),
  }
  return {
    name: exportFileName(chain[0], 'key-and-chain', 'p12'),
    mediaType: 'application/x-pkcs12',
    bytes: await encodePkcs12({ entries: [entry] }, secret, options),
  }
}

/** A chain of one certificate, itself a root, is kept. */
function withoutRoot(chain: readonly Certificate[]): readonly Certificate[] {
  const last = chain.at(-1)!
  return chain.length > 1 && isSelfIssued(last) ? chain.slice(0, -1) : chain
}
