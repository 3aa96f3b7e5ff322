import { seq } from '../../../src/der/writer.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import type { DistributionPoint } from '../../../src/x509/extensions/distribution-points.ts'
import { readTimestampList } from '../../../src/x509/extensions/signed-timestamps.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import type { Drawing, Drawn } from '../../support/chain.ts'
import type { Subject } from '../../support/examples.ts'
import { drawKey, endEntity, intermediate, root } from '../../support/chain.ts'

let top: Drawn
let ca: Drawn
let p384: Drawn

/** Draws the issuers above all the others. */
export async function drawIssuers(): Promise<void> {
  top = await root()
  ca = await intermediate(top)
  p384 = await intermediate(top, { key: await drawKey('p384') })
}

export const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
export const ip = (...octets: number[]): GeneralName => ({
  kind: 'iPAddress',
  octets: Uint8Array.from(octets),
})
export const names = (...subjectAltName: GeneralName[]): Drawing => ({
  subject: '',
  extensions: { subjectAltName },
  critical: { subjectAltName: true },
})
export const POLICY = [{ oid: '2.23.140.1.2.1', qualifiers: [] }]
export const SERVER = '1.3.6.1.5.5.7.3.1'
export const ANY = '2.5.29.37.0'
export const ANY_POLICY = '2.5.29.32.0'
export const point = (address: string): DistributionPoint => ({
  fullName: [{ kind: 'uniformResourceIdentifier', value: address }],
  nameRelativeToCRLIssuer: null,
  reasons: null,
  cRLIssuer: null,
})
export const LISTED = [point('http://example.com/ca.crl')]
const RESPONDER = '1.3.6.1.5.5.7.3.9'
/** A delegated OCSP responder that meets every rule, except for the given differences. */
export const responder = (extensions: Drawing['extensions'] = {}): Draw =>
  server({
    extensions: {
      certificatePolicies: null,
      cRLDistributionPoints: null,
      subjectAltName: null,
      extKeyUsage: [RESPONDER],
      ...extensions,
    },
  })
export const policies = (...oids: string[]): Drawing => ({
  extensions: { certificatePolicies: oids.map((each) => ({ oid: each, qualifiers: [] })) },
})
export const [DV, OV, IV, EV] = [
  '2.23.140.1.2.1',
  '2.23.140.1.2.2',
  '2.23.140.1.2.3',
  '2.23.140.1.1',
] as const
export const subject = (text: string, policy: string): Drawing => ({ ...policies(policy), subject: text })
export const constrained = (permitted: GeneralName[], excluded: GeneralName[] = []): Draw =>
  authority({
    extensions: {
      nameConstraints: {
        permitted: permitted.map((base) => ({ base, minimum: 0, maximum: null })),
        excluded:
          excluded.length === 0 ? null : excluded.map((base) => ({ base, minimum: 0, maximum: null })),
      },
    },
  })
export const cps = (value: Uint8Array): Drawing => ({
  extensions: {
    certificatePolicies: [{ oid: DV, qualifiers: [{ oid: '1.3.6.1.5.5.7.2.1', value }] }],
  },
})
export const timestamps = (...octets: number[]): Draw =>
  server({ extensions: { signedCertificateTimestamps: readTimestampList(Uint8Array.from(octets)) } })
export const aki = (certificate: Certificate) => ({
  keyIdentifier: certificate.subjectKeyIdentifier,
  authorityCertIssuer: null,
  authorityCertSerialNumber: null,
})

export type Draw = () => Promise<Subject>

/** A server certificate that meets every rule, except for the given differences. */
export const server =
  (drawing: Drawing = {}, issuer: () => Drawn = () => ca): Draw =>
  async () => {
    const extensions = { certificatePolicies: POLICY, cRLDistributionPoints: LISTED, ...drawing.extensions }
    const { certificate } = await endEntity(issuer(), {
      notAfter: new Date('2026-06-01T00:00:00Z'),
      ...drawing,
      extensions,
    })
    return { certificate, issuer: issuer().certificate, place: 'target' }
  }
export const authority =
  (drawing: Drawing = {}): Draw =>
  async () => {
    const extensions = {
      certificatePolicies: POLICY,
      cRLDistributionPoints: LISTED,
      extKeyUsage: [SERVER],
      ...drawing.extensions,
    }
    const { certificate } = await intermediate(top, {
      subject: 'C=CH,O=Example,CN=CA',
      ...drawing,
      extensions,
    })
    return { certificate, issuer: top.certificate, place: 'ca' }
  }
export const anchor =
  (drawing: Drawing = {}): Draw =>
  async () => ({ certificate: (await root(drawing)).certificate, issuer: null, place: 'anchor' })
/** A form that nothing here can encode: changed after parsing. */
export const changed =
  (draw: Draw, change: (certificate: Certificate) => Partial<Certificate>): Draw =>
  async () => {
    const drawn = await draw()
    const changes = change(drawn.certificate)
    const added = Object.entries(EXTENSION_OIDS).flatMap(([name, oid]) =>
      name in changes ? [{ oid, critical: false, value: new Uint8Array(0), offset: 0 }] : [],
    )
    const extensions = [...drawn.certificate.extensions, ...added]
    return { ...drawn, certificate: { ...drawn.certificate, ...changes, extensions } }
  }
export const withSpki = (change: Partial<Certificate['spki']>): Draw =>
  changed(server(), ({ spki }) => ({ spki: { ...spki, ...change } }))
export const withRsa = (modulusBits: number, exponent = 65537n): Draw =>
  withSpki({ rsa: { modulusBits, modulus: new Uint8Array(1), exponent } })
export const algorithm = (...parts: Uint8Array[]) => {
  const der = seq(...parts)
  return { der, oid: '1.2.840.10045.2.1', parameters: null }
}

export const belowP384 = (): Drawn => p384
