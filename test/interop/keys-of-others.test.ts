import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { exportPkcs12, exportPlainKey, exportSealedKey } from '../../src/containers/export.ts'
import { readPile } from '../../src/containers/pile/read-pile.ts'
import { readPrivateKey } from '../../src/containers/private-key.ts'
import { CodedError } from '../../src/errors.ts'
import { errors } from '../../src/messages/en/errors.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { run, scratch, succeed } from '../support/run.ts'

// Keys and containers as OpenSSL and Java write them; and where one cannot be used here, the command that we print.

const LEGACY = ['-provider', 'legacy', '-provider', 'default']
const SECRET = ['-passout', 'pass:secret']
let dir: ReturnType<typeof scratch>
const openssl = (...args: string[]) => succeed('openssl', args, { cwd: dir.path })
const bytes = (name: string) => new Uint8Array(readFileSync(join(dir.path, name)))

beforeEach(async () => {
  dir = scratch()
  await openssl(
    ...['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-keyout', 'k.pem', '-out', 'c.pem'],
    ...['-subj', '/CN=x', '-days', '30'],
  )
})

/** What a file holds with the password `secret`, and the sentence for what it does not give. */
async function read(...names: readonly string[]) {
  const files = names.map((name) => ({ name, bytes: bytes(name) }))
  const { items, problems } = await readPile(files, { passwords: ['secret'], privateKeys: 'keep' })
  const said = problems.map(({ code, detail }) => {
    const say = errors[code as keyof typeof errors] as (detail: unknown) => string
    return say(new CodedError(code, detail).detail)
  })
  return { kinds: items.map(({ kind }) => kind).toSorted(), said }
}

const KEY = { kinds: ['privateKey'], said: [] }
const BOTH = { kinds: ['certificate', 'privateKey'], said: [] }

describe('what opens', () => {
  test.each(['aes-192-cbc', 'aes-128-cbc', 'des-cbc', 'des3', 'rc2', 'rc2-40-cbc', 'rc2-64-cbc'])(
    'PKCS#8 by PBES2 with %s',
    async (cipher) => {
      await openssl('pkcs8', '-topk8', '-in', 'k.pem', '-v2', cipher, ...SECRET, ...LEGACY, '-out', 'v2.pem')
      expect(await read('v2.pem')).toEqual(KEY)
    },
  )

  test.each(['PBE-SHA1-RC2-64', 'PBE-MD5-RC2-64', 'PBE-SHA1-RC4-128', 'PBE-SHA1-RC4-40'])(
    'PKCS#8 by %s',
    async (scheme) => {
      await openssl('pkcs8', '-topk8', '-in', 'k.pem', '-v1', scheme, ...SECRET, ...LEGACY, '-out', 'v1.pem')
      expect(await read('v1.pem')).toEqual(KEY)
    },
  )

  test.each(['AES-192-CBC', 'PBE-SHA1-RC4-128', 'PBE-SHA1-RC4-40'])('PKCS#12 by %s', async (scheme) => {
    const pbe = ['-certpbe', scheme, '-keypbe', scheme]
    await openssl(
      'pkcs12',
      '-export',
      '-legacy',
      '-in',
      'c.pem',
      '-inkey',
      'k.pem',
      ...pbe,
      ...SECRET,
      '-out',
      'x.p12',
    )
    expect(await read('x.p12')).toEqual(BOTH)
  })

  test.each(['md5', 'sha1', 'sha224', 'sha384', 'sha512', 'sha512-224', 'sha512-256'])(
    'PKCS#12 with a MAC by %s',
    async (hash) => {
      const from = ['-in', 'c.pem', '-inkey', 'k.pem', '-macalg', hash]
      await openssl('pkcs12', '-export', ...from, ...SECRET, '-out', 'mac.p12')
      expect(await read('mac.p12')).toEqual(BOTH)
    },
  )

  test.each(['hmacWithMD5', 'hmacWithSHA224', 'hmacWithSHA512-256'])('PBKDF2 with %s', async (hash) => {
    const prf = ['-v2', 'aes-256-cbc', '-v2prf', hash]
    await openssl('pkcs8', '-topk8', '-in', 'k.pem', ...prf, ...SECRET, '-out', 'prf.pem')
    expect(await read('prf.pem')).toEqual(KEY)
  })

  test.each(['aes192', 'des', 'des-ede-cbc'])('a traditional key with %s', async (cipher) => {
    await openssl(
      'rsa',
      '-in',
      'k.pem',
      '-traditional',
      `-${cipher}`,
      ...SECRET,
      ...LEGACY,
      '-out',
      'dek.pem',
    )
    expect(await read('dek.pem')).toEqual(KEY)
  })

  test('a JCEKS of keytool with a key, a trusted certificate and secret keys', async () => {
    const store = ['-keystore', join(dir.path, 's.jceks'), '-storetype', 'JCEKS', '-storepass', 'secret']
    await succeed('keytool', [
      '-genkeypair',
      '-alias',
      'k',
      '-keyalg',
      'EC',
      '-dname',
      'CN=k',
      ...store,
      '-keypass',
      'secret',
    ])
    for (const [alias, algorithm, size] of [
      ['aes', 'AES', '256'],
      ['mac', 'HmacSHA256', '256'],
    ] as const)
      await succeed('keytool', [
        '-genseckey',
        '-alias',
        alias,
        '-keyalg',
        algorithm,
        '-keysize',
        size,
        ...store,
        '-keypass',
        'secret',
      ])
    await succeed('keytool', [
      '-importcert',
      '-noprompt',
      '-alias',
      'ca',
      '-file',
      join(dir.path, 'c.pem'),
      ...store,
    ])
    expect(await read('s.jceks')).toEqual({ kinds: ['certificate', 'certificate', 'privateKey'], said: [] })
  })

  test('a key whose curve stands in the block before it', async () => {
    await openssl('ecparam', '-name', 'prime256v1', '-genkey', '-out', 'ec.pem')
    const text = new TextDecoder().decode(bytes('ec.pem'))
    // ECPrivateKey without its [0] and [1], as SEC 1 lets it be.
    const { stdout } = await openssl('ec', '-in', 'ec.pem', '-no_public', '-outform', 'PEM')
    const [, body = ''] = /-----BEGIN EC PRIVATE KEY-----([^-]+)/.exec(stdout) ?? []
    const der = Buffer.from(body, 'base64')
    const bare = Buffer.concat([Buffer.from([0x30, 37]), der.subarray(2, 39)])
    const key = `-----BEGIN EC PRIVATE KEY-----\n${bare.toString('base64')}\n-----END EC PRIVATE KEY-----\n`
    const parameters = text.slice(0, text.indexOf('-----BEGIN EC PRIVATE KEY'))
    dir.file('beside.pem', parameters + key)
    expect(await read('beside.pem')).toEqual(KEY)
    dir.file('alone.pem', key)
    expect((await read('alone.pem')).said).toEqual([expect.stringMatching(/EC PARAMETERS/)])
  })
})

