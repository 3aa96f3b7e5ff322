import { execFileSync } from 'node:child_process'
import { archiveOf } from '../../src/paper/batch.ts'
import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecipeProgram } from '../../src/paper/request-recipes.ts'
import type { InFile } from '../../src/border/words.ts'
import { EXTENSION_OIDS } from '../../src/x509/oids.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { NEW_P256 } from '../support/outside-ca.ts'
import { madeByRecipe, PROGRAMS } from '../support/recipes.ts'
import { scratchFor, succeed } from '../support/run.ts'
import { openedToday, ADA, handedOver, hierarchy } from '../support/worker.ts'
import type { TestWorker } from '../support/worker.ts'

/** Requests made by outside programs, certified here, and read by outside programs again. */

let worker: TestWorker
let ids: { rootId: string; intermediateId: string }
const cwd = scratchFor('certified')
const file = (name: string): string => join(cwd, name)
const run = async (program: string, args: string[]): Promise<string> =>
  (await succeed(program, args, { cwd })).stdout

beforeAll(async () => {
  worker = await openedToday(60_000)
  ids = await hierarchy(worker)
})
afterAll(() => {
  worker.close()
})

const NAMES: Record<string, string> = {
  openssl: 'a.example.com',
  keytool: 'b.example.com',
  certtool: 'c.example.com',
}

const madeBy = (program: RecipeProgram): Promise<InFile> => {
  const name = NAMES[program]!
  const subject = [
    { type: 'organizationName', value: 'Example' },
    { type: 'commonName', value: name },
  ]
  const subjectAltNames = [{ kind: 'dNSName', value: name }] as const
  return madeByRecipe(program, { subject, subjectAltNames, keyAlgorithm: 'p256' }, cwd)
}

/** Written here octet by octet and signed by Node's own ML-DSA. */
function mlDsaRequest(): InFile {
  const script = `
    const { generateKeyPairSync, sign } = require('node:crypto')
    const { publicKey, privateKey } = generateKeyPairSync('ml-dsa-65')
    const tlv = (tag, ...parts) => {
      const body = Buffer.concat(parts)
      const n = body.length
      const head = n < 128 ? [tag, n] : n < 256 ? [tag, 0x81, n] : [tag, 0x82, n >> 8, n & 255]
      return Buffer.concat([Buffer.from(head), body])
    }
    const cn = tlv(0x30, Buffer.from('0603550403', 'hex'), tlv(0x0c, Buffer.from('pq.example.com')))
    const info = tlv(0x30, Buffer.from('020100', 'hex'), tlv(0x30, tlv(0x31, cn)),
      publicKey.export({ type: 'spki', format: 'der' }), Buffer.from('a000', 'hex'))
    const algorithm = tlv(0x30, Buffer.from('0609608648016503040312', 'hex'))
    const signature = tlv(0x03, Buffer.from([0]), sign(null, info, privateKey))
    process.stdout.write(tlv(0x30, info, algorithm, signature).toString('base64'))`
  const der = Buffer.from(execFileSync(process.execPath, ['-e', script]).toString(), 'base64')
  return { name: 'pq.csr', bytes: der }
}

const read = (files: readonly InFile[]) => worker.client.call('certify.read', { files, requestIds: [] })
const choices = (token: string, over: object = {}) => ({
  token,
  authorityId: ids.intermediateId,
  profileId: 'tlsServer',
  validity: null,
  take: [] as string[],
  ...over,
})
const derOf = async (certificateId: string) => worker.client.call('certificate.detail', { certificateId })

