import { expect, test } from 'vitest'
import { lint } from '../../../src/lint/lint.ts'
import { listed } from '../../../src/lint/rule.ts'
import { explicitTextType } from '../../../src/lint/rfc5280/explicit-text-type.ts'
import { nameHiddenCharacters } from '../../../src/lint/traps/name-hidden-characters.ts'
import { nameOuterSpace } from '../../../src/lint/traps/name-outer-space.ts'
import { ATTRIBUTE_OIDS, EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import * as d from './draw.ts'
import type { Drawing } from './draw.ts'

const RULES = listed([nameHiddenCharacters, nameOuterSpace])
const found = (drawing: Drawing) =>
  lint(d.draw(drawing), RULES, d.contextOf(drawing)).map(({ code, detail }) => [code, detail])
const hidden = (oid: string, codePoint: number) => ['name-hidden-characters', { oid, codePoint }]
const UPN = '1.3.6.1.4.1.311.20.2.3'

test('the issuer’s name is looked at too, but where it is copied from the certificate above, which answers for it', () => {
  const issuer = [d.CN('Exam\u200bple ')]
  expect(found({ issuer })).toEqual([
    hidden(ATTRIBUTE_OIDS.CN, 0x200b),
    ['name-outer-space', { oid: ATTRIBUTE_OIDS.CN }],
  ])
  expect(found({ issuer, by: { ...d.ISSUER, subject: issuer } })).toEqual([])
})

test.each(['subjectAltName', 'issuerAltName'] as const)(
  'so are directory names and other names in %s',
  (where) => {
    const value = d.text('ada\u202e@example.com')
    const extensions = {
      [where]: [d.directory(d.CN('\u00a0Ada')), { kind: 'otherName', typeId: UPN, value } as const],
    }
    expect(found({ extensions })).toEqual([
      hidden(ATTRIBUTE_OIDS.CN, 0xa0),
      hidden(UPN, 0x202e),
      ['name-outer-space', { oid: ATTRIBUTE_OIDS.CN }],
    ])
  },
)

test.each([0x2800, 0xffff, 0x1fffe])('U+%i is drawn as nothing', (codePoint) => {
  const subject = [d.CN(`a${String.fromCodePoint(codePoint)}`)]
  expect(found({ subject })).toEqual([hidden(ATTRIBUTE_OIDS.CN, codePoint)])
})

test('an other name that is no text, or whose octets break it, is passed over', () => {
  for (const value of [Uint8Array.of(0x0c, 2, 0xff, 0xff), Uint8Array.of(0x04, 1, 0x0a)])
    expect(found({ extensions: { subjectAltName: [{ kind: 'otherName', typeId: UPN, value }] } })).toEqual([])
})

test('so are notices, whose control characters another rule speaks of', () => {
  const notice = (text: string): Drawing => ({
    extensions: { certificatePolicies: [d.policy('1.2.3', d.notice(d.text(text)))] },
  })
  expect(found(notice('a\u2028b'))).toEqual([hidden(EXTENSION_OIDS.certificatePolicies, 0x2028)])
  expect(found(notice('a\u0007b'))).toEqual([])
})

test.each([
  ['UTF8String', 0x0c, true],
  ['BMPString', 0x1e, true],
  ['UTF8String of UTF-8', 0x0c, false],
])('a notice whose octets are not those of its %s is of no allowed type', (_, tag, isBroken) => {
  const value = isBroken ? Uint8Array.of(tag, 1, 0xff) : Uint8Array.of(tag, 2, 0xc3, 0xbc)
  const drawing = { extensions: { certificatePolicies: [d.policy('1.2.3', d.notice(value))] } }
  const codes = lint(d.draw(drawing), listed([explicitTextType]), d.contextOf(drawing)).map(
    ({ code }) => code,
  )
  expect(codes).toEqual(isBroken ? ['explicit-text-type'] : [])
})
