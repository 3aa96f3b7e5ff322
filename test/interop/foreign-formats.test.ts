import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { readPile } from '../../src/containers/pile/read-pile.ts'
import { CodedError } from '../../src/errors.ts'
import { errors } from '../../src/messages/en/errors.ts'
import { run, scratch, succeed } from '../support/run.ts'

// Files that other programs write in forms that are not read here, and the command that is told for each: it is run, and what comes out is read.

let dir: ReturnType<typeof scratch>
const at = (name: string): string => join(dir.path, name)
const sh = (command: string) => succeed('sh', ['-c', command], { cwd: dir.path })
const openssl = (...args: string[]) => succeed('openssl', args, { cwd: dir.path })

beforeEach(async () => {
  dir = scratch()
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-keyout', 'KEY.pem', '-out', 'c.pem']
  await openssl(...request, '-subj', '/CN=x', '-days', '30')
})

/** What a file holds, and what is said of it. */
async function read(name: string) {
  const file = { name, bytes: new Uint8Array(readFileSync(at(name))) }
  const { items, problems } = await readPile([file], { passwords: ['secret'], privateKeys: 'keep' })
  const said = problems.map(({ code, detail }) => {
    const say = errors[code as keyof typeof errors] as (detail: unknown) => string
    return say(new CodedError(code, detail).detail)
  })
  return { kinds: items.map(({ kind }) => kind).toSorted(), said: said.join('\n') }
}
const KEY = { kinds: ['privateKey'], said: '' }
const CERTIFICATE = { kinds: ['certificate'], said: '' }

/** Runs the command at the end of what is said of FILE, as it is told. */
async function doAsSaid(also = ''): Promise<void> {
  const { kinds, said } = await read('FILE')
  expect(kinds).toEqual([])
  const [, command] = /: ((?:openssl|cp|ssh-keygen) .+)$/.exec(said) ?? []
  expect(command, said).toBeDefined()
  await sh(`${command!}${also}`)
}

describe('keys of SSH', () => {
  const make = (...args: string[]) => succeed('ssh-keygen', ['-q', '-C', 'x', '-f', at('FILE'), ...args])

  test.each([['rsa'], ['ecdsa', '-b', '256'], ['ecdsa', '-b', '384'], ['ecdsa', '-b', '521']])(
    'OpenSSH: %s %s %s, plain and under a passphrase',
    async (...type) => {
      await make('-N', '', '-t', ...type)
      await doAsSaid(" -P '' -N ''")
      expect(await read('NEW')).toEqual(KEY)
      await succeed('ssh-keygen', ['-p', '-P', '', '-N', 'secret', '-f', at('FILE')])
      await doAsSaid(' -P secret -N secret')
      expect(await read('NEW')).toEqual(KEY)
    },
  )

  test('OpenSSH: Ed25519 stays as it is, whatever form is asked for', async () => {
    await make('-N', '', '-t', 'ed25519')
    for (const form of ['PEM', 'PKCS8']) {
      await sh(`cp FILE NEW && ssh-keygen -p -m ${form} -P '' -N '' -f NEW`)
      expect((await read('NEW')).said).toMatch(/only in OpenSSH’s own form/)
    }
    await doAsSaid()
    expect(await read('KEY.pem')).toEqual(KEY)
  })

  test.each(['rsa', 'ecdsa'])('a public key: %s', async (type) => {
    await make('-N', '', '-t', type)
    await sh('mv FILE.pub FILE')
    await doAsSaid(' > public.pem')
    expect((await read('public.pem')).said).toMatch(/^This is only a public key/)
    await sh('ssh-keygen -e -m RFC4716 -f FILE > rfc4716 && mv rfc4716 FILE')
    expect((await read('FILE')).said).toMatch(/^This is an SSH public key/)
  })

  test('a public key of Ed25519, which ssh-keygen does not write otherwise', async () => {
    await make('-N', '', '-t', 'ed25519')
    expect((await read('FILE.pub')).said).toMatch(/^This is an SSH public key: .* Ask for a certificate/)
    const { code } = await run('ssh-keygen', ['-e', '-m', 'PKCS8', '-f', at('FILE.pub')])
    expect(code).not.toBe(0)
  })

  test('a certificate of OpenSSH', async () => {
    await make('-N', '', '-t', 'ed25519')
    await succeed('ssh-keygen', ['-q', '-s', at('FILE'), '-I', 'id', '-n', 'x', at('FILE.pub')])
    await sh('mv FILE-cert.pub FILE')
    expect((await read('FILE')).said).toMatch(/not an X\.509 certificate/)
    await doAsSaid()
  })
})

