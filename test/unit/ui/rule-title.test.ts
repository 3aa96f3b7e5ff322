import { expect, test } from 'vitest'
import { CODES_BY_TABLE, FINDINGS } from '../../../src/findings.ts'
import { en } from '../../../src/messages/en.ts'
import { days } from '../../../src/messages/en/format.ts'
import { ruleTitle } from '../../../src/messages/en/rule-title.ts'

test('every rule has a title in words, each its own, and none is the code', () => {
  const codes = Object.keys(FINDINGS)
  const titles = codes.map(ruleTitle)
  expect(new Set(titles).size).toBe(codes.length)
  for (const title of titles) expect(title).toMatch(/^[A-Z][^_]*$/)
  expect(titles.filter((title) => codes.includes(title))).toEqual([])
})

test('the chapter of the Baseline Requirements says their name once, in its own title', () => {
  const { chapters, titleInChapter } = en.ui.validate.rule
  const titles = CODES_BY_TABLE.webpki.map(titleInChapter)
  expect(chapters.webpki).toContain('Baseline Requirements')
  expect(titles.filter((title) => title.includes('Baseline Requirements'))).toEqual([])
  expect(new Set(titles).size).toBe(titles.length)
})

test.each([
  ['expired', 'Expired certificate'],
  ['revoked', 'Revoked certificate'],
  ['aki-missing', 'Authority key identifier missing'],
  ['path-len-without-ca', 'Path length without CA'],
  ['constructor', 'Constructor'],
])('%s is called %s', (code, title) => {
  expect(ruleTitle(code)).toBe(title)
})

test('a span within one day is one day', () => {
  const from = new Date('2027-02-26T01:00:00Z')
  expect(days(from, new Date('2027-02-26T23:00:00Z'))).toBe('2027-02-26')
  expect(days(from, new Date('2027-02-27T00:00:00Z'))).toBe('2027-02-26 to 2027-02-27')
})
