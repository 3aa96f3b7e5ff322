import { bitString, seq } from '../../src/der/writer.ts'
import type { Der } from '../../src/der/writer.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import { assembleSigned, encodeTbsCertificate } from '../../src/x509/encode.ts'
import { encodeExtensionValue, extensionNameOf } from '../../src/x509/extensions/table.ts'
import type { Extension, ExtensionName } from '../../src/x509/extensions/values.ts'
import { encodeName } from '../../src/x509/name.ts'

/** Re-encodes the certificate from its parts: names from their attributes, extensions from their typed values. */
export function reencode(certificate: Certificate): Der {
  const { spki } = certificate
  const tbs = encodeTbsCertificate({
    ...certificate,
    signature: certificate.signature.der,
    issuer: encodeName(certificate.issuer.rdns),
    subject: encodeName(certificate.subject.rdns),
    spki: seq(spki.algorithm.der, bitString(spki.publicKey)),
    extensions: certificate.extensions.map((extension) => rewritten(certificate, extension)),
  })
  return assembleSigned(tbs, certificate.signatureAlgorithm.der, certificate.signatureValue)
}

/** Directory names inside extensions are copied: they are names of other entities. */
function rewritten(certificate: Certificate, extension: Extension): Extension {
  const name = extensionNameOf(extension.oid)
  if (!name || certificate[name] === null || !isFirst(certificate, extension)) return extension
  return { ...extension, value: encodeTyped(certificate, name) }
}

function encodeTyped(certificate: Certificate, name: ExtensionName): Der {
  // The table pairs each name with the type of its value.
  return (encodeExtensionValue as (name: ExtensionName, value: unknown) => Der)(name, certificate[name])
}

const isFirst = ({ extensions }: Certificate, { oid, offset }: Extension): boolean =>
  extensions.find((each) => each.oid === oid)?.offset === offset
