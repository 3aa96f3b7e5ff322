import { createPrivateKey, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { FileKeys } from '../../src/containers/file-keys.ts'
import { encodePkcs12 } from '../../src/containers/pkcs12/encode.ts'
import { openPkcs12 } from '../../src/containers/pkcs12/open.ts'
import { readPile } from '../../src/containers/pile/read-pile.ts'
import { encodePkcs7, readPkcs7 } from '../../src/containers/pkcs7.ts'
import { openPkcs8, sealPkcs8 } from '../../src/containers/pkcs8.ts'
import { issued, request } from '../support/authority.ts'
import { toHex } from '../support/bytes.ts'
import { run, scratch, succeed } from '../support/run.ts'

const options = { iterations: 5000, random: (length: number) => Uint8Array.from(randomBytes(length)) }
const PASSWORD = 'correct horse 42'

/** A CA and a certificate below it as files: ca.pem, key.pem, cert.pem and their DER. */
async function material() {
  const dir = scratch()
  const openssl = (...args: string[]) => succeed('openssl', args, { cwd: dir.path })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc']
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'cakey.pem',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Test Root',
    '-days',
    '30',
  )
  await openssl(
    ...[
      'req',
      '-x509',
      '-CA',
      'ca.pem',
      '-CAkey',
      'cakey.pem',
      ...newKey,
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
    ],
    ...['-subj', '/CN=target', '-days', '20', '-addext', 'basicConstraints=critical,CA:false'],
  )
  for (const name of ['ca', 'cert'])
    await openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
  await openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'key.pem', '-outform', 'DER', '-out', 'key.der')
  const bytes = (name: string) => new Uint8Array(readFileSync(join(dir.path, name)))
  return {
    ...dir,
    openssl,
    bytes,
    pkcs8: bytes('key.der'),
    certificate: bytes('cert.der'),
    ca: bytes('ca.der'),
  }
}

async function written(password = PASSWORD) {
  const files = await material()
  const { pkcs8, certificate, ca } = files
  const p12 = await encodePkcs12(
    { entries: [{ friendlyName: 'target é', pkcs8, certificate, chain: [ca] }] },
    password,
    options,
  )
  files.file('ours.p12', p12)
  return { ...files, p12 }
}