describe('what does not, and the command that is printed for it', () => {
  /** Runs what stands behind "openssl" in the sentence, with the names of the files in it. */
  async function doAsSaid(said: string, file: string, ...passwords: readonly string[]) {
    const [, command = ''] = /openssl (.+)$/.exec(said) ?? []
    const args = command
      .split(' ')
      .map((arg) => (arg === 'FILE' ? file : arg === 'NEW.pem' ? 'new.pem' : arg))
    await openssl(...args, ...passwords)
    return read('new.pem')
  }
  const ASKED = ['-passin', 'pass:secret', '-passout', 'pass:secret']

  test.each([
    ['camellia-256-cbc', 'Camellia-256-CBC'],
    ['aria-256-cbc', 'ARIA-256-CBC'],
    ['seed-cbc', 'SEED-CBC'],
    ['cast5-cbc', 'CAST5-CBC'],
    ['bf-cbc', 'Blowfish-CBC'],
  ])('PKCS#8 by PBES2 with %s', async (cipher, name) => {
    await openssl('pkcs8', '-topk8', '-in', 'k.pem', '-v2', cipher, ...SECRET, ...LEGACY, '-out', 'x.pem')
    const { said } = await read('x.pem')
    expect(said).toEqual([expect.stringContaining(`This PKCS#8 uses ${name}, which`)])
    expect(await doAsSaid(said[0]!, 'x.pem', ...ASKED)).toEqual(KEY)
  })

  test.each(['camellia256', 'aria256', 'seed'])('a traditional key with %s', async (cipher) => {
    await openssl('rsa', '-in', 'k.pem', '-traditional', `-${cipher}`, ...SECRET, ...LEGACY, '-out', 't.pem')
    const { said } = await read('t.pem')
    expect(await doAsSaid(said[0]!, 't.pem', ...ASKED)).toEqual(KEY)
  })

  test('PKCS#12 with a key that is closed otherwise: its certificate is shown', async () => {
    const pbe = ['-certpbe', 'AES-256-CBC', '-keypbe', 'CAMELLIA-256-CBC']
    await openssl('pkcs12', '-export', '-in', 'c.pem', '-inkey', 'k.pem', ...pbe, ...SECRET, '-out', 'c.p12')
    const { kinds, said } = await read('c.p12')
    expect(kinds).toEqual(['certificate'])
    expect(said).toEqual([expect.stringContaining('This PKCS#12 uses Camellia-256-CBC')])
    expect(await doAsSaid(said[0]!, 'c.p12', ...ASKED)).toEqual(BOTH)
  })

  test.each(['prime256v1', 'secp384r1', 'secp521r1'])('a key that spells out %s', async (curve) => {
    const spelled = ['-pkeyopt', `ec_paramgen_curve:${curve}`, '-pkeyopt', 'ec_param_enc:explicit']
    await openssl('genpkey', '-algorithm', 'EC', ...spelled, '-out', 'e.pem')
    const { said } = await read('e.pem')
    expect(said).toEqual([expect.stringMatching(/curve, P-(256|384|521), instead/)])
    expect(await doAsSaid(said[0]!, 'e.pem')).toEqual(KEY)
  })

  test('a key of three primes', async () => {
    await openssl('genrsa', '-primes', '3', '-out', 'three.pem', '2048')
    expect((await read('three.pem')).said).toEqual([expect.stringMatching(/more than two primes/)])
  })
})

