/** Changed scenario files are read or refused with a code, and never anything else. */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { labScenario } from '../../../src/messages/en/ui/lab-scenario.ts'
import { answerScenario } from '../../../src/mtls/handshake.ts'
import { weigh } from '../../../src/mtls/rules/evaluate.ts'
import { readScenario, writeScenario } from '../../../src/mtls/scenario-file/scenario-file.ts'
import { utf8 } from '../../../src/octets.ts'
import { random } from '../../../src/webcrypto/seal.ts'
import { runs } from '../../support/fuzz.ts'
import { LAB_DAY, readyFile } from '../../support/lab/scenarios.ts'

const SEEDED = [
  ...[
    'connects',
    'stapled-revoked',
    'client-revoked',
    'signed-with-another-key',
    'certificate-type-not-taken',
  ],
  ...['pin-after-renewal', 'address-not-let-in', 'exactly-one-root'],
] as const

const RULES = {
  kind: 'all',
  of: [
    { kind: 'not', of: { kind: 'subject', name: 'CN=Ann,O=Example' } },
    { kind: 'san', form: 'DNS', match: 'suffix', value: 'example.com' },
    { kind: 'spiffe', id: 'spiffe://example.org/a' },
    { kind: 'serial', numbers: ['01'] },
    { kind: 'purpose', oid: '1.3.6.1.5.5.7.3.2' },
    { kind: 'user', by: 'UPN', name: 'ann@example.com' },
    { kind: 'address', of: 'forwarded', ranges: ['192.0.2.0/24'] },
  ],
}

type Members = Record<string, unknown>
let texts: string[]
let trees: Members[]
beforeAll(async () => {
  texts = await Promise.all(SEEDED.map(async (id) => writeScenario(await readyFile(id))))
  texts.push(texts[0]!.replace('"server": {', `"server": {"lets": ${JSON.stringify(RULES)},`))
  trees = texts.map((text) => JSON.parse(text) as Members)
})

/** Reads; each fault has a sentence and a place, and what was read is written and read as the same. */
async function check(bytes: Uint8Array): Promise<'read' | 'refused'> {
  const result = await readScenario(bytes, LAB_DAY)
  if ('faults' in result) {
    expect(result.faults.length).toBeGreaterThan(0)
    expect(result.faults.length).toBeLessThanOrEqual(50)
    for (const fault of result.faults) {
      expect(labScenario.sentence(fault)).toMatch(/^\P{Ll}.*\.$/su)
      expect(labScenario.fault(fault).length).toBeLessThan(1_000)
    }
    return 'refused'
  }
  const { scenario } = result.file
  expect(await answerScenario(scenario, { client: null, server: null }, random)).toHaveProperty('played')
  const again = await readScenario(utf8(writeScenario(result.file)), LAB_DAY)
  expect(again).toEqual(result)
  for (const side of ['client', 'server'] as const) {
    const { lets } = result.file.scenario[side]
    if (lets) expect((await weigh(lets, { path: null, address: null, forwarded: null })).met).not.toBe('yes')
  }
  return 'read'
}

const place = fc.nat(0xfffff)
const seed = fc.nat().map((index) => texts[index % texts.length]!)
const character = fc.oneof(
  fc.constantFrom(...Array.from('"\\,:{}[]0-9eE+/= \n\u0000\ufeff')),
  fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
)
/** In the text: cut off, one character changed, a piece moved, two files joined. */
const inText = fc.oneof(
  fc.tuple(seed, place).map(([text, at]) => text.slice(0, at % text.length)),
  fc.tuple(seed, place, character).map(([text, at, one]) => {
    const index = at % text.length
    return text.slice(0, index) + one + text.slice(index + 1)
  }),
  fc.tuple(seed, place, place, place).map(([text, from, to, length]) => {
    const piece = text.slice(from % text.length, (from % text.length) + (length % 200))
    return text.slice(0, to % text.length) + piece + text.slice(to % text.length)
  }),
  fc.tuple(seed, seed).map(([one, other]) => one + other),
)

const STRANGE = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, '', -1, 1e308, [], {}, [null], 'x'.repeat(5000), { kind: 'all', of: [{}] }),
)

/** Every place of a tree, as the record or list that has it and its key there. */
function placesIn(value: unknown): { holder: Members; name: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Members
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...placesIn(holder[name])])
}

/** In the tree: a value replaced, left out, renamed or moved elsewhere. */
const inTree = fc.tuple(fc.nat(), place, place, fc.nat(3), STRANGE).map(([index, from, to, how, strange]) => {
  const tree = structuredClone(trees[index % trees.length]!)
  const places = placesIn(tree)
  const [one, other] = [places[from % places.length]!, places[to % places.length]!]
  const value = one.holder[one.name]
  if (how === 0) one.holder[one.name] = strange
  else if (how === 1) Reflect.deleteProperty(one.holder, one.name)
  else if (how === 2) one.holder[`${one.name}x`] = strange
  else other.holder[other.name] = structuredClone(value)
  return JSON.stringify(isCircular(tree) ? null : tree)
})

const isCircular = (tree: unknown): boolean => {
  try {
    JSON.stringify(tree)
    return false
  } catch {
    return true
  }
}

test('5,000 changed files are read, or refused with a code', async () => {
  const counted = { read: 0, refused: 0 }
  const some = fc.oneof(inText, inTree).map(utf8)
  const octets = fc.tuple(seed, place, fc.nat(255)).map(([text, at, octet]) => {
    const bytes = utf8(text)
    bytes[at % bytes.length] = octet
    return bytes
  })
  const property = fc.asyncProperty(fc.oneof(some, octets), async (bytes) => {
    counted[await check(bytes)] += 1
  })
  await fc.assert(property, { numRuns: runs(5_000) })
  // Neither is a rare exception, or the test tests little.
  expect(Math.min(counted.read, counted.refused)).toBeGreaterThan(runs(5_000) / 20)
}, 120_000)

test.each([
  ['"', ''],
  ['[', ''],
  ['{"a":', ''],
  ['\\u0041', '"'],
  ['\n', ''],
  ['9', ''],
  ['-----BEGIN CERTIFICATE-----\\n', ''],
  ['\\n', '"'],
  ['A', '"'],
  ['["a"],', ''],
  ['{"kind":"not","of":', ''],
])('as many of %j as a file may have', async (piece, end) => {
  const head = '{"format":"rootcellar-mtls-scenario","version":1,"server":{},"client":'
  const most = 8 * 1024 * 1024 - 200
  for (const before of [head, `${head}{"sends":["`]) {
    const text = before + piece.repeat(Math.floor((most - before.length) / piece.length)) + end
    expect(await check(utf8(text))).toBe('refused')
  }
})

test('octets that are no text are refused', async () => {
  expect(await check(Uint8Array.of(0x7b, 0xff, 0x7d))).toBe('refused')
})
