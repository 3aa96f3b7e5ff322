import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { filePathOf } from '../../src/ca/ocsp-response.ts'
import { createPool, validate } from '../../src/validate/validate.ts'
import { responsesFile } from '../../src/paper/responses.ts'
import { nginxFor } from '../../src/paper/nginx.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { parseCertificateList } from '../../src/x509/certificate-list.ts'
import { parseOcspResponse } from '../../src/x509/ocsp.ts'
import { encodePem } from '../../src/x509/pem.ts'
import type { In } from '../../src/border/protocol.ts'
import { JAVA_REVOCATION } from '../support/peers/revocation.ts'
import { freePort } from '../support/ports.ts'
import { run, scratch, succeed } from '../support/run.ts'
import { openedToday, ADA, LIST, RESPONSES, hierarchy, issue } from '../support/worker.ts'
import type { TestWorker } from '../support/worker.ts'

// What the page signs, from an empty vault on: outsiders accept the good certificate and refuse the revoked one.

const DELTA = 'http://crl.example.com/delta.crl'
const OCSP = 'http://ocsp.example.com/status'

let worker: TestWorker
let ids: { rootId: string; intermediateId: string }
let chain: { root: Uint8Array; ca: Uint8Array }
let good: Uint8Array
let bad: Uint8Array
let badId: string
let responderId: string

beforeAll(async () => {
  // GnuTLS validates by the clock of the machine alone.
  worker = await openedToday(-3_600_000)
  ids = await hierarchy(worker)
  const server = (name: string) =>
    issue(worker, {
      authorityId: ids.intermediateId,
      profileId: 'tlsServer',
      commonName: name,
      names: [name],
      extensions: {
        cRLDistributionPoints: ['http://crl.example.com/ca.crl'],
        authorityInfoAccess: { ocsp: [OCSP], caIssuers: [] },
      },
    })
  good = (await server('good.example.com')).der
  const lost = await server('bad.example.com')
  bad = lost.der
  badId = lost.certificateId
  responderId = (
    await issue(worker, {
      authorityId: ids.intermediateId,
      profileId: 'ocspSigner',
      commonName: 'Responder',
    })
  ).certificateId
  const detail = await worker.client.call('certificate.detail', { certificateId: badId })
  chain = { ca: detail.chain[1]!, root: detail.chain[2]! }
})
afterAll(() => {
  worker.close()
})

const signAll = async (authorityId: string, over: Partial<In<'list.sign'>> = {}): Promise<Uint8Array[]> => {
  worker.clock.now += 2000
  const { signed } = await worker.client.call('list.sign', { ...LIST, authorityId, ...over })
  return signed.map(({ der }) => der)
}
const sign = async (authorityId: string, over: Partial<In<'list.sign'>> = {}): Promise<Uint8Array> => {
  const [only, ...others] = await signAll(authorityId, over)
  expect(others).toEqual([])
  return only!
}
const revoke = (reason: In<'revocation.revoke'>['reason']) =>
  worker.client.call('revocation.revoke', { certificateId: badId, reason, invalidityDate: null, actor: ADA })

const pem = (...ders: readonly Uint8Array[]): string =>
  ders.map((der) => encodePem('CERTIFICATE', der)).join('')
const crlPem = (lists: readonly Uint8Array[]): string =>
  lists.map((der) => encodePem('X509 CRL', der)).join('')

type Said = 'good' | 'revoked' | 'other'

async function openssl(
  target: Uint8Array,
  lists: readonly Uint8Array[],
  at = worker.clock.now,
): Promise<Said> {
  const { file } = scratch()
  const { output } = await run('openssl', [
    ...['verify', '-x509_strict', '-crl_check_all', '-extended_crl', '-use_deltas'],
    ...['-attime', String(Math.floor(at / 1000) + 5)],
    ...['-CAfile', file('root.pem', pem(chain.root)), '-untrusted', file('ca.pem', pem(chain.ca))],
    ...['-CRLfile', file('crl.pem', crlPem(lists)), file('t.pem', pem(target))],
  ])
  return /t\.pem: OK/.test(output) ? 'good' : /certificate revoked/.test(output) ? 'revoked' : 'other'
}

