import { beforeAll, expect, test } from 'vitest'
import { certificateFacts, type FactKind, type Forwarding } from '../../../src/mtls/proxy/facts.ts'
import { contradictions } from '../../../src/mtls/proxy/contradictions.ts'
import type { Outcome } from '../../../src/mtls/proxy/fault.ts'
import { writeHeaders, type FormatId } from '../../../src/mtls/proxy/format.ts'
import { HEADER_FORMATS } from '../../../src/mtls/proxy/formats.ts'
import { readHeader, type ReadHeader } from '../../../src/mtls/proxy/read-header.ts'
import { hexOf } from '../../../src/octets.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { namesMatch } from '../../../src/x509/name-matching.ts'
import { nameFromDer } from '../../../src/x509/name.ts'
import { ATTRIBUTE_OIDS } from '../../../src/x509/oids.ts'
import { endEntity } from '../../support/chain.ts'
import { NAMES, clientOf, type Clients } from '../../support/forwarding.ts'
import { RFC8705_CERTIFICATE, RFC9440_CHAIN, derOf } from '../../support/forwarding-examples.ts'

const IDS = Object.keys(HEADER_FORMATS) as FormatId[]

let clients: Clients
let from: Forwarding
beforeAll(async () => {
  clients = await clientOf()
  const proxy = await endEntity(clients.issuing, {
    extensions: {
      subjectAltName: [{ kind: 'uniformResourceIdentifier', value: 'spiffe://lab.test/proxy' }],
    },
  })
  from = { ...clients.from, proxy: proxy.certificate }
})

const valueOf = <T>(result: Outcome<T>): T => {
  if ('fault' in result) throw new Error(JSON.stringify(result.fault))
  return result.value
}
const readOne = (text: string): ReadHeader => {
  const { headers } = valueOf(readHeader(text))
  expect(headers).toHaveLength(1)
  return headers[0]!
}
const written = (id: FormatId, what = from): Record<string, string> =>
  Object.fromEntries(writeHeaders(HEADER_FORMATS[id], what).map(({ name, value }) => [name, value]))
const lines = (id: FormatId, what = from): string =>
  writeHeaders(HEADER_FORMATS[id], what)
    .map(({ name, value }) => `${name}: ${value}`)
    .join('\r\n')
/** Formats that carry no certificate. */
const FACTS_ALONE: readonly FormatId[] = ['cloudfront']

test.each(IDS)('%s: what is written is read back, the certificate octet for octet', (id) => {
  const { format, alternatives, clients: read } = readOne(lines(id))
  expect([format, ...alternatives]).toContain(id)
  const { certificate } = read[0]!
  expect(certificate).toEqual(FACTS_ALONE.includes(id) ? null : from.client.certificate.der)
})

const SPECIALS = [
  'a"b',
  "a'b",
  'a,b',
  'a;b',
  'a=b',
  'a/b',
  'a\\b',
  'a+b',
  'a<b>',
  'a\nb',
  'a\r\nb',
  'a\tb',
  '#a',
  ' a ',
  'a  b',
  'a%20b',
  'Zoë Müller',
  '王小明',
  '😀',
  'a","b',
  'a";Hash=00',
  'a",By=x;Hash=00',
  '\\',
  '"',
  '\\"',
  'a:b',
  '(null)',
  '\u0000',
  '\u202e',
  '\u007f',
]

test.each(SPECIALS)('every format keeps %j in a name', async (text) => {
  const special = await clientOf([
    [{ oid: ATTRIBUTE_OIDS.O, text }],
    [{ oid: ATTRIBUTE_OIDS.CN, text: `x${text}` }],
  ])
  for (const id of IDS) {
    // Apache's and Caddy's names are raw: no header can have a control character in them.
    const isRaw = ['apache', 'caddy'].includes(id)
    if (isRaw && /\p{Cc}/u.test(text)) continue
    const { clients: read } = readOne(lines(id, special.from))
    const { subject, der } = special.client.certificate
    for (const { certificate, facts } of read) {
      expect([id, certificate && hexOf(certificate)]).toEqual([
        id,
        FACTS_ALONE.includes(id) ? null : hexOf(der),
      ])
      for (const { kind, name, ambiguous } of facts)
        if (kind === 'subject')
          expect([id, ambiguous || namesMatch(nameFromDer(name!), subject)]).toEqual([id, true])
    }
  }
})

const kinds = ({ clients: [client] }: ReadHeader, kind: FactKind): string[] =>
  client!.facts.filter((fact) => fact.kind === kind).map(({ text }) => text)

const RFC2253 =
  'serialNumber=42,1.3.6.1.4.1.55555.7=#0C036F6464,emailAddress=x@lab.test,UID=u1+CN=a=b\\; c/d,OU=\\#ops,O=M\\C3\\BCller \\+ S\\C3\\B6hne\\, \\"GmbH\\",C=DE'

