import { createPublicKey, verify } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BitString, fromBER, Sequence } from 'asn1js'
import { CertificationRequest, Extensions } from 'pkijs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RequestRow } from '../../src/border/protocol/request.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { NEW_P256, outsideCa, type OutsideCa } from '../support/outside-ca.ts'
import { scratchFor, succeed } from '../support/run.ts'
import { openedToday, ADA, issue } from '../support/worker.ts'
import type { TestWorker } from '../support/worker.ts'

/** Requests made here, signed by others, and their answers taken in. */

let worker: TestWorker
let outside: OutsideCa
const cwd = scratchFor('made')
const file = (name: string): string => join(cwd, name)
const run = async (program: string, args: string[]): Promise<string> =>
  (await succeed(program, args, { cwd })).stdout

beforeAll(async () => {
  // Outside programs sign from their own now on.
  worker = await openedToday(60_000)
  outside = await outsideCa(cwd)
})
afterAll(() => {
  worker.close()
})

interface Wish {
  profileId: string
  commonName: string
  names?: string[]
  algorithm?: string
}
async function make({ profileId, commonName, names = [], algorithm = 'p256' }: Wish): Promise<RequestRow> {
  const row = await worker.client.call('request.make', {
    request: {
      profileId,
      subject: [
        { type: 'organizationName', value: 'Ours' },
        { type: 'commonName', value: commonName },
      ],
      subjectAltNames: names.map((value) => ({ kind: 'dNSName', value })),
      signature: null,
      extensions: {},
    },
    key: { kind: 'generate', algorithm },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  const { bytes } = await worker.client.call('request.export', { requestId: row.id, format: 'pem' })
  writeFileSync(file('request.csr'), bytes)
  return row
}
const signByOpenssl = (section: 'below' | 'leaf', more: string[] = []): Promise<Uint8Array> =>
  outside.sign('request.csr', section, ...more)
const read = (...files: Uint8Array[]) =>
  worker.client.call('answer.read', { files: files.map((bytes, i) => ({ name: `${String(i)}.pem`, bytes })) })
async function takeIn(...files: Uint8Array[]) {
  const { token, items } = await read(...files)
  const chosen = items.filter(({ suggested }) => suggested).map(({ index }) => index)
  return worker.client.call('answer.store', { token, chosen, actor: ADA })
}

describe.each(['rsa-2048', 'p256', 'p384', 'p521', 'ed25519'])(
  'a request made here with a key of %s',
  (algorithm) => {
    test('is verified by OpenSSL, asks for what was wished, and its answer joins its key', async () => {
      const name = `${algorithm}.example.com`
      const row = await make({ profileId: 'tlsServer', commonName: name, names: [name], algorithm })
      const said = await run('openssl', ['req', '-in', 'request.csr', '-noout', '-verify', '-text'])
      expect(said).toContain(`DNS:${name}`)
      expect(said).toContain('TLS Web Server Authentication')
      const [stored] = await takeIn(await signByOpenssl('leaf', ['-copy_extensions', 'copyall']))
      expect(stored).toMatchObject({ name, requestId: row.id, authorityId: null })
      const detail = await worker.client.call('request.detail', { requestId: row.id })
      expect(detail.row.answer).toEqual({
        certificateId: stored!.certificateId,
        issuer: 'CN=Outside Root,O=Outside',
      })
      // The key identifiers are the issuer's to add.
      const other = detail.fields.filter(({ field }) => !field.endsWith('KeyIdentifier'))
      expect(other.filter(({ verdict }) => verdict !== 'same')).toEqual([])
      expect(other.map(({ field }) => field)).toContain('extKeyUsage')
      // The key that waited opens with the certificate.
      const p12 = await worker.client.call('certificate.export', {
        certificateId: stored!.certificateId,
        what: 'pkcs12',
        format: 'der',
        includeRoot: false,
        protection: { kind: 'encrypted', passphrase: 'secret river bank' },
        actor: ADA,
      })
      writeFileSync(file('answer.p12'), p12.bytes)
      expect(
        await run('openssl', ['pkcs12', '-in', 'answer.p12', '-passin', 'pass:secret river bank', '-nodes']),
      ).toContain('PRIVATE KEY')
    })
  },
)

function sequence(read: unknown): Sequence {
  if (!(read instanceof Sequence)) throw new Error('no SEQUENCE')
  return read
}

/** Node's OpenSSL knows ML-DSA. What it is asked about is taken apart by another codec than ours. */
describe.each(['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87'])(
  'a request made here with a key of %s',
  (algorithm) => {
    test('is verified by Node, asks for what was wished, and does not verify when it is changed', async () => {
      const name = `${algorithm}.example.com`
      const row = await make({ profileId: 'tlsServer', commonName: name, names: [name], algorithm })
      const { bytes } = await worker.client.call('request.export', { requestId: row.id, format: 'der' })
      const der = sequence(fromBER(new Uint8Array(bytes)).result)
      const [info, signatureAlgorithm, signature] = der.valueBlock.value
      const publicKey = sequence(info).valueBlock.value[2]
      const spki = Buffer.from(publicKey!.valueBeforeDecodeView)
      const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
      expect(key.asymmetricKeyType).toBe(algorithm)
      // RFC 9881 §2: the same identifier for key and signature, and no parameters.
      const keyAlgorithm = sequence(publicKey).valueBlock.value[0]!
      expect(Buffer.from(signatureAlgorithm!.valueBeforeDecodeView)).toEqual(
        Buffer.from(keyAlgorithm.valueBeforeDecodeView),
      )
      const signed = Buffer.from(info!.valueBeforeDecodeView)
      if (!(signature instanceof BitString)) throw new Error('no signature')
      const octets = Buffer.from(signature.valueBlock.valueHexView)
      expect(verify(null, signed, key, octets)).toBe(true)
      signed[signed.length - 1]! ^= 1
      expect(verify(null, signed, key, octets)).toBe(false)
      const read = new CertificationRequest({ schema: der })
      const asked = read.attributes!.find(({ type }) => type === '1.2.840.113549.1.9.14')!
      const { extensions } = new Extensions({ schema: asked.values[0] })
      const names = extensions.find(({ extnID }) => extnID === '2.5.29.17')!.parsedValue as {
        altNames: { type: number; value: string }[]
      }
      expect(names.altNames).toMatchObject([{ type: 2, value: name }])
    })
  },
)

test('cfssl signs a request made here, and the answer is found by its key', async () => {
  const row = await make({ profileId: 'tlsServer', commonName: 'cf.example.com', names: ['cf.example.com'] })
  writeFileSync(
    file('cfssl.json'),
    JSON.stringify({
      signing: { default: { expiry: '100h', usages: ['digital signature', 'server auth'] } },
    }),
  )
  const answer = JSON.parse(
    await run('cfssl', [
      'sign',
      '-ca',
      'root.pem',
      '-ca-key',
      'root.key',
      '-config',
      'cfssl.json',
      'request.csr',
    ]),
  ) as { cert: string }
  const { items } = await read(new TextEncoder().encode(answer.cert))
  expect(items).toMatchObject([{ kind: 'answer', request: { id: row.id }, refusal: null }])
  expect(await takeIn(new TextEncoder().encode(answer.cert))).toMatchObject([{ requestId: row.id }])
})

test('a CA’s request, signed by an outside root, comes back with that root: both stand in the tree, and it signs', async () => {
  const row = await make({ profileId: 'intermediate', commonName: 'Ours, certified outside' })
  const stored = await takeIn(await signByOpenssl('below'), outside.root)
  expect(stored).toHaveLength(2)
  const tree = await worker.client.call('authority.tree', null)
  expect(tree).toMatchObject([
    {
      authority: { commonName: 'Outside Root', key: 'elsewhere' },
      children: [{ authority: { commonName: 'Ours, certified outside', key: 'vault', ready: true } }],
    },
  ])
  const ours = stored.find(({ requestId }) => requestId === row.id)!
  const leaf = await issue(worker, {
    authorityId: ours.authorityId,
    profileId: 'tlsServer',
    commonName: 'www.example.com',
    names: ['www.example.com'],
  })
  const { chain } = await worker.client.call('certificate.detail', { certificateId: leaf.certificateId })
  expect(chain).toHaveLength(3)
  writeFileSync(file('leaf.pem'), encodePem('CERTIFICATE', chain[0]!))
  writeFileSync(file('ours.pem'), encodePem('CERTIFICATE', chain[1]!))
  const at = String(Math.floor(worker.clock.now / 1000) + 60)
  expect(
    await run('openssl', [
      'verify',
      '-attime',
      at,
      '-CAfile',
      'root.pem',
      '-untrusted',
      'ours.pem',
      'leaf.pem',
    ]),
  ).toContain('OK')
  // Certificates that waited for their issuer went below it as it came.
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
  const page = await worker.client.call('certificate.list', {
    offset: 0,
    limit: 50,
    search: 'p384.example.com',
  })
  expect(page.rows[0]!.authorityId).toBe(tree[0]!.authority.id)
})

test('the same key is certified again outside: the CA goes on with the later certificate, and the key stays if the request is given up', async () => {
  const [top] = await worker.client.call('authority.tree', null)
  const ours = top!.children[0]!.authority
  const { name, isCa, profileId, subject } = await worker.client.call('request.again', {
    certificateId: ours.certificateId,
  })
  expect({ name, isCa, profileId }).toEqual({
    name: 'Ours, certified outside',
    isCa: true,
    profileId: 'intermediate',
  })
  const again = () =>
    worker.client.call('request.make', {
      request: { profileId, subject, subjectAltNames: [], signature: null, extensions: {} },
      key: { kind: 'kept', certificateId: ours.certificateId },
      keyKeeping: { kind: 'vault' },
      actor: ADA,
    })
  const given = await again()
  await worker.client.call('request.remove', { requestId: given.id, actor: ADA })
  const row = await again()
  const { bytes } = await worker.client.call('request.export', { requestId: row.id, format: 'pem' })
  writeFileSync(file('request.csr'), bytes)
  expect(await run('openssl', ['req', '-in', 'request.csr', '-noout', '-verify', '-subject'])).toContain(
    'O = Ours, CN = "Ours, certified outside"',
  )
  const [stored] = await takeIn(await signByOpenssl('below', ['-days', '600']))
  expect(stored).toMatchObject({ authorityId: ours.id, requestId: row.id })
  const [after] = await worker.client.call('authority.tree', null)
  const now = after!.children[0]!.authority
  expect(now).toMatchObject({ id: ours.id, key: 'vault', certificateId: stored!.certificateId })
  expect(now.notAfter.getTime()).toBeGreaterThan(ours.notAfter.getTime())
  await issue(worker, { authorityId: now.id, profileId: 'tlsClient', commonName: 'Ben' })
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
})

test('an answer that was brought in as a mere certificate is joined to its key all the same', async () => {
  const row = await make({
    profileId: 'tlsServer',
    commonName: 'late.example.com',
    names: ['late.example.com'],
  })
  const answer = await signByOpenssl('leaf', ['-copy_extensions', 'copyall'])
  const view = await worker.client.call('import.read', {
    files: [
      { name: 'late.pem', bytes: answer },
      { name: 'root.pem', bytes: outside.root },
    ],
  })
  const all = view.authorities.map(({ index }) => index)
  await worker.client.call('import.store', {
    token: view.token,
    choice: { authorities: all, certificatesOf: all, others: true, requests: false },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  const listed = () =>
    worker.client.call('certificate.list', { offset: 0, limit: 9, search: 'late.example.com' })
  const before = await listed()
  expect(before.rows).toHaveLength(1)
  expect(before.rows[0]!.key).not.toBe('sealed')
  expect(await takeIn(answer)).toMatchObject([{ requestId: row.id, certificateId: before.rows[0]!.id }])
  const after = await listed()
  expect(after.rows).toMatchObject([{ id: before.rows[0]!.id, key: 'sealed' }])
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
})

test('an answer that is no CA’s is refused for a CA’s request; a stranger’s certificate is said to be one', async () => {
  await make({ profileId: 'intermediate', commonName: 'Wants to be a CA' })
  const wrong = await signByOpenssl('leaf')
  expect((await read(wrong)).items).toMatchObject([{ kind: 'answer', refusal: 'not-a-ca', suggested: false }])
  expect(await takeIn(wrong)).toEqual([])
  const stranger = ['-new', ...NEW_P256, 'x.key', '-subj', '/CN=stranger', '-out', 'request.csr']
  await run('openssl', ['req', ...stranger])
  expect((await read(await signByOpenssl('leaf'))).items).toMatchObject([{ kind: 'stranger', request: null }])
})

test.each([
  ['PKCS#8', (key: string) => ['pkcs8', '-topk8', '-in', key, '-nocrypt', '-out', 'brought'], ''],
  [
    'encrypted PKCS#8',
    (key: string) => ['pkcs8', '-topk8', '-in', key, '-passout', 'pass:secret', '-out', 'brought'],
    'secret',
  ],
  ['a traditional key', (key: string) => ['rsa', '-in', key, '-traditional', '-out', 'brought'], ''],
])('a key that was brought as %s makes the request', async (_what, convert, passphrase) => {
  await run('openssl', ['genrsa', '-out', 'own.key', '2048'])
  await run('openssl', convert('own.key'))
  const bring = (phrase: string) =>
    worker.client.call('request.make', {
      request: {
        profileId: 'tlsClient',
        subject: [{ type: 'commonName', value: 'Ann' }],
        subjectAltNames: [],
        signature: null,
        extensions: {},
      },
      key: {
        kind: 'brought',
        file: { name: 'brought', bytes: readFileSync(file('brought')) },
        passphrase: phrase,
      },
      keyKeeping: { kind: 'vault' },
      actor: ADA,
    })
  if (passphrase !== '') {
    await expect(bring('')).rejects.toMatchObject({ code: 'container-password-needed' })
    await expect(bring('wrong')).rejects.toMatchObject({ code: 'container-password-wrong' })
  }
  const row = await bring(passphrase)
  const { bytes } = await worker.client.call('request.export', { requestId: row.id, format: 'der' })
  writeFileSync(file('request.der'), bytes)
  expect(
    await run('openssl', ['req', '-inform', 'DER', '-in', 'request.der', '-noout', '-verify', '-pubkey']),
  ).toBe(await run('openssl', ['rsa', '-in', 'own.key', '-pubout']))
  await worker.client.call('request.remove', { requestId: row.id, actor: ADA })
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
})

test('GnuTLS reads a request made here', async () => {
  await make({ profileId: 'mtls', commonName: 'gnu.example.com', names: ['gnu.example.com'] })
  const said = await run('certtool', ['--crq-info', '--infile', 'request.csr'])
  expect(said).toContain('gnu.example.com')
  expect(said).toContain('TLS WWW Client')
})
