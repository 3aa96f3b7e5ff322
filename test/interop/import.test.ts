import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ImportedAuthority, ImportView } from '../../src/border/protocol/import.ts'
import type { InFile } from '../../src/border/words.ts'
import { parseCertificateList } from '../../src/x509/certificate-list.ts'
import { hexOf, bigIntOf } from '../../src/octets.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { folderFiles, opensslCa } from '../support/ca-folder.ts'
import { run, scratchFor, succeed } from '../support/run.ts'
import { openedToday, ADA, issue, LIST, type TestWorker } from '../support/worker.ts'

// Keys and whole CAs as other tools write them: each comes in, signs, and OpenSSL and GnuTLS accept what it signed.

const cwd = scratchFor('import')
const at = (name: string): string => join(cwd, name)
const PASSWORD = 'geheim 123'
const KEY = ['-pkeyopt', 'ec_paramgen_curve:P-256']

let worker: TestWorker
beforeEach(async () => {
  worker = await openedToday()
})
afterEach(() => worker.close())

const file = (name: string): InFile => ({ name, bytes: new Uint8Array(readFileSync(at(name))) })
const read = (...names: string[]): Promise<ImportView> =>
  worker.client.call('import.read', { files: names.map(file) })
const open = (name: string, password: string): Promise<ImportView> =>
  worker.client.call('import.open', { file: name, password })

