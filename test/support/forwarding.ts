import { certificateFacts, type Forwarding } from '../../src/mtls/proxy/facts.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import type { GeneralName } from '../../src/x509/general-name.ts'
import { encodeName, type Attribute, type AttributeText } from '../../src/x509/name.ts'
import { ATTRIBUTE_OIDS as A } from '../../src/x509/oids.ts'
import { endEntity, intermediate, root, type Drawn } from './chain.ts'

/** Clients behind a proxy, whose names have what a header can spoil. */

type Rdns = readonly (readonly (Attribute | AttributeText)[])[]

/** A comma, quotes, plus, semicolon, slash, UTF-8, a set of two, a type without a name. */
export const SPECIAL: Rdns = [
  [{ oid: A.C, text: 'DE' }],
  [{ oid: A.O, text: 'Müller + Söhne, "GmbH"' }],
  [{ oid: A.OU, text: '#ops' }],
  [
    { oid: A.CN, text: 'a=b; c/d' },
    { oid: A.UID, text: 'u1' },
  ],
  [{ oid: A.emailAddress, text: 'x@lab.test' }],
  [{ oid: '1.3.6.1.4.1.55555.7', text: 'odd' }],
  [{ oid: A.serialNumber, text: '42' }],
]

export const NAMES: readonly GeneralName[] = [
  { kind: 'dNSName', value: 'c.lab.test' },
  { kind: 'dNSName', value: 'd.lab.test' },
  { kind: 'rfc822Name', value: 'x@lab.test' },
  { kind: 'uniformResourceIdentifier', value: 'spiffe://lab.test/ns/a/sa/b' },
  { kind: 'iPAddress', octets: Uint8Array.of(192, 0, 2, 7) },
]

/** Servers validate by the clock of the machine. */
export const LASTING = {
  notBefore: new Date('2020-11-01T00:00:00Z'),
  notAfter: new Date('2049-12-06T00:00:00Z'),
}

export interface Clients {
  readonly authority: Drawn
  readonly issuing: Drawn
  readonly client: Drawn
  readonly from: Forwarding
}

/** Makes a client below a root and an issuing CA, and what a proxy knows of it. */
export async function clientOf(
  rdns: Rdns = SPECIAL,
  { names = NAMES, proxy = null as Certificate | null } = {},
): Promise<Clients> {
  const authority = await root({ ...LASTING, subject: 'CN=Header Root,O=Lab' })
  const issuing = await intermediate(authority, { ...LASTING, subject: 'CN=Header CA,O=Lab\\, Inc.,C=DE' })
  const client = await endEntity(issuing, {
    subject: encodeName(rdns),
    serialNumber: Uint8Array.of(0, 0xab, 0x12, 0xcd, 0x34),
    ...LASTING,
    extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.2'], subjectAltName: names.length === 0 ? null : names },
  })
  return { authority, issuing, client, from: await forwardingOf(client.certificate.der, [issuing], proxy) }
}

export const forwardingOf = async (
  der: Uint8Array,
  chain: readonly Drawn[] = [],
  proxy: Certificate | null = null,
): Promise<Forwarding> => ({
  client: await certificateFacts(der),
  chain: chain.map(({ certificate }) => certificate.der),
  proxy,
})
