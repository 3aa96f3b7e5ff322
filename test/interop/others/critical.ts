import { nul, octetString, oid, printableString, seq, tlv } from '../../../src/der/writer.ts'
import { TAG } from '../../../src/der/reader.ts'
import { ACCESS_METHOD_OIDS, EXTENSION_OIDS, OTHER_EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import type { Drawing, Parts } from '../../../src/services/validate/examples/draw.ts'

const uri = { kind: 'uniformResourceIdentifier', value: 'http://example.com/x' } as const
const point = { fullName: [uri], nameRelativeToCRLIssuer: null, reasons: null, cRLIssuer: null }
const at = (method: string) => [{ method, location: uri }]
const raw = (id: string, value: Uint8Array): Drawing => ({ more: [{ oid: id, critical: true, value }] })
const written = (extensions: NonNullable<Drawing['extensions']>): Drawing => ({
  extensions,
  critical: Object.fromEntries(Object.keys(extensions).map((name) => [name, true])),
})
const letters = (text: string): Uint8Array => new TextEncoder().encode(text)
const sixteen = tlv(TAG.BIT_STRING, Uint8Array.of(6, 0x40))

/** Extensions that are hardly ever critical, and are here; each with a content as its own document has it. */
const DRAWINGS: Readonly<Record<string, Drawing>> = {
  [EXTENSION_OIDS.authorityKeyIdentifier]: { critical: { authorityKeyIdentifier: true } },
  [EXTENSION_OIDS.subjectKeyIdentifier]: { critical: { subjectKeyIdentifier: true } },
  [EXTENSION_OIDS.certificatePolicies]: written({ certificatePolicies: [{ oid: '1.2.3', qualifiers: [] }] }),
  [EXTENSION_OIDS.issuerAltName]: written({ issuerAltName: [{ kind: 'dNSName', value: 'ca.example.com' }] }),
  [EXTENSION_OIDS.subjectDirectoryAttributes]: written({
    subjectDirectoryAttributes: [{ oid: '1.3.6.1.5.5.7.9.4', values: [printableString('DE')] }],
  }),
  [EXTENSION_OIDS.cRLDistributionPoints]: written({ cRLDistributionPoints: [point] }),
  [EXTENSION_OIDS.freshestCRL]: written({ freshestCRL: [point] }),
  [EXTENSION_OIDS.authorityInfoAccess]: written({ authorityInfoAccess: at(ACCESS_METHOD_OIDS.caIssuers) }),
  [EXTENSION_OIDS.subjectInfoAccess]: written({ subjectInfoAccess: at(ACCESS_METHOD_OIDS.caRepository) }),
  [EXTENSION_OIDS.tlsFeature]: written({ tlsFeature: [5] }),
  [EXTENSION_OIDS.precertificatePoison]: raw(EXTENSION_OIDS.precertificatePoison, nul()),
  [EXTENSION_OIDS.ocspNoCheck]: raw(EXTENSION_OIDS.ocspNoCheck, nul()),
  [EXTENSION_OIDS.noRevAvail]: raw(EXTENSION_OIDS.noRevAvail, nul()),
  [EXTENSION_OIDS.netscapeCertType]: raw(EXTENSION_OIDS.netscapeCertType, sixteen),
  [EXTENSION_OIDS.netscapeComment]: raw(EXTENSION_OIDS.netscapeComment, tlv(TAG.IA5_STRING, letters('x'))),
  [EXTENSION_OIDS.microsoftTemplate]: raw(
    EXTENSION_OIDS.microsoftTemplate,
    seq(oid('1.3.6.1.4.1.311.21.8.1')),
  ),
  [OTHER_EXTENSION_OIDS.microsoftApplicationPolicies]: raw(
    OTHER_EXTENSION_OIDS.microsoftApplicationPolicies,
    seq(seq(oid('1.3.6.1.5.5.7.3.1'))),
  ),
  [OTHER_EXTENSION_OIDS.qcStatements]: raw(
    OTHER_EXTENSION_OIDS.qcStatements,
    seq(seq(oid('0.4.0.1862.1.1'))),
  ),
  [OTHER_EXTENSION_OIDS.acmeIdentifier]: raw(
    OTHER_EXTENSION_OIDS.acmeIdentifier,
    octetString(new Uint8Array(32)),
  ),
}

/** By OID: a chain with it in the target, and one with it in the authority. */
export const CRITICAL_PARTS: readonly (readonly [string, readonly Parts[]])[] = Object.entries(DRAWINGS).map(
  ([id, drawing]) => [id, [{ target: drawing }, { ca: drawing }]],
)