/** Stores all that is suggested; answers the one CA that came. */
async function store({ token, authorities }: ImportView): Promise<string> {
  worker.clock.now = Math.max(worker.clock.now, Date.now())
  const places = authorities.filter(({ suggested }) => suggested).map(({ index }) => index)
  const result = await worker.client.call('import.store', {
    token,
    choice: { authorities: places, certificatesOf: places, others: true, requests: true },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  expect(result).toMatchObject({ refused: [], cancelled: false, authorities: [{ canSign: true }] })
  return result.authorities[0]!.authorityId
}

/** Issues a server's certificate from the CA and asks OpenSSL and GnuTLS about it. */
async function expectToSign(authorityId: string, name: string, strict = ['-x509_strict']): Promise<void> {
  const commonName = `${name}.example.com`
  const issued = await issue(worker, {
    authorityId,
    profileId: 'tlsServer',
    commonName,
    names: [commonName],
  })
  const detail = await worker.client.call('certificate.detail', { certificateId: issued.certificateId })
  const [target, ...above] = detail.chain.map((der) => encodePem('CERTIFICATE', der))
  writeFileSync(at(`${name}-new.pem`), target!)
  writeFileSync(at(`${name}-above.pem`), above.join(''))
  await succeed('openssl', ['verify', ...strict, '-CAfile', `${name}-above.pem`, `${name}-new.pem`], {
    cwd,
  })
  const trust = ['--verify', '--load-ca-certificate', `${name}-above.pem`, '--infile', `${name}-new.pem`]
  expect((await succeed('certtool', trust, { cwd })).stdout).toContain('Verified')
}

const extensions = [
  ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  ...['-days', '3650', '-subj', '/O=Old/CN=Old CA'],
]

beforeAll(async () => {
  const made = ['-newkey', 'ec', ...KEY, '-noenc', '-keyout', 'ca.key', '-out', 'ca.pem']
  await succeed('openssl', ['req', '-x509', ...made, ...extensions], { cwd })
})

describe('a CA in one file', () => {
  const p12 = (name: string, ...options: string[]) =>
    succeed(
      'openssl',
      [
        'pkcs12',
        '-export',
        '-inkey',
        'ca.key',
        '-in',
        'ca.pem',
        '-out',
        name,
        '-passout',
        `pass:${PASSWORD}`,
        ...options,
      ],
      { cwd },
    )
  const keytool = (name: string, type: string) =>
    succeed('keytool', [
      ...['-genkeypair', '-alias', 'ca', '-keyalg', 'RSA', '-keysize', '2048', '-ext', 'bc:critical=ca:true'],
      ...['-ext', 'ku:critical=keyCertSign,cRLSign', '-dname', 'CN=Java CA', '-validity', '3650'],
      ...['-storetype', type, '-keystore', at(name), '-storepass', PASSWORD, '-keypass', PASSWORD],
    ])

  const makers: Record<string, (name: string) => Promise<unknown>> = {
    'openssl.p12': (name) => p12(name),
    'legacy.p12': (name) => p12(name, '-legacy'),
    'java.p12': (name) => keytool(name, 'PKCS12'),
    'java.jks': (name) => keytool(name, 'JKS'),
    async 'nss.p12'(name) {
      await p12('for-nss.p12', '-name', 'old-ca')
      const database = `sql:${scratchFor('import-nss')}`
      await succeed('certutil', ['-N', '-d', database, '--empty-password'])
      await succeed('pk12util', ['-i', at('for-nss.p12'), '-d', database, '-W', PASSWORD])
      await succeed('pk12util', ['-o', at(name), '-n', 'old-ca', '-d', database, '-W', PASSWORD])
    },
    async 'gnutls.p12'(name) {
      writeFileSync(
        at('gnutls.cfg'),
        'cn = "Old CA"\nca\ncert_signing_key\ncrl_signing_key\nexpiration_days = 3650\n',
      )
      await succeed('certtool', [
        '--generate-privkey',
        '--key-type',
        'rsa',
        '--bits',
        '3072',
        '--outfile',
        at('gnutls.key'),
      ])
      const pair = ['--load-privkey', at('gnutls.key')]
      await succeed('certtool', [
        '--generate-self-signed',
        ...pair,
        '--template',
        at('gnutls.cfg'),
        '--outfile',
        at('gnutls.pem'),
      ])
      const names = ['--p12-name', 'me', '--password', PASSWORD, '--outder', '--outfile', at(name)]
      await succeed('certtool', ['--to-p12', ...pair, '--load-certificate', at('gnutls.pem'), ...names])
    },
    async 'traditional.pem'(name) {
      const encrypted = ['-aes256', '-passout', `pass:${PASSWORD}`]
      const key = await succeed('openssl', ['ec', '-in', 'ca.key', ...encrypted], { cwd })
      writeFileSync(at(name), key.stdout + readFileSync(at('ca.pem'), 'utf8'))
    },
    async 'pkcs8.pem'(name) {
      const key = await succeed('certtool', [
        ...['--to-p8', '--load-privkey', at('ca.key'), '--password', PASSWORD, '--pkcs-cipher', 'aes-256'],
      ])
      writeFileSync(at(name), key.stdout + readFileSync(at('ca.pem'), 'utf8'))
    },
  }

  test.for(Object.entries(makers))(
    '%s opens with its password alone, signs, and is accepted',
    async ([name, make]) => {
      await make(name)
      const closed = await read(name)
      expect(closed.locked.map((each) => each.file)).toEqual([name])
      await expect(open(name, 'wrong')).rejects.toMatchObject({ code: 'container-password-wrong' })
      const view = await open(name, PASSWORD)
      expect(view.locked).toEqual([])
      expect(view.problems).toEqual([])
      expect(view.authorities).toMatchObject([{ fate: 'new', key: 'comes', suggested: true }])
      await expectToSign(await store(view), name)
    },
  )

  test('a PKCS#12 without a MAC comes in, and that it has none is said', async () => {
    await p12('nomac.p12', '-nomac')
    const closed = await read('nomac.p12')
    expect(closed.locked).toHaveLength(1)
    const view = await open('nomac.p12', PASSWORD)
    expect(view.notices.map(({ code }) => code)).toEqual(['no-mac'])
    await expectToSign(await store(view), 'nomac')
  })

  test('of a mixed pile each fault is named with its file, and what is good comes in', async () => {
    await p12('whole.p12')
    writeFileSync(at('cut.p12'), readFileSync(at('whole.p12')).subarray(0, 600))
    const slow = [
      '-topk8',
      '-in',
      'ca.key',
      '-iter',
      '10000000',
      '-out',
      'slow.key',
      '-passout',
      `pass:${PASSWORD}`,
    ]
    await succeed('openssl', ['pkcs8', ...slow], { cwd })
    await succeed('openssl', ['req', '-new', '-key', 'ca.key', '-subj', '/CN=asked', '-out', 'asked.csr'], {
      cwd,
    })
    await succeed('openssl', ['genpkey', '-algorithm', 'X25519', '-out', 'x25519.key'], { cwd })
    const first = await read('cut.p12', 'slow.key', 'asked.csr', 'x25519.key', 'whole.p12')
    expect(first.locked.map((each) => each.file)).toEqual(['slow.key', 'whole.p12'])
    const view = await worker.client.call('import.open', { file: null, password: PASSWORD })
    expect(view.problems.map(({ code, source }) => [source.file, code])).toEqual([
      ['cut.p12', 'der-truncated'],
      ['x25519.key', 'key-algorithm-unknown'],
      ['slow.key', 'container-iterations-too-many'],
    ])
    expect(view.locked).toEqual([])
    await expectToSign(await store(view), 'mixed')
  })
})

describe('a whole CA in its folder', () => {
  /** Signs a list and asks OpenSSL whether the revoked one is refused and the good one not. */
  async function expectList(authorityId: string, ca: string, good: string, bad: string): Promise<bigint> {
    const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId })
    const { bytes } = await worker.client.call('list.file', { listId: lists[0]!.id })
    writeFileSync(at('new.crl'), encodePem('X509 CRL', bytes))
    // The worker's clock goes on by each look at it, and may be ahead.
    const when = ['-attime', String(Math.floor(worker.clock.now / 1000) + 2)]
    const check = ['verify', '-crl_check', ...when, '-CAfile', ca, '-CRLfile', 'new.crl']
    await succeed('openssl', [...check, good], { cwd })
    expect((await run('openssl', [...check, bad], { cwd })).output).toContain('certificate revoked')
    return bigIntOf(parseCertificateList(bytes).cRLNumber!)
  }

  const only = ({ authorities }: ImportView): ImportedAuthority => {
    expect(authorities).toHaveLength(1)
    return authorities[0]!
  }

  test('of easy-rsa: states, lists, requests and keys', async () => {
    const tool = '/usr/share/easy-rsa/easyrsa'
    const pki = at('easy/pki')
    const easyrsa = (...args: string[]) =>
      succeed(tool, ['--batch', `--pki-dir=${pki}`, ...args], { cwd: at('easy') })
    mkdirSync(at('easy'))
    await easyrsa('init-pki')
    await easyrsa('--use-algo=ec', '--curve=prime256v1', '--req-cn=Easy CA', 'build-ca', 'nopass')
    for (const name of ['good', 'bad'])
      await easyrsa('--use-algo=ec', '--curve=prime256v1', 'build-server-full', name, 'nopass')
    await easyrsa('revoke', 'bad', 'keyCompromise')
    await easyrsa('gen-crl')
    const old = numberIn(readFileSync(join(pki, 'crl.pem'), 'utf8'))

    const view = await worker.client.call('import.read', { files: folderFiles(pki, 'pki') })
    expect(view.problems).toEqual([])
    const authority = only(view)
    expect(authority).toMatchObject({
      name: 'Easy CA',
      key: 'comes',
      certificates: { fresh: 2, revoked: 1, keys: 2, requests: 2 },
      database: { valid: 1, revoked: 1, missing: 0, problems: [] },
    })
    expect(authority.lists).toHaveLength(1)
    const authorityId = await store(view)
    // easy-rsa leaves its CA's basicConstraints uncritical, which a strict reader minds for good.
    await expectToSign(authorityId, 'easy', [])
    const bad = readdirOf(join(pki, 'revoked/certs_by_serial'))
    const number = await expectList(authorityId, join(pki, 'ca.crt'), join(pki, 'issued/good.crt'), bad)
    expect(number).toBeGreaterThan(old)
  })

  test('of cfssl: the CA, what it issued, and the list it signed', async () => {
    const request = (name: string) =>
      JSON.stringify({ CN: name, hosts: [name], key: { algo: 'ecdsa', size: 256 }, names: [{ O: 'Old' }] })
    mkdirSync(at('cfssl'))
    const inFolder = { cwd: at('cfssl') }
    const made = async (args: string[], name: string): Promise<void> => {
      writeFileSync(at(`cfssl/${name}-csr.json`), request(name))
      const { stdout } = await succeed('cfssl', ['gencert', ...args, `${name}-csr.json`], inFolder)
      // As `cfssljson -bare` writes them, but one of them as cfssl prints it.
      const { cert, key, csr } = JSON.parse(stdout) as Record<'cert' | 'key' | 'csr', string>
      if (name === 'good.example.com') writeFileSync(at(`cfssl/${name}.json`), stdout)
      writeFileSync(at(`cfssl/${name}.pem`), cert)
      if (name === 'good.example.com') return
      writeFileSync(at(`cfssl/${name}-key.pem`), key)
      writeFileSync(at(`cfssl/${name}.csr`), csr)
    }
    await made(['-initca'], 'ca')
    for (const name of ['good.example.com', 'bad.example.com'])
      await made(['-ca', 'ca.pem', '-ca-key', 'ca-key.pem'], name)
    const shown = await succeed(
      'openssl',
      ['x509', '-in', 'bad.example.com.pem', '-noout', '-serial'],
      inFolder,
    )
    const serial = BigInt(`0x${shown.stdout.trim().replace('serial=', '')}`)
    writeFileSync(at('cfssl/revoked.txt'), `${String(serial)}\n`)
    const crl = await succeed('cfssl', ['gencrl', 'revoked.txt', 'ca.pem', 'ca-key.pem'], inFolder)
    writeFileSync(at('cfssl/ca.crl'), crl.stdout)

    const view = await worker.client.call('import.read', { files: folderFiles(at('cfssl'), 'cfssl') })
    const authority = only(view)
    expect(authority).toMatchObject({
      name: 'ca',
      key: 'comes',
      certificates: { fresh: 2, revoked: 1, keys: 2 },
    })
    const authorityId = await store(view)
    await expectToSign(authorityId, 'cfssl')
    const [ca, good, bad] = ['ca', 'good.example.com', 'bad.example.com'].map((name) =>
      at(`cfssl/${name}.pem`),
    )
    await expectList(authorityId, ca!, good!, bad!)
  })

  test('of openssl ca with an RSA key, again by GnuTLS', async () => {
    mkdirSync(at('rsa'))
    const ca = await opensslCa(at('rsa'), { newkey: ['rsa:2048'], crlNumber: 'FFFFFFFFFFFFFF' })
    const [good, bad] = [await ca.issue('good.example.com'), await ca.issue('bad.example.com')]
    await ca.revoke(bad, '-crl_reason', 'cessationOfOperation')
    const view = await worker.client.call('import.read', { files: folderFiles(at('rsa')) })
    const authorityId = await store(view)
    await expectToSign(authorityId, 'rsa')
    const number = await expectList(
      authorityId,
      at('rsa/cacert.pem'),
      at(`rsa/newcerts/${good}.pem`),
      at(`rsa/newcerts/${bad}.pem`),
    )
    // Far above what a clock in milliseconds gives: the old number decides.
    expect(number).toBe(0xffffffffffffffn)
    const inspected = await succeed('certtool', ['--crl-info', '--infile', at('new.crl')])
    expect(inspected.stdout).toContain(`Serial Number (hex): ${bad.toLowerCase()}`)
  })
})

const numberIn = (pem: string): bigint => {
  const list = parseCertificateList(
    Uint8Array.from(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')),
  )
  return list.cRLNumber ? BigInt(`0x${hexOf(list.cRLNumber)}`) : 0n
}

function readdirOf(folder: string): string {
  const [only] = folderFiles(folder, folder)
  return only!.name
}