describe("Microsoft's keys", () => {
  test.each([
    ['none', ''],
    ['weak', ' -passin pass:secret'],
    ['strong', ' -passin pass:secret'],
  ])('PVK, encryption %s', async (strength, password) => {
    const legacy = ['-provider', 'legacy', '-provider', 'default', '-passout', 'pass:secret']
    const form = ['-outform', 'PVK', `-pvk-${strength}`]
    await openssl('rsa', '-in', 'KEY.pem', ...form, ...legacy, '-out', 'FILE')
    await sh('rm KEY.pem')
    await doAsSaid(password)
    expect(await read('KEY.pem')).toEqual(KEY)
  })

  test('key blobs', async () => {
    await openssl('rsa', '-in', 'KEY.pem', '-outform', 'MSBLOB', '-out', 'FILE')
    await sh('rm KEY.pem')
    await doAsSaid()
    expect(await read('KEY.pem')).toEqual(KEY)
    await openssl('rsa', '-in', 'KEY.pem', '-pubout', '-outform', 'MSBLOB', '-out', 'FILE')
    await doAsSaid()
  })
})

describe('messages', () => {
  test.each(['SMIME', 'PEM', 'DER'])('encrypted, as %s', async (form) => {
    for (const cipher of ['-aes-256-cbc', '-aes-256-gcm']) {
      await openssl(...['cms', '-encrypt', cipher, '-in', 'c.pem', '-outform', form, '-out', 'FILE', 'c.pem'])
      await doAsSaid()
      expect(await read('OUT')).toEqual(CERTIFICATE)
    }
  })

  test('encrypted by `openssl smime`, and in pieces', async () => {
    await openssl('smime', '-encrypt', '-aes256', '-in', 'c.pem', '-outform', 'PEM', '-out', 'FILE', 'c.pem')
    await doAsSaid()
    expect(await read('OUT')).toEqual(CERTIFICATE)
    await openssl(...['cms', '-encrypt', '-stream', '-indef', '-in', 'c.pem', '-out', 'FILE', 'c.pem'])
    await doAsSaid()
    expect(await read('OUT')).toEqual(CERTIFICATE)
  })

  test.each(['PEM', 'DER'])('encrypted under a key that both know, as %s', async (form) => {
    const key = '00112233445566778899aabbccddeeff'
    const encrypt = ['cms', '-EncryptedData_encrypt', '-aes128', '-secretkey', key]
    await openssl(...encrypt, '-in', 'c.pem', '-outform', form, '-out', 'FILE')
    await sh(/: (openssl .+)$/.exec((await read('FILE')).said)![1]!.replace('KEY', key))
    expect(await read('OUT')).toEqual(CERTIFICATE)
  })

  test('the response of a time-stamping authority, and the certificate that came in it', async () => {
    const extension = ['-addext', 'extendedKeyUsage=critical,timeStamping']
    const authority = ['req', '-x509', '-new', '-key', 'KEY.pem', '-subj', '/CN=tsa', '-out', 'tsa.pem']
    await openssl(...authority, ...extension)
    dir.file('ts.cnf', '[tsa]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3\ndigests=sha256\n')
    await openssl('ts', '-query', '-data', 'c.pem', '-sha256', '-cert', '-out', 'query')
    expect((await read('query')).said).toMatch(/^This is a request to a time-stamping authority/)
    const reply = ['ts', '-reply', '-queryfile', 'query', '-config', 'ts.cnf', '-section', 'tsa']
    await openssl(...reply, '-signer', 'tsa.pem', '-inkey', 'KEY.pem', '-out', 'FILE')
    await doAsSaid()
    expect(await read('TOKEN.p7s')).toEqual(CERTIFICATE)
  })
})

test('a request of <keygen>, and the request that is made instead', async () => {
  await openssl('spkac', '-key', 'KEY.pem', '-challenge', 'x', '-out', 'FILE')
  await doAsSaid(' -subj /CN=x')
  expect(await read('REQUEST.pem')).toEqual({ kinds: ['request'], said: '' })
  const der = Buffer.from(readFileSync(at('FILE'), 'latin1').slice('SPKAC='.length), 'base64')
  dir.file('FILE', der)
  expect((await read('FILE')).said).toMatch(/\(SPKAC\)/)
})

test('a request for a status, and a signature without certificates', async () => {
  await openssl('ocsp', '-issuer', 'c.pem', '-cert', 'c.pem', '-reqout', 'FILE')
  expect((await read('FILE')).said).toMatch(/^This is an OCSP request/)
  const signed = ['cms', '-sign', '-signer', 'c.pem', '-inkey', 'KEY.pem', '-in', 'c.pem', '-nocerts']
  await openssl(...signed, '-outform', 'DER', '-out', 'FILE')
  expect((await read('FILE')).said).toMatch(/without certificates/)
})

test("Netscape's sequence is read as `openssl nseq` writes it", async () => {
  await openssl('nseq', '-toseq', '-in', 'c.pem', '-out', 'sequence.pem')
  expect(await read('sequence.pem')).toEqual(CERTIFICATE)
})

test('a certificate database of NSS', async () => {
  await sh('mkdir FOLDER')
  await succeed('certutil', ['-N', '-d', `sql:${at('FOLDER')}`, '--empty-password'])
  await sh('certutil -A -d sql:FOLDER -n NAME -t , -i c.pem && cp FOLDER/cert9.db FILE')
  const { said } = await read('FILE')
  const [, list, write] = /: (certutil .+), (certutil .+)$/.exec(said)!
  expect((await sh(list!)).stdout).toContain('NAME')
  await sh(write!)
  expect(await read('certificate.pem')).toEqual(CERTIFICATE)
})
