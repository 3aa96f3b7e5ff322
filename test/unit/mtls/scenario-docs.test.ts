/** docs/lab.md and the JSON Schema beside it say of scenario files what the reader does. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FORWARDING_FORMS, FORWARDING_LIMITS } from '../../../src/mtls/proxy/forwarding-forms.ts'
import { PROGRAMS } from '../../../src/mtls/programs/programs.ts'
import { RULE_KINDS, TEST_SHAPES } from '../../../src/mtls/rules/rule-file.ts'
import { RULE_LIMITS, type Rule } from '../../../src/mtls/rules/rule.ts'
import { CLIENT_SHAPE, FORWARDING_SHAPE, SERVER_SHAPE } from '../../../src/mtls/scenario-file/ends.ts'
import { SCENARIO_LIMITS } from '../../../src/mtls/scenario-file/marks.ts'
import { JSON_LIMITS } from '../../../src/strict-json/json.ts'
import { FILE_SHAPE, SCENARIO_VERSION, writeScenario } from '../../../src/mtls/scenario-file/scenario-file.ts'
import { READY_IDS } from '../../../src/mtls/ready-ids.ts'
import { fits, type Schema } from '../../support/json-schema.ts'
import { readyFile } from '../../support/lab/scenarios.ts'

const PAGE = readFileSync('docs/lab.md', 'utf8')
const keysOf = (shape: object): string[] =>
  Object.values(shape as Record<string, { as: string }>).map(({ as }) => as)
const CLIENT = keysOf(CLIENT_SHAPE)
const SERVER = keysOf(SERVER_SHAPE)

/** The rows of the table below a heading. */
const rowsBelow = (heading: string): string[][] =>
  (PAGE.split(`${heading}\n`)[1] ?? '')
    .split(/\n#/)[0]!
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
const named = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)

describe('docs/lab.md', () => {
  test.each([
    ['## The file', keysOf(FILE_SHAPE)],
    ['### Both ends', CLIENT.filter((each) => SERVER.includes(each))],
    ['### The client alone', CLIENT.filter((each) => !SERVER.includes(each))],
    ['### The server alone', SERVER.filter((each) => !CLIENT.includes(each))],
    ['### Forwarding', keysOf(FORWARDING_SHAPE)],
    ['### Rules', Object.keys(TEST_SHAPES)],
  ])('%s has every key in its order', (heading, keys) => {
    expect(rowsBelow(heading).flatMap(([, key]) => named(key))).toEqual(keys)
  })

  test('each question has its keys', () => {
    const told = rowsBelow('### Rules').map(([, kind, keys]) => [named(kind)[0], named(keys)])
    expect(told).toEqual(Object.entries(TEST_SHAPES).map(([kind, shape]) => [kind, keysOf(shape)]))
  })

  test('the limits are those of the reader', () => {
    const { octets, sends, trusts, lists, known, codes, name, note, maxDepth } = SCENARIO_LIMITS
    const said = (text: string): void => expect(PAGE.replace(/\s+/g, ' ')).toContain(text)
    said(`at most ${octets / 2 ** 20} MiB, nested at most ${JSON_LIMITS.depth} deep`)
    said(`at most ${JSON_LIMITS.values.toLocaleString('en')} values`)
    said(`at most ${name} characters`)
    said(`at most ${note.toLocaleString('en')} characters`)
    said(`in that order; at most ${sends}`)
    said(`at most ${trusts.toLocaleString('en')} certificates`)
    said(`certificates (at most ${known.toLocaleString('en')})`)
    said(`revocation lists, at most ${lists}`)
    said(`best first; 1 to ${codes}`)
    said(`0 to ${maxDepth}`)
    said(`at most ${FORWARDING_LIMITS.characters.toLocaleString('en')} characters; of PROXY`)
    said(`the server trusts, 0 to ${FORWARDING_LIMITS.trusted};`)
    said(`At most ${RULE_LIMITS.rules} rules with all their parts, at most ${RULE_LIMITS.depth} deep`)
    said(`at most ${RULE_LIMITS.values} values in a list`)
  })
})

const SCHEMA = JSON.parse(readFileSync('docs/lab-scenario.schema.json', 'utf8')) as Schema
const defined = (name: string): Schema => SCHEMA.$defs![name]!

describe('the JSON Schema', () => {
  const propertiesOf = ({ properties = {} }: Schema): string[] => Object.keys(properties)
  const optional = ({ anyOf = [] }: Schema): Schema => anyOf[0]!

  test('has the keys, the choices and the limits of the reader', () => {
    expect(propertiesOf(SCHEMA)).toEqual(keysOf(FILE_SHAPE))
    expect(propertiesOf(defined('client'))).toEqual(CLIENT)
    expect(propertiesOf(defined('server'))).toEqual(SERVER)
    expect(SCHEMA.properties!['version']).toEqual({ const: SCENARIO_VERSION })
    const { sends, trusts, lists, program, key, maxDepth } = defined('server').properties!
    expect(optional(program!).enum).toEqual(Object.keys(PROGRAMS))
    expect([sends, trusts, lists].map((each) => each!.maxItems)).toEqual([
      ...[SCENARIO_LIMITS.sends, SCENARIO_LIMITS.trusts, SCENARIO_LIMITS.lists],
    ])
    expect(optional(maxDepth!)).toEqual({ type: 'integer', minimum: 0, maximum: SCENARIO_LIMITS.maxDepth })
    expect(defined(optional(key!).$ref!.replace('#/$defs/', '')).maxLength).toBe(
      SCENARIO_LIMITS.keyCharacters,
    )
  })

  test('has what a proxy forwards', () => {
    const { form, text, trusted } = defined('forwarding').properties!
    expect(propertiesOf(defined('forwarding'))).toEqual(keysOf(FORWARDING_SHAPE))
    expect(form!.enum).toEqual(FORWARDING_FORMS)
    expect(text!.maxLength).toBe(FORWARDING_LIMITS.characters)
    expect(trusted).toEqual({ type: 'integer', minimum: 0, maximum: FORWARDING_LIMITS.trusted })
  })

  test('has every kind of rule with its keys', () => {
    const rules = defined('rule').anyOf!
    expect(rules.map(({ properties }) => properties!['kind']!.const)).toEqual(RULE_KINDS)
    const shapes: Readonly<Record<string, object>> = TEST_SHAPES
    for (const each of rules) {
      const [, ...keys] = propertiesOf(each)
      const shape = shapes[String(each.properties!['kind']!.const)]
      expect(keys).toEqual(shape ? keysOf(shape) : ['of'])
    }
  })

  test.each(READY_IDS)('takes what is written: %s', async (id) => {
    const file: unknown = JSON.parse(
      writeScenario(await readyFile(id, { programs: { client: 'go', server: null } })),
    )
    expect(fits(file, SCHEMA, SCHEMA)).toBe(true)
    expect(fits({ ...(file as object), more: 1 }, SCHEMA, SCHEMA)).toBe(false)
    const lets: Rule = { kind: 'all', of: [{ kind: 'not', of: { kind: 'spiffe', id: 'example.org' } }] }
    expect(fits({ ...(file as object), client: { lets } }, SCHEMA, SCHEMA)).toBe(true)
    expect(fits({ ...(file as object), client: { lets: { ...lets, of: [{}] } } }, SCHEMA, SCHEMA)).toBe(false)
  })
})
