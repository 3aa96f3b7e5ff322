import { expect, test } from 'vitest'
import { FINDINGS } from '../../../src/findings.ts'
import { RFC5280_RULES } from '../../../src/lint/rfc5280/index.ts'
import { RFC5280_SECTION_4 } from '../../fixtures/rfc5280-section-4.ts'

const RULE_CODES = new Set<string>(RFC5280_RULES.map(({ code }) => code))
const answered = RFC5280_SECTION_4.flatMap(({ met }) => ('finding' in met ? [met.finding] : []))

test('no demand of RFC 5280 §4 stands twice in the list', () => {
  const lines = RFC5280_SECTION_4.map(({ section, demand }) => `§${section} ${demand}`)
  expect(new Set(lines).size).toBe(lines.length)
})

test('every demand is answered by a rule, by the reader, or by a reason', () => {
  const open = RFC5280_SECTION_4.filter(({ met }) =>
    'finding' in met ? !(met.finding in FINDINGS) : 'undecided' in met && met.undecided.length < 10,
  )
  expect(open).toEqual([])
  // The codec reports these while parsing; all others have a file in lint/rfc5280/.
  expect([...new Set(answered.filter((code) => !RULE_CODES.has(code)))].sort()).toEqual([
    'der-default-encoded',
    'der-named-bits-trailing-zeros',
    'der-set-order',
    'extension-repeated',
    'extension-unreadable',
    'rdn-empty',
    'string-type-broken',
  ])
})

test('every rule that makes an error answers a demand of §4, or of the standard it names', () => {
  const unasked = RFC5280_RULES.filter(
    ({ code }) => FINDINGS[code].severity === 'error' && !answered.includes(code),
  ).map(({ code }) => code)
  expect(unasked).toEqual([])
})

test('the counts are those that the list had when it was last read against the RFC', () => {
  const count = (kind: string) => RFC5280_SECTION_4.filter(({ met }) => kind in met).length
  expect({ finding: count('finding'), error: count('error'), undecided: count('undecided') }).toEqual({
    finding: 106,
    error: 6,
    undecided: 36,
  })
})
