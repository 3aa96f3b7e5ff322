import { expect, test, vi } from 'vitest'
import { costOf, derive, type Derivation } from '../../../src/containers/derivation.ts'
import { CONTAINER_LIMITS } from '../../../src/containers/limits.ts'
import { encodePkcs12, type Pkcs12Form } from '../../../src/containers/pkcs12/encode.ts'
import { openPkcs12 } from '../../../src/containers/pkcs12/open.ts'
import { sealPkcs8, openPkcs8 } from '../../../src/containers/pkcs8.ts'
import { explicit, integer, nul, octetString, oid, seq } from '../../../src/der/writer.ts'

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length))
const written = (form: Pkcs12Form, password: string, iterations: number) =>
  encodePkcs12({ entries: [] }, password, { iterations, random, form })
const limitedTo = (iterations: number) => ({ ...CONTAINER_LIMITS, iterations })

/** Opens with all derivations done, and returns their cost. */
async function costOfOpening(file: Uint8Array, password: string, iterations = CONTAINER_LIMITS.iterations) {
  const asked: Derivation[] = []
  const watched = (of: Derivation) => {
    asked.push(of)
    return derive(of)
  }
  const opened = openPkcs12(file, password, { limits: limitedTo(iterations), derive: watched })
  const code = await opened.then(
    () => 'opened',
    (error: unknown) => (error as { code: string }).code,
  )
  const each = new Map(asked.map((of) => [JSON.stringify({ ...of, password: [...of.password] }), costOf(of)]))
  return { code, cost: [...each.values()].reduce((sum, cost) => sum + cost, 0) }
}

test.each([
  // A key of 24 octets is two blocks of SHA-1, the IV a third, the MAC key a fourth.
  ['legacy', 4000],
  ['modern', 2000],
] as const)('the budget counts each block that the %s form derives', async (form, rounds) => {
  const file = await written(form, 'secret', 1000)
  expect(await costOfOpening(file, 'secret', rounds - 1)).toEqual({
    code: 'container-iterations-too-many',
    cost: 0,
  })
  expect(await costOfOpening(file, 'secret', rounds)).toEqual({ code: 'opened', cost: rounds })
})

test.each([
  ['the empty password', ''],
  ['a password with an accent', 'caf\u00e9'],
])('no other form of %s is tried where the budget does not reach', async (_what, password) => {
  const file = await written('modern', 'another', 1000)
  const { cost: all } = await costOfOpening(file, password)
  expect(all).toBeGreaterThan(1000)
  for (const limit of [2000, 3000, 4000, 6000]) {
    const { code, cost } = await costOfOpening(file, password, limit)
    expect(code).toBe('container-password-wrong')
    expect(cost).toBeLessThanOrEqual(limit)
  }
})

test('of a key, too, forms of a password are counted', async () => {
  const sealed = await sealPkcs8(new Uint8Array(40), 'another', { iterations: 1000, random })
  for (const [limit, most] of [
    [1000, 1],
    [2000, 2],
  ] as const) {
    let count = 0
    const counting = (of: Derivation) => (count++, derive(of))
    await expect(
      openPkcs8(sealed, 'caf\u00e9', { limits: limitedTo(limit), derive: counting }),
    ).rejects.toMatchObject({ code: 'container-password-wrong' })
    expect(count).toBe(most)
  }
})

const password = new Uint8Array([1])
const salt = new Uint8Array(8)
test.each<Derivation>([
  { kdf: 'PBKDF1', hash: 'SHA-1', password, salt, iterations: 100_000_000, length: 16 },
  { kdf: 'PKCS#12', hash: 'SHA-1', purpose: 1, password, salt, iterations: 100_000_000, length: 24 },
  { kdf: 'JCEKS', password, salt, iterations: 100_000_000, length: 32 },
])('a cancel is heard within $kdf', async (derivation) => {
  const stop = new AbortController()
  const working = derive(derivation, stop.signal)
  stop.abort(new Error('stopped'))
  await expect(working).rejects.toThrow('stopped')
})

/** A PKCS#12 without MAC, with `count` keys that nothing opens. */
function sealedKeys(count: number, { salt = new Uint8Array(8) } = {}): Uint8Array {
  const kdf = seq(
    oid('1.2.840.113549.1.5.12'),
    seq(octetString(salt), integer(1), seq(oid('1.2.840.113549.2.9'), nul())),
  )
  const cipher = seq(oid('2.16.840.1.101.3.4.1.42'), octetString(new Uint8Array(16)))
  const sealed = seq(seq(oid('1.2.840.113549.1.5.13'), seq(kdf, cipher)), octetString(new Uint8Array(64)))
  const bag = seq(oid('1.2.840.113549.1.12.10.1.2'), explicit(0, sealed))
  const data = (content: Uint8Array) => seq(oid('1.2.840.113549.1.7.1'), explicit(0, octetString(content)))
  return seq(integer(3), data(seq(data(seq(...Array.from({ length: count }, () => bag))))))
}

test('very many derivations of one iteration each are refused before the first', async () => {
  const counting = vi.fn(derive)
  await expect(openPkcs12(sealedKeys(9_000), 'a', { derive: counting })).rejects.toMatchObject({
    code: 'container-iterations-too-many',
  })
  expect(counting).not.toHaveBeenCalled()
  await expect(openPkcs12(sealedKeys(2), 'a')).rejects.toMatchObject({ code: 'container-password-wrong' })
})

test('a salt of megabytes is refused: no iteration counts the work of reading it', async () => {
  const file = sealedKeys(1, { salt: new Uint8Array(10_000_000) })
  await expect(openPkcs12(file, 'a')).rejects.toMatchObject({
    code: 'container-structure',
    detail: { part: 'salt' },
  })
})
