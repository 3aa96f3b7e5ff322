import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { encodePkcs12 } from '../../../src/containers/pkcs12/encode.ts'
import { openPkcs12 } from '../../../src/containers/pkcs12/open.ts'
import { openPkcs8, sealPkcs8 } from '../../../src/containers/pkcs8.ts'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import type { PileOptions } from '../../../src/containers/pile/builder.ts'
import { readPrivateKey } from '../../../src/containers/private-key.ts'
import { parseWhole, TAG } from '../../../src/der/reader.ts'
import { oid, seq, tlv } from '../../../src/der/writer.ts'
import { encodePrivateKeyInfo, parsePrivateKeyInfo } from '../../../src/x509/private-key-info.ts'
import { exportPrivateKey, generateKeyPair } from '../../../src/webcrypto/keys.ts'

/**
 * Files written by other tools, with the expected result of each. Passwords: `secret`; for Java's `storepass`,
 * `keypass1`.
 */
const file = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(`../../fixtures/files/${name}`, import.meta.url))),
})

/** A summary of a pile of these files. */
async function read(
  names: string | readonly string[],
  passwords: readonly string[],
  options: PileOptions = {},
) {
  const files = [names].flat().map(file)
  const { items, problems, notices } = await readPile(files, { passwords, privateKeys: 'keep', ...options })
  return {
    certificates: items.filter(({ kind }) => kind === 'certificate').length,
    keys: items.filter(({ kind }) => kind === 'privateKey').length,
    locked: items.flatMap((item) => (item.kind === 'locked' ? [item.part] : [])),
    problems: problems.map(({ code }) => code),
    notices: notices.map(({ code }) => code),
  }
}
async function newKey(): Promise<{ pkcs8: Uint8Array }> {
  const { privateKey } = await generateKeyPair('p256')
  return { pkcs8: await exportPrivateKey(privateKey) }
}

const nothing = { certificates: 0, keys: 0, locked: [], problems: [], notices: [] }

test('AES-192 opens, and what lies beside it too', async () => {
  expect(await read('q10-aes192.key', ['secret'])).toEqual({ ...nothing, keys: 1 })
  expect(await read('q10-aes192-with-others.pem', ['secret'])).toMatchObject({ keys: 2, problems: [] })
})

test('a key with a password of its own stays closed alone, and opens with it', async () => {
  expect(await read('j-diffpass.p12', [])).toEqual({ ...nothing, locked: ['whole'] })
  expect(await read('j-diffpass.p12', ['storepass'])).toEqual({
    ...nothing,
    certificates: 1,
    locked: ['key'],
  })
  for (const passwords of [
    ['storepass', 'keypass1'],
    ['keypass1', 'storepass'],
  ])
    expect(await read('j-diffpass.p12', passwords)).toEqual({ ...nothing, certificates: 1, keys: 1 })
  // Without the store's password, its integrity cannot be checked.
  expect(await read('j-diffpass.p12', ['keypass1'])).toEqual({ ...nothing, locked: ['whole'] })
})

test('of a Java key store it is said whether the password is its own', async () => {
  // Two keys, each with its own password.
  const shown = { ...nothing, certificates: 2 }
  expect(await read('j-diff.jks', [])).toEqual({ ...shown, locked: ['whole', 'whole'], notices: ['no-mac'] })
  expect(await read('j-diff.jks', ['storepass'])).toEqual({ ...shown, locked: ['key', 'key'] })
  const one = { ...shown, keys: 1 }
  expect(await read('j-diff.jks', ['keypass1'])).toEqual({ ...one, locked: ['whole'], notices: ['no-mac'] })
  expect(await read('j-diff.jks', ['storepass', 'keypass1'])).toEqual({ ...one, locked: ['key'] })
})

test('a JCEKS opens, and its secret keys are passed over', async () => {
  expect(await read('j.jceks', ['storepass'])).toEqual({ ...nothing, certificates: 1, keys: 1 })
  expect(await read('j-sk.jceks', ['storepass'])).toEqual({
    ...nothing,
    certificates: 1,
    notices: ['skipped-parts'],
  })
})