test('the forms of names are those that were measured', () => {
  const legacy = HEADER_FORMATS.nginx.rows.find(({ variable }) => variable === '$ssl_client_s_dn_legacy')!
  const slash = HEADER_FORMATS.haproxy.rows.find(({ variable }) => variable === '%[ssl_c_s_dn]')!
  expect(written('nginx')['X-SSL-Client-S-DN']).toBe(RFC2253)
  expect(written('haproxy')['X-SSL-Client-S-DN']).toBe(RFC2253)
  expect(written('apache')['X-SSL-Client-S-DN']).toBe(
    RFC2253.replace('\\C3\\BC', 'ü').replace('\\C3\\B6', 'ö'),
  )
  expect(legacy.write!(from)).toBe(
    '/C=DE/O=M\\xC3\\xBCller \\+ S\\xC3\\xB6hne, "GmbH"/OU=#ops/CN=a=b; c\\/d+UID=u1/emailAddress=x@lab.test/1.3.6.1.4.1.55555.7=odd/serialNumber=42',
  )
  expect(slash.write!(from)).toBe(
    '/C=DE/O=Müller + Söhne, "GmbH"/OU=#ops/CN=a=b; c/d/UID=u1/emailAddress=x@lab.test/1.3.6.1.4.1.55555.7=odd/serialNumber=42',
  )
  expect(written('caddy')['X-Client-Subject']).toBe(
    'SERIALNUMBER=42,CN=a=b\\; c/d,OU=\\#ops,O=Müller \\+ Söhne\\, \\"GmbH\\",C=DE,1.3.6.1.4.1.55555.7=#13036f6464,1.2.840.113549.1.9.1=#0c0a78406c61622e74657374,0.9.2342.19200300.100.1.1=#13027531',
  )
})

test('numbers, hashes and times are in the forms that were measured', () => {
  const { sha1, sha256 } = from.client
  expect(written('nginx')).toMatchObject({
    'X-SSL-Client-Serial': 'AB12CD34',
    'X-SSL-Client-Fingerprint': sha1,
    'X-SSL-Client-Not-After': 'Dec  6 00:00:00 2049 GMT',
  })
  expect(written('haproxy')).toMatchObject({
    'X-SSL-Client-Serial': 'AB12CD34',
    'X-SSL-Client-SHA256': sha256.toUpperCase(),
    'X-SSL-Client-Not-Before': '201101000000Z',
  })
  expect(written('caddy')).toMatchObject({ 'X-Client-Serial': '2870136116', 'X-Client-Fingerprint': sha256 })
  expect(written('cloudfront')).toMatchObject({
    'CloudFront-Viewer-Cert-Serial-Number': 'ab:12:cd:34',
    'CloudFront-Viewer-Cert-Validity': 'NotBefore=2020-11-01T00:00:00Z;NotAfter=2049-12-06T00:00:00Z',
  })
})

test('facts are normalized, whatever wrote them', () => {
  for (const id of IDS) {
    const read = readOne(lines(id))
    for (const text of kinds(read, 'serial')) expect([id, text]).toEqual([id, 'ab12cd34'])
    for (const text of kinds(read, 'sha256')) expect([id, text]).toEqual([id, from.client.sha256])
    for (const text of kinds(read, 'sha1')) expect([id, text]).toEqual([id, from.client.sha1])
    for (const text of kinds(read, 'notAfter')) expect([id, text]).toEqual([id, '2049-12-06T00:00:00Z'])
  }
})

test('Envoy writes its elements in its order, with its escapes', () => {
  const value = written('envoy')['X-Forwarded-Client-Cert']!
  const [by, hash, cert, chain, ...rest] = value.split(';')
  expect([by, hash]).toEqual(['By=spiffe://lab.test/proxy', `Hash=${from.client.sha256}`])
  expect(cert).toMatch(
    /^Cert="-----BEGIN%20CERTIFICATE-----%0AMII[A-Za-z0-9%]*-----END%20CERTIFICATE-----%0A"$/,
  )
  expect(chain!.match(/BEGIN%20/g)).toHaveLength(2)
  expect(rest.join(';')).toBe(
    `Subject="${RFC2253}";URI=spiffe://lab.test/ns/a/sa/b;DNS=c.lab.test;DNS=d.lab.test`,
  )
  const read = readOne(`x-forwarded-client-cert: ${value}`)
  expect(read.clients[0]!.chain).toEqual([clients.issuing.certificate.der])
  expect(kinds(read, 'dns')).toEqual(['c.lab.test', 'd.lab.test'])
  expect(kinds(read, 'by')).toEqual(['spiffe://lab.test/proxy'])
})

test('elements that proxies appended are read in their order, one header or several', () => {
  const [first, second] = [
    'By=spiffe://a;Hash=' + '00'.repeat(32),
    'Hash=' + '11'.repeat(32) + ';Subject="";URI=',
  ]
  for (const text of [
    `X-Forwarded-Client-Cert: ${first},${second}`,
    `X-Forwarded-Client-Cert: ${first}\r\nx_forwarded_client_cert: ${second}`,
    `${first}, ${second}`,
  ])
    expect(readOne(text).clients.map(({ facts }) => facts.map(({ kind }) => kind))).toEqual([
      ['by', 'sha256'],
      ['sha256'],
    ])
})

