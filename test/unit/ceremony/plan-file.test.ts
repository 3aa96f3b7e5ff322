/** The file of a plan: strict in every value, and with the place of each fault. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { lintPlan } from '../../../src/ceremony/lint-plan.ts'
import type { PlanFault } from '../../../src/ceremony/plan-file/fault.ts'
import { PLAN_LIMITS } from '../../../src/ceremony/plan-file/limits.ts'
import { readPlan, writePlan } from '../../../src/ceremony/plan-file.ts'
import { ceremonyPlan } from '../../../src/messages/en/ui/ceremony-plan.ts'
import { utf8, utf8Text } from '../../../src/octets.ts'
import { changedTree, treeOf, withValue, type Members } from '../../support/ceremony/changed.ts'
import { EVE, TEMPLATE_IDS, templatePlan } from '../../support/ceremony/templates.ts'
import { runs } from '../../support/fuzz.ts'

let tree: Members
let trees: readonly Members[]
beforeAll(async () => {
  trees = await Promise.all(TEMPLATE_IDS.map(async (id) => treeOf(await templatePlan(id))))
  tree = trees[TEMPLATE_IDS.indexOf('hierarchy')]!
})

const faultsIn = (octets: Uint8Array): readonly PlanFault[] => {
  const read = readPlan(octets)
  return 'faults' in read ? read.faults : []
}
const faultsOf = (value: unknown): readonly PlanFault[] => faultsIn(utf8(JSON.stringify(value, null, 2)))

type Path = readonly (string | number)[]
const CERTIFICATE: Path = ['certificates', 1]
const EXTENSIONS: Path = [...CERTIFICATE, 'extensions']

describe('one value is wrong', () => {
  test.each<[code: string, path: Path, value: unknown]>([
    ['plan-key-missing', ['previous'], undefined],
    ['plan-key-missing', [...EXTENSIONS, 'policyMappings'], undefined],
    ['plan-key-unknown', ['comment'], 'a'],
    ['plan-key-unknown', [...CERTIFICATE, 'skip'], true],
    ['plan-type', ['title'], 1],
    ['plan-blank', ['title'], ' '],
    ['plan-unseen', ['title'], 'Orbis\u202e'],
    ['plan-unseen', ['place'], 'a\nb'],
    ['plan-too-long', ['title'], 'x'.repeat(PLAN_LIMITS.line + 1)],
    ['plan-time', ['window', 'from'], '2026-12-07T09:00:00.5Z'],
    ['plan-time', ['window', 'from'], '2026-12-07T09:00:00+01:00'],
    ['plan-time', ['window', 'from'], '2027-02-29T09:00:00Z'],
    ['plan-time', ['window', 'from'], '2026-12-07'],
    ['plan-hash', ['tool'], 'AB'.repeat(32)],
    ['plan-hash', ['previous'], 'ab'],
    ['plan-choice', ['words'], 'en-2'],
    ['plan-id', ['keys', 0, 'id'], 'Root key'],
    ['plan-id', ['keys', 0, 'id'], 'k'.repeat(41)],
    ['plan-id-twice', ['certificates', 2, 'id'], 'root-key'],
    ['plan-id-twice', ['steps', 3, 'id'], 'tool'],
    ['plan-reference', ['certificates', 1, 'issuer'], 'root-key'],
    ['plan-reference', ['certificates', 1, 'key'], 'nobody'],
    ['plan-reference', ['lists', 0, 'issuer'], 'ada'],
    ['plan-reference', ['keys', 0, 'holders'], ['root']],
    ['plan-reference', ['steps', 6, 'reads'], 'zoe'],
    ['plan-reference', ['steps', 6, 'on'], 'root-lists'],
    ['plan-step-on', ['steps', 6, 'on'], null],
    ['plan-step-on', ['steps', 0, 'on'], 'root'],
    ['plan-circle', ['certificates', 0, 'issuer'], 'intermediate-1'],
    ['plan-circle', ['certificates', 1, 'issuer'], 'intermediate-1'],
    ['plan-choice', [...CERTIFICATE, 'serial'], 'counter'],
    ['plan-choice', [...CERTIFICATE, 'profile'], 'tlsServer'],
    ['plan-choice', [...CERTIFICATE, 'signature'], 'rsa-sha1'],
    ['plan-empty', [...CERTIFICATE, 'subject'], []],
    ['plan-field', [...CERTIFICATE, 'subject', 0, 'type'], 'shoeSize'],
    ['plan-field', [...CERTIFICATE, 'subject', 0, 'value'], 'NL@'],
    ['plan-field', [...CERTIFICATE, 'subject', 0, 'value'], 'nl'],
    ['plan-field', [...CERTIFICATE, 'notBefore'], '1932-12-07T09:00:00Z'],
    ['plan-field', [...CERTIFICATE, 'subjectAltNames'], [{ kind: 'iPAddress', value: '1.2.3' }]],
    ['plan-choice', [...EXTENSIONS, 'keyUsage', 0], 'signEverything'],
    ['plan-twice', [...EXTENSIONS, 'keyUsage', 1], 'keyCertSign'],
    ['plan-empty', [...EXTENSIONS, 'extKeyUsage'], []],
    ['plan-field', [...EXTENSIONS, 'extKeyUsage'], ['webServer']],
    ['plan-field', [...EXTENSIONS, 'cRLDistributionPoints'], ['not an address']],
    ['plan-field', [...EXTENSIONS, 'custom'], [{ oid: '1.2.3', critical: false, value: '05' }]],
    ['plan-key-missing', [...EXTENSIONS, 'nameConstraints'], { permitted: ['a.example'], excluded: [] }],
    ['plan-number', [...EXTENSIONS, 'pathLen'], -1],
    ['plan-number', [...EXTENSIONS, 'pathLen'], 1.5],
    ['plan-decimal', ['lists', 0, 'number'], '01'],
    ['plan-type', ['lists', 0, 'number'], 1],
    ['plan-number', ['lists', 0, 'count'], 0],
    ['plan-too-many', ['stop'], Array(PLAN_LIMITS.rules + 1).fill('Stop.')],
    ['plan-finding', ['accepted'], [{ code: 'no-such', on: 'root', reason: 'x', by: 'ada' }]],
    ['plan-choice', ['people', 0, 'roles', 0], 'king'],
    ['plan-pem-none', ['existing'], [{ id: 'old', certificate: '', revoked: [] }]],
    [
      'plan-unreadable',
      ['existing'],
      [
        {
          id: 'old',
          certificate: '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n',
          revoked: [],
        },
      ],
    ],
  ])('%s at %j: %j', (code, path, value) => {
    const faults = faultsOf(withValue(tree, path, value))
    expect(faults.map((fault) => fault.code)).toContain(code)
    const fault = faults.find((each) => each.code === code)!
    const [first, ...rest] = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    const wanted = [first!.slice(1), ...rest].join('')
    // The place is what is wrong, or what it is in, or a part of it.
    expect(wanted.startsWith(fault.path) || fault.path.startsWith(wanted)).toBe(true)
    expect(fault.line).toBeGreaterThan(0)
    expect(ceremonyPlan.fault(fault)).toContain(`line ${String(fault.line)}`)
  })
})

describe('what an existing CA has revoked', () => {
  const entry = (serial: string, reason: string | null = 'superseded') => ({
    ...{ serial, since: '2026-01-02T03:04:05Z', reason, invalidityDate: null },
  })
  const codes = (...revoked: readonly object[]): readonly string[] => {
    const plan = trees[TEMPLATE_IDS.indexOf('lists')]!
    return faultsOf(withValue(plan, ['existing', 0, 'revoked'], revoked)).map(({ code }) => code)
  }
  const MANY = Array.from({ length: PLAN_LIMITS.revoked + 1 }, (_, i) => entry((i + 4096).toString(16)))
  test.each<[what: string, revoked: readonly object[], faults: readonly string[]]>([
    ['entries', [entry('0a'), entry('00', null), entry('ff'.repeat(20))], []],
    ['upper case', [entry('0A')], ['plan-serial']],
    ['a zero before it', [entry('000a')], ['plan-serial']],
    ['half an octet', [entry('abc')], ['plan-serial']],
    ['the same twice', [entry('0a'), entry('0b'), entry('0a', null)], ['plan-twice']],
    ['a reason that no list has', [entry('0a', 'unspecified')], ['plan-choice']],
    ['too many', MANY, ['plan-too-many']],
    ['as many as may be', MANY.slice(1), []],
  ])('%s', (_what, revoked, faults) => {
    expect(codes(...revoked)).toEqual(faults)
  })
})

describe('the whole is wrong', () => {
  const text = (): string => JSON.stringify(tree)
  test.each<[code: string, octets: () => Uint8Array]>([
    ['plan-too-large', () => new Uint8Array(PLAN_LIMITS.octets + 1)],
    ['plan-not-utf8', () => Uint8Array.of(0x7b, 0xff, 0x7d)],
    ['plan-not-json', () => utf8('')],
    ['plan-not-json', () => utf8(`${text()}x`)],
    ['plan-key-twice', () => utf8(text().replace('"words"', '"title": "Another", "words"'))],
    ['plan-too-deep', () => utf8('['.repeat(50))],
    ['plan-too-many-values', () => utf8(`[${'1,'.repeat(30_000)}1]`)],
    ['plan-foreign', () => utf8('{"format": "rootcellar-mtls-scenario", "version": 1}')],
    ['plan-foreign', () => utf8('[]')],
    ['plan-newer', () => utf8('{"format": "rootcellar-ceremony", "version": 2, "new": true}')],
  ])('%s', (code, octets) => {
    const faults = faultsIn(octets())
    expect(faults.map((fault) => fault.code)).toEqual([code])
    expect(ceremonyPlan.sentence(faults[0]!)).toMatch(/^\P{Ll}.*\.$/su)
  })
})

test('what is written differently is the same plan', () => {
  const plan = { plan: expect.anything() as unknown }
  const loose = readPlan(utf8(`\n ${JSON.stringify(tree, null, 7)}`))
  expect(loose).toEqual(plan)
  expect(loose).toEqual(readPlan(utf8(JSON.stringify(tree))))
})

test('an extension that a plan in memory does not mention is written as left out', async () => {
  const plan = await templatePlan('new-root')
  const [certificate] = plan.certificates
  const nameConstraints = { permitted: ['example.org'], excluded: [] }
  const short = { ...plan, certificates: [{ ...certificate!, extensions: { nameConstraints } }] }
  const read = readPlan(writePlan(short))
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  const { extensions } = read.plan.certificates[0]!
  expect(extensions.nameConstraints).toEqual({ ...nameConstraints, nothingElse: false })
  expect(Object.entries(extensions).filter(([, value]) => value !== null)).toHaveLength(1)
  expect(Object.keys(extensions)).toHaveLength(19)
})

/** Reads; each fault has a sentence, and what was read is written and read as the same. */
function check(octets: Uint8Array): 'read' | 'refused' {
  const result = readPlan(octets)
  if ('faults' in result) {
    expect(result.faults.length).toBeGreaterThan(0)
    expect(result.faults.length).toBeLessThanOrEqual(50)
    for (const fault of result.faults) {
      expect(ceremonyPlan.sentence(fault)).toMatch(/^\P{Ll}.*\.$/su)
      expect(ceremonyPlan.fault(fault).length).toBeLessThan(1_500)
    }
    return 'refused'
  }
  const written = writePlan(result.plan)
  expect(readPlan(written)).toEqual(result)
  for (const finding of lintPlan(result.plan, EVE))
    expect(ceremonyPlan.finding(finding)).toMatch(/^\P{Ll}.*\.$/su)
  return 'read'
}

