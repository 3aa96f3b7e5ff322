import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import type { PileOptions } from '../../../src/containers/pile/builder.ts'

/** Files as other tools wrote them, with the answer each one wants. Passwords: `secret`; of Java's `storepass`, `keypass1`. */
const file = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(`../../fixtures/files/${name}`, import.meta.url))),
})

/** What a pile of these files holds, in short. */
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
  // Without the store's password nothing shows that it is as it was written.
  expect(await read('j-diffpass.p12', ['keypass1'])).toEqual({ ...nothing, locked: ['whole'] })
})

test('of a Java key store it is said whether the password is its own', async () => {
  // Two keys, each with a password of its own.
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
