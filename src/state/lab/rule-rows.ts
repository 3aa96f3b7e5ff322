import type { Rule, Test } from '../../mtls/rules/rule.ts'

/** A condition as it is typed: several values are separated by spaces or commas. */
export interface RuleRow {
  not: boolean
  kind: RowKind
  value: string
}

export interface RuleRows {
  readonly combine: 'all' | 'any'
  readonly rows: readonly RuleRow[]
}

const listOf = (value: string): string[] => value.split(/[\s,]+/).filter((each) => each !== '')
const san =
  (form: string, match = 'exact') =>
  (value: string) => ({ kind: 'san', form, match, value })
const user = (by: string) => (name: string) => ({ kind: 'user', by, name })
const addresses = (of: string) => (value: string) => ({ kind: 'address', of, ranges: listOf(value) })

/** What a condition asks, in the form of a scenario file; what was typed is read later. */
const WRITTEN = {
  issuer: (sha256: string) => ({ kind: 'issuer', sha256 }),
  root: (sha256: string) => ({ kind: 'root', sha256 }),
  dns: san('DNS'),
  'dns-within': san('DNS', 'suffix'),
  ip: san('IP'),
  email: san('RFC822'),
  'email-within': san('RFC822', 'suffix'),
  uri: san('URI'),
  upn: san('UPN'),
  spiffe: (id: string) => ({ kind: 'spiffe', id }),
  subject: (name: string) => ({ kind: 'subject', name }),
  certificate: (value: string) => ({ kind: 'certificate', sha256: listOf(value) }),
  key: (value: string) => ({ kind: 'key', sha256: listOf(value) }),
  serial: (value: string) => ({ kind: 'serial', numbers: listOf(value) }),
  purpose: (oid: string) => ({ kind: 'purpose', oid }),
  policy: (oid: string) => ({ kind: 'policy', oid }),
  'user-email': user('RFC822'),
  'user-upn': user('UPN'),
  'user-name': user('CN'),
  address: addresses('connection'),
  forwarded: addresses('forwarded'),
} as const

export type RowKind = keyof typeof WRITTEN
export const ROW_KINDS = Object.keys(WRITTEN) as RowKind[]

/** Returns the conditions as a rule in JSON, not read yet; a fault of the one at an index has a path that begins with `of[index]`. */
export function ruleOf({ combine, rows }: RuleRows): object {
  const of = rows.map(({ not, kind, value }) => {
    const test = WRITTEN[kind](value.trim())
    return not ? { kind: 'not', of: test } : test
  })
  return { kind: combine, of }
}

/** Returns a rule as conditions; null if it is nested deeper than they are. */
export function rowsOf(rule: Rule | null): RuleRows | null {
  if (!rule) return { combine: 'all', rows: [] }
  const isMany = rule.kind === 'all' || rule.kind === 'any'
  const rows = (isMany ? rule.of : [rule]).map(rowOf)
  const isFlat = (each: RuleRow | null): each is RuleRow => each !== null
  return rows.every(isFlat) ? { combine: isMany ? rule.kind : 'all', rows } : null
}

function rowOf(rule: Rule): RuleRow | null {
  if (!('of' in rule) || rule.kind === 'address') return ofTest(rule)
  const inner = rule.kind !== 'not' || rule.of.kind === 'not' ? null : rowOf(rule.of)
  return inner && { ...inner, not: true }
}

const FORMS = { DNS: 'dns', IP: 'ip', RFC822: 'email', URI: 'uri', UPN: 'upn' } as const
const USERS = { RFC822: 'user-email', UPN: 'user-upn', CN: 'user-name' } as const

function ofTest(test: Test): RuleRow | null {
  const row = (kind: RowKind, value: string): RuleRow => ({ not: false, kind, value })
  switch (test.kind) {
    case 'root':
    case 'issuer':
      return row(test.kind, test.sha256)
    case 'certificate':
    case 'key':
      return row(test.kind, test.sha256.join(' '))
    case 'subject':
      return row('subject', test.name)
    case 'spiffe':
      return row('spiffe', test.id)
    case 'serial':
      return row('serial', test.numbers.join(' '))
    case 'purpose':
    case 'policy':
      return row(test.kind, test.oid)
    case 'user':
      return row(USERS[test.by], test.name)
    case 'address':
      return row(test.of === 'connection' ? 'address' : 'forwarded', test.ranges.join(' '))
    case 'san':
      return test.match === 'exact'
        ? row(FORMS[test.form], test.value)
        : test.form === 'DNS' || test.form === 'RFC822'
          ? row(test.form === 'DNS' ? 'dns-within' : 'email-within', test.value)
          : null
  }
}