test('2,000 changed plans are read, or refused with a code', () => {
  const counted = { read: 0, refused: 0 }
  const place = fc.nat(0xfffff)
  const texts = trees.map((each) => JSON.stringify(each))
  const seed = fc.constantFrom(...texts)
  const octets = fc.oneof(
    { weight: 3, arbitrary: changedTree(() => trees).map((each) => utf8(JSON.stringify(each))) },
    fc.tuple(seed, place).map(([text, at]) => utf8(text.slice(0, at % text.length))),
    fc.tuple(seed, place, fc.nat(255)).map(([text, at, octet]) => {
      const bytes = utf8(text)
      bytes[at % bytes.length] = octet
      return bytes
    }),
    fc.tuple(seed, place, place, fc.nat(200)).map(([text, from, to, length]) => {
      const piece = text.slice(from % text.length, (from % text.length) + length)
      return utf8(text.slice(0, to % text.length) + piece + text.slice(to % text.length))
    }),
  )
  const property = fc.property(octets, (bytes) => {
    counted[check(bytes)] += 1
  })
  fc.assert(property, { numRuns: runs(2_000), seed: 20261130 })
  // Neither is a rare exception, or the test tests little.
  expect(Math.min(counted.read, counted.refused)).toBeGreaterThan(runs(2_000) / 40)
}, 120_000)

test('what is written has every key, in one order, and ends with a line feed', async () => {
  const text = utf8Text(writePlan(await templatePlan('new-root')))
  expect(text).toMatch(/^\{\n {2}"format": "rootcellar-ceremony",\n {2}"version": 1,\n {2}"title": /)
  expect(text.endsWith('\n}\n')).toBe(true)
  expect(text).not.toContain('\r')
})
