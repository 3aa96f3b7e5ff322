import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { certificateFacts, type CertificateFacts } from '../../../src/mtls/proxy/facts.ts'
import { writeHeaders } from '../../../src/mtls/proxy/format.ts'
import { HEADER_FORMATS } from '../../../src/mtls/proxy/formats.ts'
import {
  checkClient,
  checkKeySet,
  checkToken,
  thumbprint,
  type SubjectMember,
} from '../../../src/mtls/proxy/oauth.ts'
import { toBase64, utf8 } from '../../../src/octets.ts'
import { clientOf } from '../../support/forwarding.ts'
import {
  RFC8705_CERTIFICATE,
  RFC8705_THUMBPRINT,
  RFC9440_CHAIN,
  derOf,
} from '../../support/forwarding-examples.ts'
import { VECTORS_DIR } from '../../support/vectors.ts'

let client: CertificateFacts
beforeAll(async () => {
  client = (await clientOf()).from.client
})

const url = (value: unknown): string =>
  toBase64(utf8(JSON.stringify(value)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const jwt = (claims: unknown): string => `${url({ alg: 'ES256' })}.${url(claims)}.c2lnbmF0dXJl`

test("RFC 8705's own certificate has the thumbprint of its example", async () => {
  const example = await certificateFacts(derOf(RFC8705_CERTIFICATE))
  expect(thumbprint(example)).toBe(RFC8705_THUMBPRINT)
  const token = jwt({ iss: 'https://server.example.com', cnf: { 'x5t#S256': RFC8705_THUMBPRINT } })
  expect(checkToken(token, example)).toMatchObject({ value: { binding: 'match', signatureChecked: false } })
})

test('the certificate whose headers were recorded has the values that were recorded', async () => {
  const pem = readFileSync(join(VECTORS_DIR, '..', 'mtls', 'pki', 'dn', 'chain.pem'), 'utf8')
  const recorded = await certificateFacts(derOf(pem.replace(/-----.*?-----|\s/g, '')))
  expect(thumbprint(recorded)).toBe('t9sb3BCEcNv3fdXB-Kzqxog6Ifiaz-SYXM6CIchMXOU')
  expect(recorded.sha1).toMatch(/^0ab23bee.*d3ed86$/)
  expect(recorded.sha256).toMatch(/^b7db1bdc.*c84c5ce5$/)
  const headers = (id: 'nginx' | 'caddy' | 'haproxy'): Record<string, string> =>
    Object.fromEntries(
      writeHeaders(HEADER_FORMATS[id], { client: recorded, chain: [], proxy: null }).map(
        ({ name, value }) => [name, value],
      ),
    )
  expect(headers('nginx')).toMatchObject({
    'X-SSL-Client-Serial': 'AB12CD34',
    'X-SSL-Client-Not-After': 'Dec  6 00:00:00 2027 GMT',
  })
  expect(headers('nginx')['X-SSL-Client-S-DN']).toContain(
    '1.3.6.1.4.1.55555.7=#0C036F6464,emailAddress=x@lab.test,UID=u1+CN=a=b\\; c/d,OU=\\#ops,O=M\\C3\\BCller \\+ S\\C3\\B6hne\\, \\"GmbH\\",C=DE',
  )
  expect(headers('haproxy')['X-SSL-Client-Not-Before']).toBe('261101000000Z')
  expect(headers('caddy')['X-Client-Serial']).toBe('2870136116')
})

test('a token is bound to this certificate, to another, or to none', () => {
  const cnf = { 'x5t#S256': thumbprint(client) }
  expect(checkToken(jwt({ cnf }), client)).toMatchObject({
    value: { form: 'jwt', binding: 'match', active: null },
  })
  expect(checkToken(`Authorization: Bearer ${jwt({ cnf })}\n`, client)).toMatchObject({
    value: { binding: 'match' },
  })
  expect(checkToken(jwt({ cnf: { 'x5t#S256': RFC8705_THUMBPRINT } }), client)).toMatchObject({
    value: { binding: 'mismatch', bound: RFC8705_THUMBPRINT, thumbprint: cnf['x5t#S256'] },
  })
  expect(checkToken(jwt({ sub: 'a' }), client)).toMatchObject({ value: { binding: 'none', others: [] } })
  expect(checkToken(jwt({ cnf: { jkt: 'x' } }), client)).toMatchObject({
    value: { binding: 'none', others: ['jkt'] },
  })
  expect(checkToken(JSON.stringify({ active: true, cnf }), client)).toMatchObject({
    value: { form: 'introspection', binding: 'match', active: true },
  })
  expect(checkToken(JSON.stringify({ active: false }), client)).toMatchObject({
    value: { binding: 'none', active: false },
  })
})

test.each([
  ['', 'token-opaque'],
  ['2YotnFZFEjr1zCsicMWpAA', 'token-opaque'],
  ['a.b.c.d', 'token-opaque'],
  ['a.b.c.d.e', 'token-encrypted'],
  ['!.b.c', 'token-unreadable'],
  [`${url({})}.%%.c`, 'token-unreadable'],
  [`${url({})}.${url([1])}.c`, 'token-unreadable'],
  [jwt({ cnf: 'x' }), 'confirmation-unreadable'],
  [jwt({ cnf: { 'x5t#S256': 7 } }), 'confirmation-unreadable'],
  [jwt({ cnf: { 'x5t#S256': `${RFC8705_THUMBPRINT}=` } }), 'confirmation-unreadable'],
  ['{"active":', 'token-unreadable'],
  ['a'.repeat(300_000), 'header-too-long'],
  [`{"a":${'['.repeat(100_000)}`, 'token-unreadable'],
])('%.40s… is refused as %s', (text, code) => {
  expect(checkToken(text, client)).toMatchObject({ fault: { code } })
})

test.each<[SubjectMember, string, boolean]>([
  [
    'tls_client_auth_subject_dn',
    'serialNumber=42, 1.3.6.1.4.1.55555.7=#0c036f6464, emailAddress=x@lab.test, CN=a=b\\; c/d+UID=u1, OU=\\#ops, O=Müller \\+ Söhne\\2C \\"GmbH\\", C=DE',
    true,
  ],
  [
    'tls_client_auth_subject_dn',
    'SERIALNUMBER=42,1.3.6.1.4.1.55555.7=#0c036f6464,E=x@lab.test,UID=U1+CN=A=b\\;  c/d,OU=\\#OPS,O="müller + söhne, \\"gmbh\\"",C=de',
    true,
  ],
  ['tls_client_auth_subject_dn', 'C=DE,OU=\\#ops', false],
  ['tls_client_auth_san_dns', 'C.lab.test', true],
  ['tls_client_auth_san_dns', 'lab.test', false],
  ['tls_client_auth_san_uri', 'spiffe://lab.test/ns/a/sa/b', true],
  ['tls_client_auth_san_uri', 'spiffe://lab.test/ns/a/sa/B', false],
  ['tls_client_auth_san_ip', '192.0.2.7', true],
  ['tls_client_auth_san_ip', '2001:db8::7', false],
  ['tls_client_auth_san_email', 'x@LAB.test', true],
  ['tls_client_auth_san_email', 'X@lab.test', false],
])('%s of %j is compared as what it is: %s', (member, expected, matches) => {
  expect(checkClient(JSON.stringify({ client_id: 'a', [member]: expected }), client.certificate)).toEqual({
    value: { member, expected, matches },
  })
})

test('an IPv6 address is the same however it is written', async () => {
  const octets = Uint8Array.of(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7)
  const six = await clientOf(undefined, { names: [{ kind: 'iPAddress', octets }] })
  for (const text of ['2001:db8::7', '2001:DB8:0:0:0:0:0:7', '2001:0db8::0.0.0.7'])
    expect(
      checkClient(JSON.stringify({ tls_client_auth_san_ip: text }), six.client.certificate),
    ).toMatchObject({
      value: { matches: true },
    })
})

test.each([
  ['no JSON', 'metadata-unreadable'],
  ['[]', 'metadata-unreadable'],
  ['{}', 'metadata-none'],
  ['{"tls_client_auth_san_dns":"a","tls_client_auth_san_ip":"::1"}', 'metadata-several'],
  ['{"tls_client_auth_san_dns":7}', 'metadata-value'],
  ['{"tls_client_auth_san_dns":"a b"}', 'metadata-value'],
  ['{"tls_client_auth_san_ip":"192.0.2.07"}', 'metadata-value'],
  ['{"tls_client_auth_san_email":"x"}', 'metadata-value'],
  ['{"tls_client_auth_subject_dn":"no name"}', 'metadata-value'],
  [`{"tls_client_auth_subject_dn":"${'CN=a,'.repeat(20_000)}"}`, 'metadata-value'],
])('metadata %.60s is refused as %s', (text, code) => {
  expect(checkClient(text, client.certificate)).toMatchObject({ fault: { code } })
})

test('a self-signed client is known by the first certificate of a key, octet for octet', () => {
  const { der } = client.certificate
  const [one, two] = RFC9440_CHAIN.map(toBase64)
  const keys = [{ kty: 'EC' }, { kty: 'EC', x5c: [one] }, { kty: 'EC', x5c: [toBase64(der), two] }]
  expect(checkKeySet(JSON.stringify({ keys }), { der })).toEqual({
    value: { key: 2, withCertificate: 2, keys: 3 },
  })
  expect(checkKeySet(JSON.stringify({ jwks: { keys } }), { der })).toMatchObject({ value: { key: 2 } })
  expect(checkKeySet(JSON.stringify({ keys: keys.slice(0, 2) }), { der })).toMatchObject({
    value: { key: null },
  })
})

test.each([
  ['no JSON', 'key-set-unreadable'],
  ['{}', 'key-set-unreadable'],
  ['{"keys":[1]}', 'key-set-unreadable'],
  ['{"keys":[{"x5c":"AA=="}]}', 'key-set-certificate'],
  ['{"keys":[{"x5c":[]}]}', 'key-set-certificate'],
  ['{"keys":[{"x5c":["AA=="]}]}', 'key-set-certificate'],
  [`{"keys":[${'{},'.repeat(100)}{}]}`, 'header-too-many'],
])('key set %.40s is refused as %s', (text, code) => {
  expect(checkKeySet(text, client.certificate)).toMatchObject({ fault: { code } })
})