async function gnutls(target: Uint8Array, lists: readonly Uint8Array[]): Promise<Said> {
  const { file } = scratch()
  const { output } = await run('certtool', [
    ...['--verify', '--load-ca-certificate', file('root.pem', pem(chain.root))],
    ...['--load-crl', file('crl.pem', crlPem(lists))],
    ...['--infile', file('chain.pem', pem(target, chain.ca, chain.root))],
  ])
  // It says so of each certificate, and of the chain at the end.
  if (/revoked/i.test(output)) return 'revoked'
  return /Chain verification output: Verified/.test(output) ? 'good' : 'other'
}

async function java(target: Uint8Array, lists: readonly Uint8Array[]): Promise<Said> {
  const { file } = scratch()
  const { output } = await run('java', [
    file('Check.java', JAVA_REVOCATION),
    String(worker.clock.now + 5000),
    file('root.pem', pem(chain.root)),
    file('path.pem', pem(target, chain.ca)),
    file('crl.pem', crlPem(lists)),
  ])
  return output.startsWith('VALID') ? 'good' : /REVOKED/.test(output) ? 'revoked' : 'other'
}

async function ours(target: Uint8Array, lists: readonly Uint8Array[]): Promise<Said> {
  const pool = createPool({
    anchors: [parseCertificate(chain.root)],
    intermediates: [parseCertificate(chain.ca)],
    crls: lists.map((der) => parseCertificateList(der)),
  })
  const at = new Date(worker.clock.now + 5000)
  const report = await validate(parseCertificate(target), pool, { at, revocation: 'require' })
  if (report.verdict === 'valid') return 'good'
  const codes = report.paths[report.best]!.certificates.flatMap(({ refusals }) =>
    refusals.map(({ code }) => code),
  )
  return codes.includes('revoked') ? 'revoked' : 'other'
}

const PROGRAMS = { openssl, gnutls, java, ours }