describe('many in one drop', () => {
  test('requests of OpenSSL, keytool, GnuTLS and an ML-DSA one of Node are certified together', async () => {
    const files = [...(await Promise.all(PROGRAMS.map(madeBy))), mlDsaRequest()]
    const { token, items, problems } = await read([
      ...files,
      { name: 'noise.txt', bytes: Buffer.from('hello') },
    ])
    expect(items.map(({ possession }) => possession)).toEqual(['valid', 'valid', 'valid', 'valid'])
    expect(problems).toMatchObject([{ code: 'pile-nothing-found', source: { file: 'noise.txt' } }])
    const chosen = items.map(({ index }) => index)
    const plan = await worker.client.call('certify.preview', { ...choices(token), chosen })
    expect(plan.previews.flatMap(({ errors, failure }) => [...errors, failure].filter(Boolean))).toEqual([])
    const result = await worker.client.call('certify.sign', {
      ...choices(token),
      chosen,
      acknowledged: plan.previews.flatMap(({ warnings }) => warnings),
      actor: ADA,
    })
    expect(result.failed).toEqual([])
    expect(result.certified.map(({ name }) => name)).toEqual([...Object.values(NAMES), 'pq.example.com'])
    expect(archiveOf(handedOver(result.made)).name).toMatch(/\.zip$/)
    for (const { certificateId } of result.certified.slice(0, 3)) {
      const { chain } = await derOf(certificateId)
      for (const [name, der] of Object.entries({ leaf: chain[0]!, ca: chain[1]!, root: chain[2]! }))
        writeFileSync(file(`${name}.pem`), encodePem('CERTIFICATE', der))
      const at = String(Math.floor(worker.clock.now / 1000) + 60)
      expect(
        await run('openssl', [
          'verify',
          '-attime',
          at,
          '-purpose',
          'sslserver',
          '-CAfile',
          'root.pem',
          '-untrusted',
          'ca.pem',
          'leaf.pem',
        ]),
      ).toContain('OK')
      expect(await run('certtool', ['--certificate-info', '--infile', 'leaf.pem'])).toContain('example.com')
    }
    const pq = await derOf(result.certified[3]!.certificateId)
    const [leaf, ca] = pq.chain.map((der) => new X509Certificate(der))
    expect(leaf!.publicKey.asymmetricKeyType).toBe('ml-dsa-65')
    expect(leaf!.verify(ca!.publicKey)).toBe(true)
    expect(leaf!.subjectAltName).toBe('DNS:pq.example.com')
    // Signed once: what was certified is not certified again.
    const again = await worker.client.call('certify.sign', {
      ...choices(token),
      chosen,
      acknowledged: [],
      actor: ADA,
    })
    expect(again).toMatchObject({ certified: [], failed: [], made: null })
  })

  test('keytool takes the answer to its own request', async () => {
    const page = await worker.client.call('certificate.list', {
      offset: 0,
      limit: 1,
      search: 'b.example.com',
    })
    const { chain } = await derOf(page.rows[0]!.id)
    writeFileSync(file('reply.pem'), chain.map((der) => encodePem('CERTIFICATE', der)).join(''))
    const store = ['-keystore', 'b.example.com.p12', '-storetype', 'PKCS12', '-storepass', 'changeit']
    const args = ['-importcert', '-noprompt', ...store, '-alias', 'b.example.com', '-file', 'reply.pem']
    await run('keytool', args)
    expect(await run('keytool', ['-list', '-v', ...store, '-alias', 'b.example.com'])).toContain(
      'Certificate chain length: 3',
    )
  })

  test('request and certificate know each other', async () => {
    const rows = await worker.client.call('request.list', null)
    const row = rows.find(({ name }) => name === 'c.example.com')!
    expect(row).toMatchObject({ origin: 'received', key: null })
    const { fields } = await worker.client.call('request.detail', { requestId: row.id })
    expect(fields.find(({ field }) => field === 'subjectAltName')).toMatchObject({ verdict: 'same' })
    expect((await derOf(row.answer!.certificateId)).requestId).toBe(row.id)
    expect((await worker.client.call('vault.check', null)).problems).toEqual([])
  })
})

