import { expect, test } from 'vitest'
import { FINDINGS } from '../../../src/findings.ts'
import { why } from '../../../src/messages/en/why.ts'
import { besideRule, chaptersOfRules, searchRules } from '../../../src/ui/validate/rule-book.ts'
import '../../support/english.ts'

// The rules as a book: each is in one chapter, and the next and the one before are beside it.

const order = [...chaptersOfRules().values()].flat()

test('every rule is in one chapter, once', () => {
  expect([...order].sort()).toEqual(Object.keys(FINDINGS).sort())
  expect(chaptersOfRules().get('identifiers')).toContain('ski-missing')
  expect(chaptersOfRules().get('identifiers')).toContain('key-usage-enciphers-in-ca')
  expect(chaptersOfRules().get('fields')).toContain('serial-zero')
})

test('turned from the first on, every rule is met once, and back again', () => {
  const met = [order[0]!]
  for (let next = besideRule(met[0]!).after; next !== null; next = besideRule(next).after) {
    expect(besideRule(next).before).toBe(met.at(-1))
    met.push(next)
  }
  expect(met).toEqual(order)
  expect(besideRule('no-rule')).toEqual({ before: null, after: null })
})

test.each([
  ['expired', 'expired'],
  ['SERIAL zero', 'serial-zero'],
  ['§4.2.1.9 path length', 'path-len-without-ca'],
  ['ROCA', 'rsa-weak-generator'],
])('"%s" finds %s', (text, code) => {
  expect([...searchRules(text, why).values()].flat()).toContain(code)
})

test('why a rule exists is said in one or two short sentences of its own', () => {
  const reasons = Object.values(why)
  const isShort = (reason: string): boolean =>
    /^[\p{Lu}“].*\.$/u.test(reason) && reason.length <= 220 && reason.match(/[.?!](?= |$)/g)!.length <= 2
  expect(reasons.filter((reason) => !isShort(reason))).toEqual([])
  expect(new Set(reasons).size).toBe(reasons.length)
})

test('words that are in no rule find none; no words find all', () => {
  expect(searchRules('qwertz', why).size).toBe(0)
  expect([...searchRules(' ', why).values()].flat()).toEqual(order)
})
