/** docs/ceremony.md, the JSON Schema and the example beside it say of plans what the reader does. */
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { EXTENSIONS_SHAPE } from '../../../src/ceremony/plan-file/extensions.ts'
import { PLAN_LIMITS } from '../../../src/ceremony/plan-file/limits.ts'
import { ACTS_ON } from '../../../src/ceremony/plan-file/references.ts'
import { PLAN_SHAPE, PLAN_SHAPES, readPlan, writePlan } from '../../../src/ceremony/plan-file.ts'
import { STEP_ACTS } from '../../../src/ceremony/plan.ts'
import { utf8, utf8Text } from '../../../src/octets.ts'
import { JSON_LIMITS } from '../../../src/strict-json/json.ts'
import { changedTree, treeOf, withValue, type Members } from '../../support/ceremony/changed.ts'
import { TEMPLATE_IDS, templatePlan } from '../../support/ceremony/templates.ts'
import { runs } from '../../support/fuzz.ts'
import { fits, type Schema } from '../../support/json-schema.ts'

const PAGE = readFileSync('docs/ceremony.md', 'utf8')
const SCHEMA = JSON.parse(readFileSync('docs/ceremony-plan.schema.json', 'utf8')) as Schema
const keysOf = (shape: object): string[] =>
  Object.values(shape as Record<string, { as: string }>).map(({ as }) => as)