describe('field by field', () => {
  const config = `[req]
distinguished_name = dn
req_extensions = ext
attributes = att
prompt = no
[dn]
CN = d.example.com
[att]
challengePassword = hunter22
[ext]
subjectAltName = DNS:d.example.com
keyUsage = digitalSignature, keyAgreement, keyCertSign
extendedKeyUsage = serverAuth, clientAuth, codeSigning
basicConstraints = CA:TRUE
crlDistributionPoints = URI:http://evil.example/crl
tlsfeature = status_request
1.2.3.4 = ASN1:UTF8String:hello
`
  test('what is asked beyond the profile is left out with its reason, what it allows is taken when chosen', async () => {
    writeFileSync(file('d.cnf'), config)
    await run('openssl', ['req', '-new', '-config', 'd.cnf', ...NEW_P256, 'd.key', '-out', 'd.csr'])
    const { token } = await read([{ name: 'd.csr', bytes: readFileSync(file('d.csr')) }])
    const why = async (over: object) => {
      const { previews } = await worker.client.call('certify.preview', {
        ...choices(token, over),
        chosen: [0],
      })
      return Object.fromEntries(previews[0]!.fields.map(({ field, why, given }) => [field, [why, given]]))
    }
    expect(await why({})).toMatchObject({
      subject: ['request', 'CN=d.example.com'],
      subjectAltName: ['request', 'DNS:d.example.com'],
      keyUsage: ['profile', 'critical, digitalSignature'],
      extKeyUsage: ['profile', 'serverAuth'],
      basicConstraints: ['ca-only', null],
      cRLDistributionPoints: ['issuer-decides', null],
      tlsFeature: ['not-chosen', null],
      '1.2.3.4': ['not-in-profile', null],
      challengePassword: ['no-place', null],
    })
    const all = [
      'keyUsage',
      'extKeyUsage',
      'basicConstraints',
      'cRLDistributionPoints',
      'tlsFeature',
    ] as const
    const take = [...all.map((name) => EXTENSION_OIDS[name]), '1.2.3.4']
    expect(await why({ take })).toMatchObject({
      keyUsage: ['request', 'critical, digitalSignature, keyAgreement'],
      extKeyUsage: ['request', 'serverAuth'],
      basicConstraints: ['ca-only', null],
      cRLDistributionPoints: ['issuer-decides', null],
      tlsFeature: ['request', 'status_request'],
      '1.2.3.4': ['not-in-profile', null],
    })
    expect(await why({ take, profileId: 'custom' })).toMatchObject({
      extKeyUsage: ['request', 'serverAuth, clientAuth, codeSigning'],
      '1.2.3.4': ['request', '0c0568656c6c6f'],
    })
    const signed = await worker.client.call('certify.sign', {
      ...choices(token, { take }),
      chosen: [0],
      acknowledged: [],
      actor: ADA,
    })
    expect(signed.failed).toEqual([])
    const { chain } = await derOf(signed.certified[0]!.certificateId)
    writeFileSync(file('d.pem'), encodePem('CERTIFICATE', chain[0]!))
    const said = await run('openssl', ['x509', '-in', 'd.pem', '-noout', '-text'])
    expect(said).toContain('status_request')
    expect(said).toContain('Key Agreement')
    expect(said).not.toContain('evil.example')
    expect(said).not.toContain('CA:TRUE')
  })

  test('a request whose signature is wrong is refused by name, the good one beside it goes', async () => {
    const good = readFileSync(file('d.csr'))
    const bad = Buffer.from(good.toString().replace(/-----.*?-----|\s/g, ''), 'base64')
    bad[bad.length - 1]! ^= 1
    const { token, items } = await read([
      { name: 'bad.csr', bytes: bad },
      { name: 'good.csr', bytes: good },
    ])
    expect(items).toMatchObject([{ possession: 'invalid' }, { possession: 'valid', sameKeyAs: 0 }])
    const result = await worker.client.call('certify.sign', {
      ...choices(token),
      chosen: [0, 1],
      acknowledged: [],
      actor: ADA,
    })
    expect(result.failed).toMatchObject([{ index: 0, failure: { code: 'request-not-proved' } }])
    expect(result.certified).toMatchObject([{ index: 1 }])
    const key = { kind: 'request', der: bad, take: [], requestId: null } as const
    const request = {
      profileId: 'tlsServer',
      subject: [],
      subjectAltNames: [],
      validity: null,
      signature: null,
      extensions: {},
    }
    await expect(
      worker.client.call('issue.prepare', { authorityId: ids.intermediateId, request, key }),
    ).rejects.toMatchObject({ code: 'request-not-proved' })
  })
})

test('an intermediate from elsewhere, certified by our root, stands in the tree as kept elsewhere', async () => {
  const subject = ['-subj', '/CN=Their Issuing CA', '-out', 'sub.csr']
  await run('openssl', ['req', '-new', ...NEW_P256, 'sub.key', ...subject])
  // Kept first, as an offline root would, and certified later.
  const first = await read([{ name: 'sub.csr', bytes: readFileSync(file('sub.csr')) }])
  await worker.client.call('certify.keep', { token: first.token, chosen: [0], actor: ADA })
  const waiting = (await worker.client.call('request.list', null)).find(
    ({ name }) => name === 'Their Issuing CA',
  )!
  expect(waiting.answer).toBeNull()
  const { token } = await worker.client.call('certify.read', { files: [], requestIds: [waiting.id] })
  const over = { authorityId: ids.rootId, profileId: 'intermediate' }
  const signed = await worker.client.call('certify.sign', {
    ...choices(token, over),
    chosen: [0],
    acknowledged: [],
    actor: ADA,
  })
  expect(signed.failed).toEqual([])
  const [root] = await worker.client.call('authority.tree', null)
  const below = root!.children.find(({ authority }) => authority.commonName === 'Their Issuing CA')!
  expect(below.authority).toMatchObject({ key: 'elsewhere', ready: false })
  const request = {
    profileId: 'tlsServer',
    subject: [],
    subjectAltNames: [{ kind: 'dNSName', value: 'x.example.com' }],
    validity: null,
    signature: null,
    extensions: {},
  }
  const prepared = await worker.client.call('issue.prepare', {
    authorityId: below.authority.id,
    request,
    key: { kind: 'generate', algorithm: 'p256' },
  })
  await expect(
    worker.client.call('issue.sign', {
      token: prepared.token!,
      acknowledged: prepared.warnings,
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      actor: ADA,
    }),
  ).rejects.toMatchObject({ code: 'key-elsewhere' })
  const detail = await worker.client.call('request.detail', { requestId: waiting.id })
  expect(detail.row.answer?.certificateId).toBe(below.authority.certificateId)
  // What that CA signs on its own machine finds its place here.
  const { chain } = await derOf(below.authority.certificateId)
  writeFileSync(file('sub.pem'), encodePem('CERTIFICATE', chain[0]!))
  expect(await run('openssl', ['x509', '-in', 'sub.pem', '-noout', '-text'])).toContain('pathlen:0')
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
})
