import { describe, expect, test } from 'vitest'
import type { Rule } from '../../../src/mtls/rules/rule.ts'
import { readRule } from '../../../src/mtls/rules/rule-file.ts'
import { ROW_KINDS, rowsOf, ruleOf, type RowKind } from '../../../src/state/lab/rule-rows.ts'

const HASH = 'ab'.repeat(32)
/** A value of each kind of condition that is read, and one that is not. */
const VALUES: Readonly<Record<RowKind, readonly [good: string, bad: string]>> = {
  issuer: [HASH, 'ab'],
  root: [HASH, ''],
  dns: ['api.example.com', 'a b'],
  'dns-within': ['example.com', ''],
  ip: ['192.0.2.1', '192.0.2'],
  email: ['ada@example.com', 'ada'],
  'email-within': ['example.com', '@@'],
  uri: ['https://example.com/x', 'no uri'],
  upn: ['ada@example.com', ''],
  spiffe: ['spiffe://example.org/web', 'spiffe://'],
  subject: ['CN=Ada,O=Example', 'Ada'],
  certificate: [`${HASH} ${'cd'.repeat(32)}`, 'xy'],
  key: [HASH, ''],
  serial: ['01ff 0a', 'zz'],
  purpose: ['1.3.6.1.5.5.7.3.2', 'clientAuth'],
  policy: ['2.23.140.1.2.1', '9.9'],
  'user-email': ['ada@example.com', 'ada'],
  'user-upn': ['ada@example.com', ''],
  'user-name': ['Ada', ''],
  address: ['192.0.2.0/24 2001:db8::/32', '192.0.2.0/33'],
  forwarded: ['192.0.2.7', 'here'],
}

describe.each(ROW_KINDS)('a condition of the kind %s', (kind) => {
  const [good, bad] = VALUES[kind]

  test('is read, and becomes the same condition again, negated too', () => {
    for (const not of [false, true]) {
      const rows = [{ not, kind, value: good }]
      const read = readRule(JSON.stringify(ruleOf({ combine: 'any', rows })))
      expect(read).toHaveProperty('rule')
      expect(rowsOf((read as { rule: Rule }).rule)).toEqual({ combine: 'any', rows })
    }
  })

  test('is refused at its place, beside one that is read', () => {
    const fine = { not: false, kind: 'dns' as const, value: 'api.example.com' }
    const read = readRule(
      JSON.stringify(ruleOf({ combine: 'all', rows: [fine, { not: false, kind, value: bad }] })),
    )
    const faults = 'faults' in read ? read.faults : []
    expect(faults.length).toBeGreaterThan(0)
    for (const { path } of faults) expect(path).toMatch(/^of\[1\]/)
  })
})

test('what is nested deeper is no list of conditions', () => {
  const dns = { kind: 'san', form: 'DNS', match: 'exact', value: 'a.example' } as const
  const deep: readonly Rule[] = [
    { kind: 'all', of: [{ kind: 'any', of: [dns] }] },
    { kind: 'not', of: { kind: 'not', of: dns } },
    { kind: 'not', of: { kind: 'any', of: [dns] } },
    { kind: 'san', form: 'URI', match: 'suffix', value: 'https://example.com/' },
  ]
  for (const rule of deep) expect(rowsOf(rule)).toBeNull()
  expect(rowsOf(null)).toEqual({ combine: 'all', rows: [] })
})

test('text that is no rule has one fault with its line', () => {
  const codes = (text: string) => {
    const read = readRule(text)
    return 'faults' in read ? read.faults.map(({ code, line }) => [code, line]) : read
  }
  expect(codes('')).toEqual([['scenario-not-json', 1]])
  expect(codes('{\n"kind": "all",\n"of": []}')).toEqual([['scenario-empty', 3]])
  expect(codes('[]')).toEqual([['scenario-type', 1]])
  expect(codes('{"kind":"root"}')).toEqual([['scenario-key-missing', 1]])
  expect(codes(`"${'x'.repeat(200_001)}"`)).toEqual([['scenario-too-large', null]])
})