test('what an unescaped URI adds to a header is not taken for another field without being marked', async () => {
  const uri = 'spiffe://lab.test/a;b,c'
  const odd = await clientOf(undefined, { names: [{ kind: 'uniformResourceIdentifier', value: uri }] })
  const read = readOne(lines('envoy', odd.from))
  expect(read.clients[0]!.facts).toContainEqual({ kind: 'uri', text: uri, name: null, ambiguous: true })
  const forged = await clientOf(undefined, {
    names: [{ kind: 'uniformResourceIdentifier', value: `spiffe://a;Hash=${'00'.repeat(32)}` }],
  })
  expect(readHeader(lines('envoy', forged.from))).toMatchObject({ fault: { code: 'header-repeated' } })
})

test('Traefik writes one list of fields for each certificate, in its own order', () => {
  const { 'X-Forwarded-Tls-Client-Cert': cert, 'X-Forwarded-Tls-Client-Cert-Info': info } = written('traefik')
  expect(cert!.split(',')).toHaveLength(2)
  const [own] = decodeURIComponent(info!.replaceAll('+', ' ')).split(/,(?=Subject=)/)
  expect(own).toBe(
    'Subject="C=DE,O=Müller + Söhne, "GmbH",OU=#ops,SN=42,CN=a=b; c/d";Issuer="C=DE,O=Lab, Inc.,CN=Header CA";SerialNumber="2870136116";NB="1604188800";NA="2522361600";SAN="c.lab.test,d.lab.test,x@lab.test,192.0.2.7,spiffe://lab.test/ns/a/sa/b"',
  )
  const read = readOne(`X-Forwarded-Tls-Client-Cert-Info: ${info!}`)
  expect(kinds(read, 'subject')).toEqual(['C=DE,O=Müller + Söhne, "GmbH",OU=#ops,SN=42,CN=a=b; c/d'])
  expect(kinds(read, 'ip')).toEqual(['192.0.2.7'])
})

test("RFC 9440's own example is written and read", async () => {
  const [own, ...chain] = RFC9440_CHAIN
  const facts = await certificateFacts(own!)
  const headers = written('rfc9440', { client: facts, chain, proxy: null })
  expect(headers['Client-Cert']!.slice(0, 40)).toBe(':MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA')
  expect(headers['Client-Cert']!.endsWith('HSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:')).toBe(true)
  expect(headers['Client-Cert-Chain']!.split(', ').map((each) => each.length)).toEqual(
    chain.map((der) => 2 + 4 * Math.ceil(der.length / 3)),
  )
  const read = readOne(
    Object.entries(headers)
      .map((line) => line.join(': '))
      .join('\n'),
  )
  expect(read).toMatchObject({ format: 'rfc9440', clients: [{ certificate: own, chain }] })
})

test('formats that write the same are named as alternatives', () => {
  const { value } = writeHeaders(HEADER_FORMATS['plain-der'], from)[0]!
  expect(readOne(value)).toMatchObject({ format: 'plain-der', alternatives: ['traefik'] })
  expect(readOne(`X-Client-Cert: ${value}`).alternatives).toEqual(['caddy', 'azure-gateway'])
})

test('a certificate without names, and one with nothing but a version 1 form, are written and read', async () => {
  const bare = await clientOf([], { names: [] })
  const old = { client: await certificateFacts(derOf(RFC8705_CERTIFICATE)), chain: [], proxy: null }
  for (const what of [bare.from, old])
    for (const id of IDS) {
      const lined = writeHeaders(HEADER_FORMATS[id], what).filter(({ value }) => value !== '')
      const read = readOne(lined.map(({ name, value }) => `${name}: ${value}`).join('\n'))
      expect([id, read.clients[0]!.certificate]).toEqual([
        id,
        FACTS_ALONE.includes(id) ? null : what.client.certificate.der,
      ])
    }
})

test('each format has a setting, or fixes its headers itself, and no name twice', () => {
  for (const { id, names, setting, rows } of Object.values(HEADER_FORMATS)) {
    const own = rows.map(({ name }) => name.toLowerCase())
    expect([id, new Set(own).size]).toEqual([id, own.length])
    if (names === 'chosen' && !id.startsWith('plain'))
      for (const { name, never } of rows)
        expect([id, name, setting.includes(name) || never]).toEqual([id, name, true])
  }
  expect(NAMES).toHaveLength(5)
  expect(parseCertificate(from.client.certificate.der).subjectAltName).toEqual(NAMES)
})

test('facts of the certificate contradict nothing, and those of another one do', async () => {
  const other = (await clientOf([[{ oid: ATTRIBUTE_OIDS.CN, text: 'other' }]], { names: [] })).from.client
  for (const id of IDS) {
    const facts = readOne(lines(id)).clients.flatMap((client) => client.facts)
    expect([id, contradictions(facts, from.client)]).toEqual([id, []])
    const found = new Set(contradictions(facts, other).map(({ kind }) => kind))
    for (const { kind, ambiguous } of facts)
      if (['subject', 'sha1', 'sha256', 'dns', 'uri', 'email', 'ip'].includes(kind) && !ambiguous)
        expect([id, kind, found.has(kind)]).toEqual([id, kind, true])
  }
})
