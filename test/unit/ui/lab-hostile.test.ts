import { expect, test } from 'vitest'
import '../../support/lab/english.ts'
import type { RefusalView } from '../../../src/border/protocol/lab.ts'
import {
  refusalFixes,
  refusalHeadline,
  refusalSentences,
  safeName,
} from '../../../src/ui/lab/refusal-text.ts'
import { faultSentence } from '../../../src/ui/lab/fault-text.ts'
import { isQuotable, UNSEEN } from '../../../src/plain-text.ts'

// What a stranger has written into a certificate or a header stands in the lab's sentences.

const NAME = `evil\u202E\u0000\u001B[2J\n${'x'.repeat(5_000)}`
const AT = new Date('2026-11-30T12:00:00Z')
const CODES = ['issuer-missing', 'anchor-missing', 'not-yet-valid', 'expired'] as const

const DETAIL = {
  ...{ issuer: NAME, subject: NAME, keyIdentifier: null, addresses: [], namesakes: 0 },
  ...{ notAfter: AT, notBefore: AT, at: AT },
}

const refusal = (code: (typeof CODES)[number]): RefusalView => ({
  why: 'chain',
  findings: [
    {
      finding: { code, detail: DETAIL as never },
      name: NAME,
      issuer: NAME,
      isTarget: true,
    },
  ],
})

test.each(CODES)('%s: names in it are spelled out and cut', (code) => {
  const texts = [
    ...refusalSentences(refusal(code), 'server'),
    ...refusalFixes(refusal(code)),
    refusalHeadline(refusal(code), 'server', AT, AT) ?? '',
    safeName(NAME),
  ]
  expect(texts.join('')).toContain('evil‹U+202E›‹U+0000›')
  for (const text of texts) {
    expect(text).not.toMatch(UNSEEN)
    expect(text.length).toBeLessThan(2_100)
  }
})

test('so is what was pasted', () => {
  const sentence = faultSentence({ code: 'header-repeated', detail: { offset: 0, name: NAME } })
  expect(sentence).not.toMatch(UNSEEN)
  expect(sentence.length).toBeLessThan(2_100)
})

test('the value of a header is copied only if a shell takes it as it is seen', () => {
  const envoy = 'Hash=ab;Cert="-----BEGIN%20CERTIFICATE-----%0A";Subject="CN=a,O=b"'
  expect(isQuotable(envoy)).toBe(true)
  expect(isQuotable(':MIIB+/=:')).toBe(true)
  for (const value of ['CN=$(id)', 'CN=`id`', "CN='; id #", 'CN=a\\', 'CN=!1', 'CN=\u202Ea', 'CN=a\nid'])
    expect(isQuotable(value), value).toBe(false)
})
