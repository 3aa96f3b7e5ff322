/** Rules as a scenario file has them. */
import { parseIpAddress } from '../../x509/ip-address.ts'
import { readRange } from '../proxy/addresses.ts'
import { shown } from '../../strict-json/fault.ts'
import type { Json } from '../../strict-json/json.ts'
import {
  checked,
  choice,
  key,
  listOf,
  membersOf,
  readShape,
  writeShape,
  type Form as StrictForm,
  type Shape as StrictShape,
} from '../../strict-json/shape.ts'
import {
  newFaults,
  readJson,
  wholeFault,
  type Counted,
  type Faults,
  type ScenarioFault,
} from '../scenario-file/fault.ts'
import { RULE_LIMITS, type Rule, type Test, type TestKind } from './rule.ts'
import { hasSuffix, isHash, isName, isOid, isSerial, isSpiffe, nameFault } from './sound.ts'

type Form<T> = StrictForm<T, Faults>
type Shape<T> = StrictShape<T, Faults>

const { characters, values } = RULE_LIMITS
const text = (read: (value: string, at: Json, faults: Faults) => string | undefined): Form<string> =>
  checked(characters, read)

const bareHex = (value: string): string => value.toLowerCase().replaceAll(':', '')
const hash = text((value, at, faults) =>
  isHash(value) ? bareHex(value) : faults.add(at, 'rule-hash', { text: shown(value) }),
)
const serial = text((value, at, faults) =>
  isSerial(value) ? bareHex(value) : faults.add(at, 'rule-serial', { text: shown(value) }),
)
const oid = text((value, at, faults) =>
  isOid(value) ? value : faults.add(at, 'rule-oid', { text: shown(value) }),
)
const subject = text((value, at, faults) => {
  const offset = nameFault(value)
  return offset === null ? value : faults.add(at, 'rule-name', { text: shown(value), offset })
})
const spiffe = text((value, at, faults) =>
  isSpiffe(value) ? value : faults.add(at, 'rule-spiffe', { text: shown(value) }),
)
const range = text((value, at, faults) => {
  const read = readRange(value)
  if ('value' in read) return value
  const { code, detail } = read.fault
  return code === 'cidr-prefix'
    ? faults.add(at, 'rule-prefix', { ...detail, text: shown(value) })
    : faults.add(at, 'rule-range', { text: shown(value) })
})
const anything = text((value) => value)
const some = (form: Form<string>, what: Counted): Form<readonly string[]> => listOf(form, what, values, 1)

type Of<K extends TestKind> = Omit<Extract<Test, { kind: K }>, 'kind'>

const OID: Shape<{ oid: string }> = { oid: key('oid', oid) }
const HASH: Shape<{ sha256: string }> = { sha256: key('sha256', hash) }
const HASHES: Shape<{ sha256: readonly string[] }> = { sha256: key('sha256', some(hash, 'hashes')) }
const SUBJECT: Shape<Of<'subject'>> = { name: key('name', subject) }
const SAN: Shape<Of<'san'>> = {
  form: key('form', choice(['DNS', 'IP', 'RFC822', 'URI', 'UPN'])),
  match: key('match', choice(['exact', 'suffix']), 'exact'),
  value: key('value', anything),
}
const SPIFFE: Shape<Of<'spiffe'>> = { id: key('id', spiffe) }
const SERIAL: Shape<Of<'serial'>> = { numbers: key('numbers', some(serial, 'serials')) }
const USER: Shape<Of<'user'>> = {
  by: key('by', choice(['RFC822', 'UPN', 'CN'])),
  name: key('name', anything),
}
const ADDRESS: Shape<Of<'address'>> = {
  of: key('of', choice(['connection', 'forwarded']), 'connection'),
  ranges: key('ranges', some(range, 'ranges')),
}

/** What each question holds beside its kind. */
export const TEST_SHAPES = {
  ...{ root: HASH, issuer: HASH, subject: SUBJECT, san: SAN, spiffe: SPIFFE, serial: SERIAL },
  ...{ certificate: HASHES, key: HASHES, purpose: OID, policy: OID, user: USER, address: ADDRESS },
} as const satisfies Record<TestKind, unknown>

const COMBINED = ['all', 'any', 'not'] as const
/** Every kind of rule. */
export const RULE_KINDS = [...COMBINED, ...(Object.keys(TEST_SHAPES) as TestKind[])] as const