describe('lists signed in the page', () => {
  test('OpenSSL, GnuTLS, Java and our validator accept what stands and refuse what is revoked', async () => {
    const ofRoot = await sign(ids.rootId)
    const before = [ofRoot, await sign(ids.intermediateId)]
    for (const [name, examine] of Object.entries(PROGRAMS))
      expect(await examine(bad, before), name).toBe('good')
    await revoke('certificateHold')
    await worker.client.call('revocation.release', { certificateId: badId, actor: ADA })
    await revoke('keyCompromise')
    const after = [ofRoot, await sign(ids.intermediateId)]
    for (const [name, examine] of Object.entries(PROGRAMS)) {
      expect(await examine(bad, after), name).toBe('revoked')
      expect(await examine(good, after), name).toBe('good')
    }
  })

  test('openssl crl and certtool verify them with the CA', async () => {
    const list = await sign(ids.intermediateId, { freshestAddress: DELTA })
    const { file } = scratch()
    const [crl, ca] = [file('a.crl', crlPem([list])), file('ca.pem', pem(chain.ca))]
    const args = ['crl', '-in', crl, '-CAfile', ca, '-verify', '-noout', '-text']
    const { output } = await succeed('openssl', args)
    for (const words of ['verify OK', 'Key Compromise', 'X509v3 CRL Number', DELTA])
      expect(output).toContain(words)
    const gnu = await run('certtool', [
      ...['--verify-crl', '--infile', crl],
      ...['--load-ca-certificate', ca],
    ])
    expect(gnu.output).not.toMatch(/Not verified/)
    expect(gnu.output).toMatch(/Verified/)
  })

  test('a delta revokes what the complete list before it did not name', async () => {
    const { authorityId, der } = await issue(worker, {
      authorityId: ids.rootId,
      profileId: 'intermediate',
      commonName: 'Delta CA',
    })
    const target = await issue(worker, {
      authorityId,
      profileId: 'tlsServer',
      commonName: 'delta.example.com',
      names: ['delta.example.com'],
    })
    const root = [
      await sign(ids.rootId, { freshestAddress: DELTA }),
      await sign(ids.rootId, { kind: 'delta', days: 1 }),
    ]
    const complete = await sign(authorityId!, { freshestAddress: DELTA })
    const empty = await sign(authorityId!, { kind: 'delta', days: 1 })
    const { certificateId } = target
    await worker.client.call('revocation.revoke', {
      ...{ certificateId, reason: 'superseded', invalidityDate: null, actor: ADA },
    })
    const delta = await sign(authorityId!, { kind: 'delta', days: 1 })
    const kept = chain
    chain = { ...chain, ca: der }
    onTestFinished(() => {
      chain = kept
    })
    expect(await openssl(target.der, [...root, complete, empty])).toBe('good')
    expect(await ours(target.der, [...root, complete, empty])).toBe('good')
    expect(await openssl(target.der, [...root, complete, delta])).toBe('revoked')
    expect(await ours(target.der, [...root, complete, delta])).toBe('revoked')
  })

  test('lists in parts speak of the certificates of their address, and of end-entities or authorities alone', async () => {
    const ofRoot = await sign(ids.rootId, { parts: { kind: 'cas' } })
    const addresses = ['http://crl.example.com/ca.crl', 'http://crl.example.com/other.crl']
    const [own, other] = await signAll(ids.intermediateId, { parts: { kind: 'points', addresses } })
    const ofUsers = await sign(ids.intermediateId, { parts: { kind: 'users' } })
    for (const examine of [openssl, ours]) {
      for (const part of [own!, ofUsers]) {
        expect(await examine(good, [ofRoot, part])).toBe('good')
        expect(await examine(bad, [ofRoot, part])).toBe('revoked')
      }
      expect(await examine(good, [ofRoot, other!])).toBe('other')
    }
  })

  test('of a schedule each list is in force in its own period alone', async () => {
    const lists = await signAll(ids.rootId, { count: 3, days: 30, overlapDays: 2 })
    const ofCa = await sign(ids.intermediateId, { days: 90 })
    const at = worker.clock.now
    const inForce: Said[][] = []
    for (const period of [0, 1, 2]) {
      const then = at + period * 30 * 86_400_000 + 3_600_000
      inForce.push(await Promise.all(lists.map((der) => openssl(good, [der, ofCa], then))))
    }
    expect(inForce).toEqual([
      ['good', 'other', 'other'],
      ['good', 'good', 'other'],
      ['other', 'good', 'good'],
    ])
  })
})