describe('what we write, others open', () => {
  test('an encrypted PKCS#8 by openssl, the right password only', async () => {
    const { file, openssl, path, pkcs8, bytes } = await material()
    file('sealed.der', await sealPkcs8(pkcs8, PASSWORD, options))
    const open = ['pkcs8', '-inform', 'DER', '-in', 'sealed.der', '-outform', 'DER', '-out', 'opened.der']
    await openssl(...open, '-passin', `pass:${PASSWORD}`)
    await openssl('pkey', '-inform', 'DER', '-in', 'opened.der', '-outform', 'DER', '-out', 'opened8.der')
    await openssl('pkey', '-in', 'key.pem', '-outform', 'DER', '-out', 'key1.der')
    expect(toHex(bytes('opened8.der'))).toBe(toHex(bytes('key1.der')))
    expect(pkcs8.length).toBeGreaterThan(100)
    expect((await run('openssl', [...open, '-passin', 'pass:wrong'], { cwd: path })).code).not.toBe(0)
  })

  test('a PKCS#12 by openssl: key, certificate and chain in order, names kept', async () => {
    const { openssl } = await written()
    const { stdout, stderr } = await openssl(
      'pkcs12',
      '-in',
      'ours.p12',
      '-passin',
      `pass:${PASSWORD}`,
      '-noenc',
      '-info',
    )
    expect(stderr).toMatch(/MAC: sha256, Iteration 5000/)
    expect(stderr).toMatch(/PBES2, PBKDF2, AES-256-CBC, Iteration 5000, PRF hmacWithSHA256/)
    expect(stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect(stdout).toMatch(/friendlyName: target /)
    expect(stdout).toMatch(/BEGIN PRIVATE KEY/)
  })

  test('a PKCS#12 by pk12util, into an NSS database', async () => {
    const { path } = await written()
    const nss = scratch()
    const db = `sql:${nss.path}`
    await succeed('certutil', ['-N', '-d', db, '--empty-password'])
    await succeed('pk12util', ['-i', join(path, 'ours.p12'), '-d', db, '-W', PASSWORD])
    expect((await succeed('certutil', ['-K', '-d', db])).stdout).toMatch(/ec\s+[0-9a-f]{40}/)
    expect((await succeed('certutil', ['-L', '-d', db])).stdout).toMatch(/target é/)
  })

  test('a PKCS#12 by keytool, and a Java trust store', async () => {
    const { path, file, ca } = await written()
    const list = (name: string) =>
      succeed('keytool', [
        '-list',
        '-v',
        '-keystore',
        join(path, name),
        '-storepass',
        PASSWORD,
        '-storetype',
        'PKCS12',
      ])
    const { stdout } = await list('ours.p12')
    expect(stdout).toMatch(/Entry type: PrivateKeyEntry/)
    expect(stdout).toMatch(/Certificate chain length: 2/)
    file(
      'trust.p12',
      await encodePkcs12(
        { entries: [], trusted: [{ friendlyName: 'root', certificate: ca }] },
        PASSWORD,
        options,
      ),
    )
    expect((await list('trust.p12')).stdout).toMatch(/Entry type: trustedCertEntry/)
  })

  test('a PKCS#12 by certtool', async () => {
    const { path } = await written()
    const { stdout } = await succeed('certtool', [
      '--p12-info',
      '--inder',
      '--infile',
      join(path, 'ours.p12'),
      '--password',
      PASSWORD,
    ])
    expect(stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    const [sealed] = /-----BEGIN ENCRYPTED[^]*END ENCRYPTED PRIVATE KEY-----/.exec(stdout) ?? ['']
    const info = ['--key-info', '--pkcs8', '--password', PASSWORD]
    expect((await succeed('certtool', info, { input: sealed })).stdout).toMatch(/SECP256R1/)
  })

  test('a PKCS#12 in the legacy form, where it is asked for, by openssl, keytool, certtool and pk12util', async () => {
    const { file, openssl, path, pkcs8, certificate, ca } = await material()
    const entry = { friendlyName: 'old', pkcs8, certificate, chain: [ca] }
    const legacy = await encodePkcs12({ entries: [entry] }, PASSWORD, { ...options, form: 'legacy' })
    const at = file('old.p12', legacy)
    const read = await openssl(
      'pkcs12',
      '-in',
      at,
      '-passin',
      `pass:${PASSWORD}`,
      '-noenc',
      '-info',
      '-legacy',
    )
    expect(read.stderr).toMatch(/MAC: sha1, Iteration 5000/)
    expect(read.stderr).toMatch(/pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 5000/)
    expect(read.stdout).toMatch(/BEGIN PRIVATE KEY/)
    const keytool = await succeed('keytool', ['-list', '-keystore', at, '-storepass', PASSWORD])
    expect(keytool.stdout).toMatch(/PrivateKeyEntry/)
    await succeed('certtool', ['--p12-info', '--inder', '--infile', at, '--password', PASSWORD])
    await succeed('certutil', ['-N', '-d', `sql:${path}`, '--empty-password'])
    await succeed('pk12util', ['-i', at, '-d', `sql:${path}`, '-W', PASSWORD])
    expect((await openPkcs12(legacy, PASSWORD)).keys.map((key) => toHex(key.pkcs8))).toEqual([toHex(pkcs8)])
  })

  test('an empty password and one beyond ASCII, by openssl', async () => {
    for (const password of ['', 'pässwörd €']) {
      const { openssl } = await written(password)
      const { stdout } = await openssl('pkcs12', '-in', 'ours.p12', '-passin', `pass:${password}`, '-noenc')
      expect(stdout).toMatch(/BEGIN PRIVATE KEY/)
    }
  })
})

describe('certificate bundles', () => {
  test('a PKCS#7 by openssl, certtool and keytool, target first', async () => {
    const { file, openssl, path, certificate, ca } = await material()
    file('bundle.p7b', encodePkcs7([certificate, ca]))
    const { stdout } = await openssl('pkcs7', '-inform', 'DER', '-in', 'bundle.p7b', '-print_certs', '-noout')
    expect(stdout.match(/subject=.*/g)).toEqual(['subject=CN = target', 'subject=CN = Test Root'])
    const info = await succeed('certtool', ['--p7-info', '--inder', '--infile', join(path, 'bundle.p7b')])
    expect(info.stdout).toMatch(/Number of certificates: 2/)
    const printed = await succeed('keytool', ['-printcert', '-file', join(path, 'bundle.p7b')])
    expect(printed.stdout).toMatch(/Certificate chain length|Certificate\[2\]|CN=Test Root/)
  })

  test('a PKCS#7 by openssl and by certtool is read, certificates as they were', async () => {
    const { openssl, path, bytes, certificate, ca } = await material()
    await openssl(
      ...'crl2pkcs7 -nocrl -certfile cert.pem -certfile ca.pem -outform DER -out a.p7b'.split(' '),
    )
    const hexes = (der: Uint8Array) => readPkcs7(der).certificates.map(toHex).sort()
    expect(hexes(bytes('a.p7b'))).toEqual([toHex(certificate), toHex(ca)].sort())
    const signed = [
      'cms',
      '-sign',
      '-in',
      'cert.pem',
      '-signer',
      'cert.pem',
      '-inkey',
      'key.pem',
      '-certfile',
      'ca.pem',
    ]
    for (const stream of [[], ['-stream', '-nodetach']]) {
      await openssl(...signed, '-outform', 'DER', '-out', 'b.p7s', ...stream)
      expect(hexes(bytes('b.p7s'))).toEqual([toHex(certificate), toHex(ca)].sort())
    }
    const out = [
      '--p7-generate',
      '--load-certificate',
      join(path, 'cert.pem'),
      '--outder',
      '--outfile',
      join(path, 'c.p7b'),
    ]
    await succeed('certtool', out)
    expect(hexes(bytes('c.p7b'))).toEqual([toHex(certificate)])
  })
})

test('an ML-DSA key in PKCS#12 and in PKCS#8 is opened by Node, whose OpenSSL knows it', async () => {
  for (const algorithm of ['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87'] as const) {
    const { certificate, key } = await issued('root', request(`Root ${algorithm}`), null, algorithm)
    const p12 = await encodePkcs12(
      { entries: [{ friendlyName: algorithm, pkcs8: key.pkcs8, certificate: certificate.der, chain: [] }] },
      PASSWORD,
      options,
    )
    const open = (passphrase: string) => createSecureContext({ pfx: Buffer.from(p12), passphrase })
    expect(() => open(PASSWORD)).not.toThrow()
    expect(() => open('wrong')).toThrow()
    const sealed = Buffer.from(await sealPkcs8(key.pkcs8, PASSWORD, options))
    const opened = createPrivateKey({ key: sealed, format: 'der', type: 'pkcs8', passphrase: PASSWORD })
    expect(opened.asymmetricKeyType).toBe(algorithm)
  }
})

test('a Java key store is read: trusted certificates, chains, and keys with their password', async () => {
  const { path, pkcs8, certificate, ca, bytes } = await written()
  const at = (name: string) => join(path, name)
  const jks = [
    '-destkeystore',
    at('store.jks'),
    '-deststorepass',
    PASSWORD,
    '-deststoretype',
    'JKS',
    '-noprompt',
  ]
  const from = ['-srckeystore', at('ours.p12'), '-srcstorepass', PASSWORD, '-srcstoretype', 'PKCS12']
  await succeed('keytool', ['-importkeystore', ...from, ...jks])
  const trust = [
    '-importcert',
    '-noprompt',
    '-alias',
    'r',
    '-file',
    at('ca.pem'),
    '-keystore',
    at('store.jks'),
  ]
  await succeed('keytool', [...trust, '-storepass', PASSWORD])
  const file = { name: 'store.jks', bytes: bytes('store.jks') }
  const closed = await readPile([file])
  expect(closed.problems).toEqual([])
  expect(closed.items.map(({ kind }) => kind).sort()).toEqual([
    'certificate',
    'certificate',
    'certificate',
    'locked',
  ])
  const { items, notices } = await readPile([file], { passwords: ['wrong', PASSWORD], privateKeys: 'keep' })
  expect(notices).toEqual([])
  expect(items.flatMap((item) => (item.kind === 'privateKey' ? [toHex(item.pkcs8!)] : []))).toEqual([
    toHex(pkcs8),
  ])
  const certificates = items.flatMap((item) =>
    item.kind === 'certificate' ? [toHex(item.certificate.der)] : [],
  )
  expect(new Set(certificates)).toEqual(new Set([toHex(certificate), toHex(ca)]))
})

/** How OpenSSL 3.0 can be asked to write a PKCS#12. */
const OPENSSL_FORMS: Record<string, string[]> = {
  modern: [],
  legacy: ['-legacy'],
  'legacy, key by RC2-40': ['-legacy', '-keypbe', 'PBE-SHA1-RC2-40'],
  'RC2-128': ['-legacy', '-keypbe', 'PBE-SHA1-RC2-128', '-certpbe', 'PBE-SHA1-RC2-128'],
  'Triple DES throughout': ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
  'Triple DES with two keys': ['-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES'],
  'no MAC': ['-nomac'],
  'no encryption': ['-keypbe', 'NONE', '-certpbe', 'NONE'],
  'SHA-512 MAC': ['-macalg', 'sha512'],
  'SHA-224 MAC': ['-macalg', 'sha224'],
  'AES-128, AES-192': ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-192-CBC'],
}

describe('what others write, we open', () => {
  test.for(Object.entries(OPENSSL_FORMS))('PKCS#12 by openssl: %s', async ([name, flags]) => {
    const { openssl, bytes, pkcs8, certificate, ca } = await material()
    for (const password of [PASSWORD, '', 'pässwörd €']) {
      const from = [
        '-inkey',
        'key.pem',
        '-in',
        'cert.pem',
        '-certfile',
        'ca.pem',
        '-name',
        'me',
        '-passout',
        `pass:${password}`,
      ]
      await openssl('pkcs12', '-export', ...from, '-out', 'theirs.p12', ...flags)
      const opened = await openPkcs12(bytes('theirs.p12'), password)
      expect(opened.keys.map((key) => toHex(key.pkcs8))).toEqual([toHex(pkcs8)])
      expect(opened.keys[0]?.friendlyName).toBe('me')
      expect(opened.certificates.map(({ der }) => toHex(der))).toEqual([toHex(certificate), toHex(ca)])
      expect(opened.integrity).toBe(name === 'no MAC' ? 'none' : 'mac')
      // Its certificates are plain, and nothing says what the password is: the key alone stays closed.
      if (name === 'no MAC')
        expect(await openPkcs12(bytes('theirs.p12'), 'wrong')).toMatchObject({
          keys: [],
          certificates: [{}, {}],
          locked: [{ part: 'key', friendlyName: 'me' }],
        })
      else
        await expect(openPkcs12(bytes('theirs.p12'), 'wrong')).rejects.toMatchObject({
          code: 'container-password-wrong',
        })
    }
  })

  test('PKCS#12 by pk12util, which writes BER', async () => {
    const { path } = await written()
    const nss = scratch()
    const db = `sql:${nss.path}`
    await succeed('certutil', ['-N', '-d', db, '--empty-password'])
    await succeed('pk12util', ['-i', join(path, 'ours.p12'), '-d', db, '-W', PASSWORD])
    for (const password of ['ascii', 'pässwörd €'])
      for (const flags of [
        [],
        ['-c', 'AES-256-CBC', '-C', 'AES-128-CBC'],
        ['-c', 'PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC'],
      ]) {
        const out = join(nss.path, 'out.p12')
        await succeed('pk12util', ['-o', out, '-n', 'target é', '-d', db, '-W', password, ...flags])
        const opened = await openPkcs12(new Uint8Array(readFileSync(out)), password)
        expect(opened.keys).toHaveLength(1)
        expect(opened.certificates.length).toBeGreaterThan(0)
      }
  })

  test('PKCS#12 by keytool, modern and legacy, and a trust store', async () => {
    const { path, ca, certificate, bytes } = await written()
    const at = (name: string) => join(path, name)
    const pass = ['-storepass', PASSWORD, '-storetype', 'PKCS12']
    for (const legacy of [[], ['-J-Dkeystore.pkcs12.legacy']]) {
      const out = `copy${legacy.length}.p12`
      await succeed('keytool', [
        ...[
          '-importkeystore',
          '-srckeystore',
          at('ours.p12'),
          '-srcstorepass',
          PASSWORD,
          '-srcstoretype',
          'PKCS12',
        ],
        ...[
          '-destkeystore',
          at(out),
          '-deststorepass',
          PASSWORD,
          '-deststoretype',
          'PKCS12',
          '-noprompt',
          ...legacy,
        ],
      ])
      const opened = await openPkcs12(bytes(out), PASSWORD)
      expect(opened.keys).toHaveLength(1)
      expect(opened.certificates.map(({ der }) => toHex(der))).toEqual([toHex(certificate), toHex(ca)])
    }
    await succeed('keytool', [
      '-importcert',
      '-noprompt',
      '-alias',
      'r',
      '-file',
      at('ca.pem'),
      '-keystore',
      at('trust.p12'),
      ...pass,
    ])
    const { certificates } = await openPkcs12(bytes('trust.p12'), PASSWORD)
    expect(certificates.map(({ trusted, friendlyName }) => [trusted, friendlyName])).toEqual([[true, 'r']])
  })

  test('PKCS#12 by certtool', async () => {
    const { path, bytes } = await material()
    const at = (name: string) => join(path, name)
    for (const cipher of ['aes-256', '3des-pkcs12', 'rc2-40']) {
      await succeed('certtool', [
        ...[
          '--to-p12',
          '--load-privkey',
          at('key.pem'),
          '--load-certificate',
          at('cert.pem'),
          '--p12-name',
          'me',
        ],
        ...['--password', PASSWORD, '--outder', '--outfile', at('theirs.p12'), '--pkcs-cipher', cipher],
      ])
      const opened = await openPkcs12(bytes('theirs.p12'), PASSWORD)
      expect([opened.keys.length, opened.certificates.length]).toEqual([1, 1])
    }
  })

  test('encrypted PKCS#8 by openssl, each scheme it writes', async () => {
    const { openssl, bytes, pkcs8 } = await material()
    const schemes = [
      ['-v2', 'aes-256-cbc'],
      ['-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA1'],
      ['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA512'],
      ['-v2', 'des3'],
      ['-v1', 'PBE-SHA1-3DES'],
      ['-v1', 'PBE-SHA1-RC2-40', '-provider', 'legacy', '-provider', 'default'],
      ['-v1', 'PBE-MD5-DES', '-provider', 'legacy', '-provider', 'default'],
      ['-v1', 'PBE-SHA1-DES', '-provider', 'legacy', '-provider', 'default'],
      ['-scrypt'],
    ]
    for (const scheme of schemes) {
      const out = ['-outform', 'DER', '-out', 'theirs.der', '-passout', `pass:${PASSWORD}`]
      await openssl('pkcs8', '-topk8', '-in', 'key.pem', ...out, ...scheme)
      expect(toHex(await openPkcs8(bytes('theirs.der'), PASSWORD)), scheme.join(' ')).toBe(toHex(pkcs8))
      await expect(openPkcs8(bytes('theirs.der'), 'wrong')).rejects.toMatchObject({
        code: 'container-password-wrong',
      })
    }
  })
})

test.each(['modern', 'legacy'] as const)(
  'OpenSSL opens two %s files that were written with the same keys',
  async (form) => {
    const { pkcs8, certificate, ca, openssl, path } = await material()
    const keys = new FileKeys(PASSWORD, options)
    for (const name of ['one.p12', 'two.p12']) {
      const entry = { friendlyName: name, pkcs8, certificate, chain: [ca] }
      writeFileSync(join(path, name), await encodePkcs12({ entries: [entry] }, keys, { ...options, form }))
      const legacy = form === 'legacy' ? ['-legacy'] : []
      const { stdout } = await openssl(
        'pkcs12',
        '-in',
        name,
        '-noenc',
        '-passin',
        `pass:${PASSWORD}`,
        ...legacy,
      )
      expect(stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
      expect(stdout).toContain('BEGIN PRIVATE KEY')
    }
  },
)