/** A rule with all its parts, within the limits. */
export const ruleForm: Form<Rule> = {
  read: (at, faults) => new RuleReader(faults).read(at, 1),
  write: writeRule,
}

/** A rule as text, or everything that is wrong with it: paths and lines count in that text. */
export type ReadRule = { readonly rule: Rule } | { readonly faults: readonly ScenarioFault[] }

/** In characters. */
const LONGEST = 200_000

/** Reads one rule by itself. */
export function readRule(text: string): ReadRule {
  const { length: size } = text
  if (size > LONGEST) return { faults: wholeFault('too-large', { size, limit: LONGEST }) }
  const json = readJson(text)
  if ('faults' in json) return json
  const faults = newFaults()
  const rule = ruleForm.read(json.value, faults)
  return rule && faults.found.length === 0 ? { rule } : { faults: faults.found }
}

class RuleReader {
  readonly #faults: Faults
  #left: number = RULE_LIMITS.rules

  constructor(faults: Faults) {
    this.#faults = faults
  }

  read(at: Json, depth: number): Rule | undefined {
    const faults = this.#faults
    this.#left -= 1
    if (this.#left < 0)
      return this.#left === -1 ? faults.add(at, 'rule-too-many', { limit: RULE_LIMITS.rules }) : undefined
    if (depth > RULE_LIMITS.depth) return faults.add(at, 'rule-too-deep', { limit: RULE_LIMITS.depth })
    if (at.kind !== 'record') return faults.add(at, 'scenario-type', { expected: 'record' })
    const named = at.of.get('kind')
    if (!named) return faults.add(at, 'scenario-key-missing', { key: 'kind' })
    const kind = choice(RULE_KINDS).read(named, faults)
    if (kind === undefined) return undefined
    return kind === 'all' || kind === 'any' || kind === 'not'
      ? this.#combined(kind, at, depth)
      : readTest(kind, at, faults)
  }

  #combined(kind: (typeof COMBINED)[number], at: Json, depth: number): Rule | undefined {
    const faults = this.#faults
    const of = membersOf(at, ['kind', 'of'], faults)?.get('of')
    if (!of) return faults.add(at, 'scenario-key-missing', { key: 'of' })
    if (kind === 'not') {
      const inner = this.read(of, depth + 1)
      return inner && { kind, of: inner }
    }
    const part: Form<Rule> = { read: (each) => this.read(each, depth + 1), write: writeRule }
    const parts = listOf(part, 'rules', RULE_LIMITS.rules, 1).read(of, faults)
    return parts && { kind, of: parts }
  }
}

const shapeOf = (kind: TestKind): Shape<Record<string, unknown>> => TEST_SHAPES[kind] as never

function readTest(kind: TestKind, at: Json, faults: Faults): Rule | undefined {
  const read = readShape(at, shapeOf(kind), faults, ['kind'])
  if (!read) return undefined
  // Each kind with the shape of its own; TypeScript does not follow that through the union.
  const test = { kind, ...read } as Test
  return isConsistent(test, at, faults) ? test : undefined
}

/** A name is of the form that it is said to have. */
function isConsistent(test: Test, at: Json, faults: Faults): boolean {
  const noName = (value: string, form: 'DNS' | 'IP' | 'RFC822' | 'URI' | 'UPN' | 'CN'): boolean => {
    faults.add(at, 'rule-value', { text: shown(value), form })
    return false
  }
  if (test.kind === 'user') return isName(test.by, test.name) || noName(test.name, test.by)
  if (test.kind !== 'san') return true
  const { form, match, value } = test
  if (match === 'suffix' && !hasSuffix(form)) {
    faults.add(at, 'rule-suffix', { form })
    return false
  }
  return isName(form, value, match) || noName(value, form)
}

function writeRule(rule: Rule): unknown {
  if (rule.kind === 'not') return { kind: rule.kind, of: writeRule(rule.of) }
  if (rule.kind === 'all' || rule.kind === 'any') return { kind: rule.kind, of: rule.of.map(writeRule) }
  const { kind, ...rest } = rule
  return { kind, ...writeShape<Record<string, unknown>, Faults>(rest, shapeOf(kind)) }
}

/** An address of a connection. */
export const addressForm: Form<string> = text((value, at, faults) =>
  parseIpAddress(value) ? value : faults.add(at, 'scenario-address', { text: shown(value) }),
)