describe('responses signed in the page', () => {
  const HASHES = [
    ['SHA-1', '-sha1'],
    ['SHA-256', '-sha256'],
  ] as const

  test.each(HASHES)('nginx answers the GET of an OpenSSL client with a CertID over %s', async (_, flag) => {
    const answers = await responses()
    const { path: folder, file } = scratch()
    publish(answers, join(folder, 'ocsp'))
    const address = await serve(folder)
    const [ca, root] = [file('ca.pem', pem(chain.ca)), file('root.pem', pem(chain.root))]
    for (const [name, der] of Object.entries({ good, bad })) {
      const target = file(`${name}.pem`, pem(der))
      const asked = join(folder, `${name}.req`)
      await succeed('openssl', [
        ...['ocsp', '-issuer', ca, flag, '-cert', target, '-no_nonce', '-reqout', asked],
      ])
      // As a client asks (RFC 5019 §5): the request in base64, its +, / and = escaped.
      const question = encodeURIComponent(readFileSync(asked).toString('base64'))
      const answer = await fetch(`${address}/${question}`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('application/ocsp-response')
      const response = new Uint8Array(await answer.arrayBuffer())
      const said = await run('openssl', [
        ...['ocsp', '-respin', file(`${name}.der`, response), '-CAfile', root, '-verify_other', ca],
        ...['-issuer', ca, flag, '-cert', target, '-no_nonce', '-attime'],
        ...[String(Math.floor(worker.clock.now / 1000) + 5), '-validity_period', '100000000'],
      ])
      expect(said.output).toContain('Response verify OK')
      expect(said.output).toMatch(name === 'good' ? /good\.pem: good/ : /Reason: keyCompromise/)
      expect(await examined(der, response)).toBe(name === 'good' ? 'good' : 'revoked')
    }
    // Whatever base64 brings: doubled slashes, one at the end, plus signs.
    for (const [i, odd] of ['MEIw//8+', 'MEI+ab//', 'ME/Q/ab/', '++++/w=='].entries()) {
      publish({ [filePathOf(odd)]: new Uint8Array([i]) }, join(folder, 'ocsp'))
      const found = await fetch(`${address}/${encodeURIComponent(odd)}`)
      expect(found.headers.get('content-type'), odd).toBe('application/ocsp-response')
      expect(new Uint8Array(await found.arrayBuffer())).toEqual(new Uint8Array([i]))
    }
    const unknown = await fetch(`${address}/${encodeURIComponent('MEIwQDA+')}`)
    expect(unknown.status).toBe(404)
  })

  test('GnuTLS reads a response and verifies it with the CA', async () => {
    const { file } = scratch()
    const answers = Object.values(await responses())
    const of = (der: Uint8Array) =>
      answers.find((answer) => {
        const { serialNumber } = parseOcspResponse(answer).basic!.responses[0]!.certId
        return String(serialNumber) === String(parseCertificate(der).serialNumber)
      })!
    for (const [der, words] of [
      [good, /Certificate Status: good/],
      [bad, /Certificate Status: revoked/],
    ] as const) {
      const response = file('r.der', of(der))
      expect((await run('ocsptool', ['--response-info', '--infile', response])).output).toMatch(words)
      const { output } = await run('ocsptool', [
        ...['--verify-response', '--load-response', response],
        ...['--load-trust', file('ca.pem', pem(chain.ca))],
      ])
      expect(output).toMatch(/Verifying OCSP Response: Success/)
    }
  })

  /** Files of the first period by their path below its folder. */
  async function responses(): Promise<Record<string, Uint8Array>> {
    const signed = await worker.client.call('response.sign', {
      ...{ ...RESPONSES, authorityId: ids.intermediateId, responderId, overlapDays: 2 },
    })
    const octets = new Uint8Array(await responsesFile(signed).blob.arrayBuffer())
    const entries = Object.entries(unzipSync(octets)).filter(([name]) => !name.startsWith('publish.'))
    return Object.fromEntries(entries.map(([name, der]) => [name.replace(/^[^/]+\//, ''), der]))
  }

  async function examined(target: Uint8Array, response: Uint8Array): Promise<Said> {
    const pool = createPool({
      anchors: [parseCertificate(chain.root)],
      intermediates: [parseCertificate(chain.ca)],
      ocspResponses: [parseOcspResponse(response)],
    })
    const at = new Date(worker.clock.now + 5000)
    const report = await validate(parseCertificate(target), pool, { at, revocation: 'given' })
    return report.verdict === 'valid' ? 'good' : 'revoked'
  }
})

function publish(files: Readonly<Record<string, Uint8Array>>, folder: string): void {
  for (const [path, bytes] of Object.entries(files)) {
    const at = join(folder, path)
    mkdirSync(dirname(at), { recursive: true })
    writeFileSync(at, bytes)
  }
}

/** nginx with the configuration that the page shows, moved to this folder and a free port; gives the address. */
async function serve(folder: string): Promise<string> {
  const port = await freePort()
  const server = nginxFor(OCSP)
    .replace('listen 80;', `listen 127.0.0.1:${String(port)};`)
    .replace('/srv/ocsp/', `${folder}/ocsp/`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ')
  const configuration = [
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;`,
    `events {}\nhttp { access_log off; ${temporary}\n${server}\n}`,
  ].join('\n')
  writeFileSync(join(folder, 'nginx.conf'), configuration)
  await succeed('nginx', ['-t', '-q', '-c', join(folder, 'nginx.conf'), '-p', folder])
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' })
  onTestFinished(() => {
    child.kill()
  })
  const origin = `http://127.0.0.1:${String(port)}`
  for (let tries = 0; ; tries++) {
    const isUp = await fetch(origin).then(
      () => true,
      () => false,
    )
    if (isUp) return `${origin}/status`
    if (tries === 50)
      throw new Error(`nginx did not start: ${readFileSync(join(folder, 'error.log'), 'utf8')}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