test('Java opens no PKCS#12 with a passphrase beyond ASCII, and OpenSSL does: the page says so', async () => {
  const password = 'pässwörd'
  await openssl(
    'pkcs12',
    '-export',
    '-in',
    'c.pem',
    '-inkey',
    'k.pem',
    '-passout',
    `pass:${password}`,
    '-out',
    'n.p12',
  )
  await openssl('pkcs12', '-in', 'n.p12', '-passin', `pass:${password}`, '-noout')
  const program = `import java.io.*; import java.security.*;
    class Open { public static void main(String[] a) throws Exception {
      KeyStore.getInstance("PKCS12").load(new FileInputStream(a[0]), "p\\u00e4ssw\\u00f6rd".toCharArray()); } }`
  dir.file('Open.java', program)
  const { code, stderr } = await run('java', ['Open.java', 'n.p12'], { cwd: dir.path })
  expect(code).not.toBe(0)
  expect(stderr).toMatch(/keystore password was incorrect[^]*Password is not ASCII/)
})

test('the key of an RSA-PSS certificate leaves as one, and OpenSSL pairs the two', async () => {
  const pss = [
    '-newkey',
    'rsa-pss',
    '-pkeyopt',
    'rsa_keygen_bits:2048',
    '-pkeyopt',
    'rsa_pss_keygen_md:sha256',
  ]
  await openssl('req', '-x509', ...pss, '-noenc', '-keyout', 'pk.pem', '-out', 'pc.pem', '-subj', '/CN=pss')
  await openssl('x509', '-in', 'pc.pem', '-outform', 'DER', '-out', 'pc.der')
  await openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'pk.pem', '-outform', 'DER', '-out', 'pk.der')
  const certificate = parseCertificate(bytes('pc.der'))
  const { pkcs8 } = await readPrivateKey(bytes('pk.der'))
  const options = { iterations: 2000, random: (length: number) => Uint8Array.from(randomBytes(length)) }
  dir.file('plain.pem', exportPlainKey(certificate, pkcs8, 'pem').bytes)
  dir.file(
    'sealed.pem',
    (await exportSealedKey(certificate, pkcs8, 'secret', { ...options, encoding: 'pem' })).bytes,
  )
  const both = { ...options, friendlyName: 'pss', includeRoot: true }
  dir.file('ours.p12', (await exportPkcs12([certificate], pkcs8, 'secret', both)).bytes)
  await openssl('pkcs12', '-in', 'ours.p12', '-passin', 'pass:secret', '-noenc', '-out', 'opened.pem')
  for (const name of ['plain.pem', 'sealed.pem', 'opened.pem']) {
    const pass = ['-passin', 'pass:secret', '-passout', 'pass:secret']
    const out = ['-export', '-in', 'pc.pem', '-inkey', name, '-out', 'paired.p12']
    const { code, stderr } = await run('openssl', ['pkcs12', ...out, ...pass], { cwd: dir.path })
    expect(stderr + String(code), name).toBe('0')
    const { stdout } = await openssl('pkey', '-in', name, '-passin', 'pass:secret', '-noout', '-text')
    expect(stdout).toMatch(/PSS parameter restrictions:[^]*SHA2-256/)
  }
})