/** The first cells of the tables below a heading. */
const namedBelow = (heading: string): string[] =>
  (PAGE.split(`${heading}\n`)[1] ?? '')
    .split(/\n#/)[0]!
    .split('\n')
    .flatMap((line) => /^\| `([^`]+)`/.exec(line)?.[1] ?? [])

describe('docs/ceremony.md', () => {
  test.each([
    ['### The file', keysOf(PLAN_SHAPE)],
    ['### People', keysOf(PLAN_SHAPES.person)],
    ['### Materials', keysOf(PLAN_SHAPES.material)],
    ['### Existing CAs', [...keysOf(PLAN_SHAPES.existing), ...keysOf(PLAN_SHAPES.revoked)]],
    ['### Keys', keysOf(PLAN_SHAPES.key)],
    ['### Requests', keysOf(PLAN_SHAPES.request)],
    ['### Certificates', keysOf(PLAN_SHAPES.certificate)],
    ['### Extensions', keysOf(EXTENSIONS_SHAPE)],
    ['### Lists', keysOf(PLAN_SHAPES.lists)],
    ['### Responses', keysOf(PLAN_SHAPES.responses)],
    ['### Destructions', keysOf(PLAN_SHAPES.destruction)],
    ['### Accepted findings', keysOf(PLAN_SHAPES.accepted)],
    ['### Steps', [...keysOf(PLAN_SHAPES.step), ...STEP_ACTS]],
    ['### Templates', [...TEMPLATE_IDS]],
  ])('%s has every key in its order', (heading, keys) => {
    expect(namedBelow(heading)).toEqual(keys)
  })

  test('the limits are those of the reader', () => {
    const limits = PLAN_LIMITS
    const said = (text: string): void => expect(PAGE.replace(/\s+/g, ' ')).toContain(text)
    said(`at most ${limits.octets / 2 ** 20} MiB, nested at most ${JSON_LIMITS.depth} deep`)
    said(`at most ${JSON_LIMITS.values.toLocaleString('en')} values`)
    said(`one line, at most ${limits.line} characters`)
    said(`at most ${limits.text.toLocaleString('en')} characters`)
    for (const [name, limit] of [
      ['everybody who has a part in it', limits.people],
      ['what is on the table', limits.materials],
      ['CAs that exist already', limits.existing],
      ['as its newest list has it', limits.revoked],
      ['keys that are made', limits.keys],
      ['requests (PKCS#10) that are brought', limits.requests],
      ['what is certified', limits.certificates],
      ['revocation lists, in groups', limits.lists],
      ['OCSP responses, in groups', limits.responses],
      ['keys that are destroyed', limits.destructions],
      ['accepted beforehand', limits.accepted],
      ['in this order', limits.steps],
      ['stops for by itself', limits.rules],
      ['or an OID', limits.attributes],
      ['such as `dNSName`', limits.names],
    ] as const)
      said(`${name} (at most ${limit.toLocaleString('en')})`)
    said(`(1 to ${limits.days.toLocaleString('en')})`)
    said(`(0 to ${limits.overlapDays})`)
    said(`(1 to ${limits.count})`)
    said(`at most ${limits.answers} in one group`)
  })

  test('the example is the plan of a new root as it is written', async () => {
    expect(readFileSync('docs/ceremony-plan.example.json', 'utf8')).toBe(
      utf8Text(writePlan(await templatePlan('new-root'))),
    )
  })
})

/** What the reader says and a schema cannot: ids, names in certificates, dates of the calendar. */
const BEYOND = new Set([
  ...['plan-id-twice', 'plan-reference', 'plan-circle', 'plan-step-on', 'plan-finding', 'plan-field'],
  ...['plan-unseen', 'plan-unreadable', 'plan-pem-text', 'plan-pem-cut', 'plan-pem-base64', 'plan-pem-label'],
  ...['plan-time', 'plan-pem-none'],
])

describe('the JSON Schema', () => {
  let trees: readonly Members[]
  beforeAll(async () => {
    trees = await Promise.all(TEMPLATE_IDS.map(async (id) => treeOf(await templatePlan(id))))
  })

  test('has every key in its order, and each is required', () => {
    const { $defs: defs = {} } = SCHEMA
    const those: [Schema | undefined, string[]][] = [
      [SCHEMA, keysOf(PLAN_SHAPE)],
      ...Object.entries(PLAN_SHAPES).map(
        ([name, shape]) => [defs[name === 'lists' ? 'lists' : name], keysOf(shape)] as [Schema, string[]],
      ),
      [defs['extensions'], keysOf(EXTENSIONS_SHAPE)],
    ]
    for (const [schema, keys] of those) {
      expect(Object.keys(schema?.properties ?? {})).toEqual(keys)
      expect(schema?.required).toEqual(keys)
      expect(schema?.additionalProperties).toBe(false)
    }
    expect(defs['step']?.properties?.['act']?.enum).toEqual(STEP_ACTS)
    expect(Object.keys(ACTS_ON).toSorted()).toEqual([...STEP_ACTS].toSorted())
  })

  test('takes what every template makes', () => {
    for (const tree of trees) expect(fits(tree, SCHEMA, SCHEMA)).toBe(true)
  })

  test.each<[path: readonly (string | number)[], value: unknown]>([
    [['people', 0, 'roles'], []],
    [
      ['people', 0, 'roles'],
      ['operator', 'operator'],
    ],
    [['window', 'from'], '2026-12-07T09:00:00.000Z'],
    [['window', 'until'], '2026-12-07T09:00:00Z'],
    [['certificates', 0, 'extensions', 'pathLen'], -1],
    [['certificates', 0, 'extensions', 'pathLen'], undefined],
    [['certificates', 0, 'serial'], 'counter'],
    [['tool'], 'AB'.repeat(32)],
    [['place'], ' '],
    [['stop'], Array(PLAN_LIMITS.rules + 1).fill('Stop.')],
    [['purpose'], 'x'.repeat(PLAN_LIMITS.text + 1)],
  ])('refuses as the reader does: %j as %j', (path, value) => {
    const changed = withValue(trees[0]!, path, value)
    expect(fits(changed, SCHEMA, SCHEMA)).toBe(false)
    expect(readPlan(utf8(JSON.stringify(changed)))).toHaveProperty('faults')
  })

  test('says of 2,000 changed plans what the reader says', () => {
    const counted = { taken: 0, refused: 0 }
    const property = fc.property(
      changedTree(() => trees),
      (tree) => {
        const read = readPlan(utf8(JSON.stringify(tree)))
        const isTaken = fits(tree, SCHEMA, SCHEMA)
        counted[isTaken ? 'taken' : 'refused'] += 1
        if ('plan' in read) expect(isTaken).toBe(true)
        else if (read.faults.some(({ code }) => !BEYOND.has(code))) expect(isTaken).toBe(false)
      },
    )
    fc.assert(property, { numRuns: runs(2_000), seed: 20261130 })
    expect(Math.min(counted.taken, counted.refused)).toBeGreaterThan(runs(2_000) / 40)
  }, 120_000)
})