test('without a password a container of many rounds costs nothing', async () => {
  let derived = 0
  const derive = (): never => {
    derived += 1
    throw new Error('derived')
  }
  expect(await read('q19-600k.p12', [], { derive })).toEqual({ ...nothing, locked: ['whole'] })
  expect(derived).toBe(0)
})

test('600,000 rounds open, each key worked out once', async () => {
  const seen: number[] = []
  const told: unknown[] = []
  const pile = await read('q19-600k.p12', ['secret'], {
    onProgress: ({ deriving }) => {
      if (deriving) told.push(deriving)
    },
    derive: async (derivation) => {
      seen.push('iterations' in derivation ? derivation.iterations : 0)
      return (await import('../../../src/containers/derivation.ts')).derive(derivation)
    },
  })
  expect(pile).toEqual({ ...nothing, certificates: 1, keys: 1 })
  expect(told).toContainEqual({ file: 'q19-600k.p12', rounds: 600_000 })
  expect(new Set(seen)).toEqual(new Set([600_000]))
})

test('passwords in the forms of other times and systems', async () => {
  expect(await read('q36-openssl102.p12', ['pässwörd'])).toEqual({ ...nothing, certificates: 1, keys: 1 })
})

test('a password typed with its accents apart is the one with them together, and the other way', async () => {
  const options = { iterations: 1000, random: (length: number) => new Uint8Array(length).fill(7) }
  const { pkcs8 } = await newKey()
  for (const [one, other] of [
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ] as const) {
    const written = 'Zürich'.normalize(one)
    const typed = 'Zürich'.normalize(other)
    const p12 = await encodePkcs12({ entries: [] }, written, options)
    await expect(openPkcs12(p12, typed)).resolves.toMatchObject({ integrity: 'mac' })
    await expect(openPkcs8(await sealPkcs8(pkcs8, written, options), typed)).resolves.toEqual(pkcs8)
  }
})

test('RC4 of old stores opens', async () => {
  for (const name of ['rc4-128.p12', 'rc4-40.p12']) {
    expect(await read(name, ['secret'])).toEqual({ ...nothing, certificates: 1, keys: 1 })
    expect(await read(name, ['Secret'])).toEqual({ ...nothing, locked: ['whole'] })
  }
})

test('keys that cannot be used are named for what they are', async () => {
  expect((await read('q11-explicit.p8', [])).problems).toEqual(['key-curve-explicit'])
  expect((await read('q21-multiprime.key', [])).problems).toEqual(['key-multi-prime'])
})

test('a multi-prime CA: its certificate is read, and its key named', async () => {
  expect(await read('q21-multiprime-ca.pem', [])).toMatchObject({ certificates: 1 })
  expect((await read('q21-pss.key', [])).keys).toBe(1)
})

test('an RSA key with padded INTEGERs is one all the same, written in the shortest form', async () => {
  const text = new TextDecoder().decode(file('q21-pss.key').bytes)
  const der = Uint8Array.from(atob(text.replace(/-----[^-]+-----/g, '')), (c) => c.charCodeAt(0))
  const whole = await readPrivateKey(der)
  const inner = parsePrivateKeyInfo(whole.pkcs8).privateKey
  const integers = parseWhole(inner, (reader) => {
    const fields = reader.sequence()
    return Array.from({ length: 9 }, () => fields.content(TAG.INTEGER))
  })
  const padded = seq(...integers.map((content) => tlv(TAG.INTEGER, Uint8Array.of(0, 0, ...content))))
  const read = await readPrivateKey(padded)
  expect(read.pkcs8).toEqual(whole.pkcs8)
})

test('expanded ML-DSA keys with nothing around their octets are named for what they are', async () => {
  for (const [oid_, length] of [
    ['2.16.840.1.101.3.4.3.17', 2560],
    ['2.16.840.1.101.3.4.3.18', 4032],
    ['2.16.840.1.101.3.4.3.19', 4896],
  ] as const) {
    const key = encodePrivateKeyInfo(seq(oid(oid_)), new Uint8Array(length).fill(0x90))
    await expect(readPrivateKey(key)).rejects.toMatchObject({ code: 'key-expanded-only' })
  }
})
