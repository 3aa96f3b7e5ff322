import { utf8String } from '../../src/der/writer.ts'
import type { ExtensionName, ExtensionValues } from '../../src/x509/extensions/values.ts'
import { readTimestampList } from '../../src/x509/extensions/signed-timestamps.ts'
import { encodeName, nameFromDer } from '../../src/x509/name.ts'
import { hex } from './bytes.ts'

const name = encodeName([[{ oid: '2.5.4.3', text: 'Example' }]])
const uri = { kind: 'uniformResourceIdentifier', value: 'http://example.com/' } as const
const directoryName = { kind: 'directoryName', name: nameFromDer(name) } as const
/** Values of every extension, several if it has several shapes. */
export const EXTENSION_VALUES: { [K in ExtensionName]: ExtensionValues[K][] } = {
  authorityKeyIdentifier: [
    { keyIdentifier: hex('0102'), authorityCertIssuer: null, authorityCertSerialNumber: null },
    { keyIdentifier: null, authorityCertIssuer: [directoryName], authorityCertSerialNumber: hex('7f') },
    { keyIdentifier: null, authorityCertIssuer: null, authorityCertSerialNumber: null },
  ],
  subjectKeyIdentifier: [hex('0102')],
  keyUsage: [new Set(['digitalSignature', 'decipherOnly']), new Set(['keyCertSign', 'cRLSign']), new Set()],
  certificatePolicies: [
    [{ oid: '2.5.29.32.0', qualifiers: [] }],
    [{ oid: '1.2.3', qualifiers: [{ oid: '1.3.6.1.5.5.7.2.1', value: hex('1603613a62') }] }],
  ],
  policyMappings: [[{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }]],
  subjectAltName: [
    [
      { kind: 'otherName', typeId: '1.2.3', value: utf8String('é') },
      { kind: 'rfc822Name', value: 'a@example.com' },
      { kind: 'dNSName', value: 'example.com' },
      { kind: 'x400Address', der: hex('a300') },
      directoryName,
      { kind: 'ediPartyName', der: hex('a500') },
      uri,
      { kind: 'iPAddress', octets: hex('0a000001') },
      { kind: 'registeredID', oid: '1.2.3' },
    ],
    [],
  ],
  issuerAltName: [[uri]],
  subjectDirectoryAttributes: [[{ oid: '1.3.6.1.5.5.7.9.4', values: [hex('13024348'), hex('13024445')] }]],
  basicConstraints: [
    { ca: true, pathLen: 0 },
    { ca: true, pathLen: null },
    { ca: false, pathLen: null },
    { ca: false, pathLen: 3 },
  ],
  nameConstraints: [
    {
      permitted: [{ base: { kind: 'dNSName', value: 'example.com' }, minimum: 0, maximum: null }],
      excluded: [{ base: { kind: 'iPAddress', octets: new Uint8Array(8) }, minimum: 1, maximum: 300 }],
    },
    { permitted: null, excluded: [] },
  ],
  policyConstraints: [
    { requireExplicitPolicy: 0, inhibitPolicyMapping: null },
    { requireExplicitPolicy: null, inhibitPolicyMapping: 200 },
  ],
  extKeyUsage: [['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'], []],
  cRLDistributionPoints: [
    [{ fullName: [uri], nameRelativeToCRLIssuer: null, reasons: null, cRLIssuer: null }],
    [
      {
        fullName: null,
        nameRelativeToCRLIssuer: nameFromDer(name).rdns[0]!,
        reasons: new Set(['keyCompromise', 'aACompromise']),
        cRLIssuer: [directoryName],
      },
      { fullName: null, nameRelativeToCRLIssuer: null, reasons: null, cRLIssuer: [directoryName] },
    ],
  ],
  inhibitAnyPolicy: [0, 127, 128],
  freshestCRL: [[{ fullName: [uri], nameRelativeToCRLIssuer: null, reasons: null, cRLIssuer: null }]],
  authorityInfoAccess: [[{ method: '1.3.6.1.5.5.7.48.1', location: uri }]],
  subjectInfoAccess: [[{ method: '1.3.6.1.5.5.7.48.5', location: uri }]],
  tlsFeature: [[5], [5, 17]],
  signedCertificateTimestamps: [readTimestampList(hex('0000'))],
  precertificatePoison: [true],
  ocspNoCheck: [true],
  noRevAvail: [true],
  netscapeCertType: [new Set(['sslServer', 'objectSigningCA'])],
  netscapeComment: ['made by hand'],
  microsoftTemplate: [
    { oid: '1.3.6.1.4.1.311.21.8.1', major: 100, minor: 3 },
    { oid: '1.2.3', major: null, minor: null },
  ],
  microsoftTemplateName: ['Machine', 'é'],
}
