import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { faultyNames } from '../../../src/ca/faulty-names.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { parseRequest } from '../../../src/x509/request.ts'

/** As the reader returns it: each octet as one character. */
const octets = (kind: 'dNSName' | 'rfc822Name' | 'uniformResourceIdentifier', text: string): GeneralName => ({
  kind,
  value: String.fromCharCode(...new TextEncoder().encode(text)),
})
const insteadOf = (kind: 'dNSName' | 'rfc822Name', text: string): string | null => {
  const [only] = faultyNames([octets(kind, text)])
  return only?.instead ? `${only.instead.form} ${only.instead.value}` : null
}

test('the request of OpenSSL', () => {
  const [, body = ''] = /-----BEGIN[^-]+-----([^-]+)/.exec(
    readFileSync(new URL('../../fixtures/requests/csr-openssl-idn.pem', import.meta.url), 'latin1'),
  )!
  const { subjectAltName } = parseRequest(new Uint8Array(Buffer.from(body, 'base64')))
  expect(faultyNames(subjectAltName)).toEqual([
    {
      place: 0,
      kind: 'dNSName',
      text: 'münchen.example',
      instead: { kind: 'dNSName', value: 'xn--mnchen-3ya.example', form: 'a-label' },
    },
    {
      place: 1,
      kind: 'rfc822Name',
      text: 'jörg@example.com',
      instead: { kind: 'rfc822Name', value: 'jörg@example.com', form: 'smtpUTF8Mailbox' },
    },
  ])
})

test.each([
  ['dNSName', 'MÜNCHEN.example', 'a-label xn--mnchen-3ya.example'],
  ['dNSName', '*.münchen.example', 'a-label *.xn--mnchen-3ya.example'],
  ['dNSName', 'straße.example', 'a-label xn--strae-oqa.example'],
  ['dNSName', 'пример.испытание', 'a-label xn--e1afmkfd.xn--80akhbyknj4f'],
  ['dNSName', '例え.テスト', 'a-label xn--r8jz45g.xn--zckzah'],
  // A decomposed letter is the same letter.
  ['dNSName', 'mu\u0308nchen.example', 'a-label xn--mnchen-3ya.example'],
  ['rfc822Name', 'info@münchen.example', 'a-label info@xn--mnchen-3ya.example'],
  ['rfc822Name', 'jörg@münchen.example', 'smtpUTF8Mailbox jörg@xn--mnchen-3ya.example'],
] as const)('%s %s: %s is offered', (kind, text, offered) => {
  expect(insteadOf(kind, text)).toBe(offered)
})

describe('nothing is offered', () => {
  test.each([
    // Characters that the mapping changes or drops.
    ['dNSName', 'm¼nchen.example'],
    ['dNSName', 'ﬁle.example'],
    ['dNSName', 'ｅxample.example'],
    ['dNSName', 'mün\u00adchen.example'],
    ['dNSName', 'mün\u200bchen.example'],
    ['dNSName', 'münchen。example'],
    ['dNSName', 'münchen .example'],
    ['dNSName', 'münchen.example.'],
    ['dNSName', 'münchen..example'],
    ['dNSName', 'http://münchen.example/'],
    ['dNSName', 'münchen.example:443'],
    ['dNSName', `${'ü'.repeat(63)}.example`],
    // UTF-8 that was read as Latin-1 and encoded as UTF-8 again.
    ['dNSName', 'mÃ¼nchen.example'],
    ['rfc822Name', 'jo\u0308rg@example.com'],
    ['rfc822Name', 'jörg'],
    ['rfc822Name', 'jörg@'],
    ['rfc822Name', '@münchen.example'],
    ['rfc822Name', 'jörg x@example.com'],
    ['rfc822Name', 'Jörg <jörg@example.com>'],
    ['rfc822Name', '"a b"@münchen.example'],
    ['rfc822Name', 'jö\u202erg@example.com'],
    ['rfc822Name', 'jörg@example.com@m¼nchen.example'],
  ] as const)('for %s %j', (kind, text) => {
    expect(faultyNames([octets(kind, text)])).toMatchObject([{ kind, text, instead: null }])
  })

  test('for octets that are no UTF-8, and for addresses', () => {
    expect(faultyNames([{ kind: 'dNSName', value: 'm\u00fcnchen.example' }])).toMatchObject([
      { text: 'm\u00fcnchen.example', instead: null },
    ])
    expect(faultyNames([octets('uniformResourceIdentifier', 'https://münchen.example/')])).toMatchObject([
      { text: 'https://münchen.example/', instead: null },
    ])
  })
})

test('what is ASCII, and what is no IA5String, is no matter of it', () => {
  const names: GeneralName[] = [
    { kind: 'dNSName', value: 'xn--mnchen-3ya.example' },
    { kind: 'iPAddress', octets: Uint8Array.of(200, 200, 200, 200) },
    { kind: 'registeredID', oid: '1.2.3' },
  ]
  expect(faultyNames(names)).toEqual([])
  expect(faultyNames(null)).toEqual([])
  expect(faultyNames([...names, octets('dNSName', 'ü.example')])).toMatchObject([{ place: 3 }])
})
