import '../../support/english.ts'
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FINDINGS } from '../../../src/findings.ts'
import type { Finding, FindingCode } from '../../../src/findings.ts'
import { lint } from '../../../src/lint/lint.ts'
import { RFC5280_RULES } from '../../../src/lint/rfc5280/index.ts'
import type { ListedRule } from '../../../src/lint/rule.ts'
import { TRAP_RULES } from '../../../src/lint/traps/index.ts'
import { findingSentence } from '../../../src/messages/messages.ts'
import { exampleSubjects } from '../../support/examples.ts'
import { contextOf, draw, ISSUER, permitted, uri } from './draw.ts'
import type { Drawing } from './draw.ts'
import { RFC5280_FAILS, RFC5280_PASSES } from './rfc5280-cases.ts'
import type { Cases } from './rfc5280-cases.ts'
import { TRAP_FAILS, TRAP_PASSES } from './trap-cases.ts'

const SETS: [string, readonly ListedRule[], passes: Cases, fails: Cases][] = [
  ['rfc5280', RFC5280_RULES, RFC5280_PASSES, RFC5280_FAILS],
  ['traps', TRAP_RULES, TRAP_PASSES, TRAP_FAILS],
]

/** The rule's finding on its example, which the page shows too. */
const saidOfExample = async (rule: ListedRule): Promise<Finding[]> =>
  (await exampleSubjects(rule.code)).flatMap(({ certificate, issuer, place }) =>
    lint(certificate, [rule], { place, issuer, issuedAt: certificate.notBefore }),
  )

describe.each(SETS)('lint/%s', (folder, rules, passes, fails) => {
  test('there is one file a rule, named by its code, and a certificate that passes for each', () => {
    const codes = rules.map(({ code }) => code).sort()
    const files = readdirSync(`src/lint/${folder}`).flatMap((file) =>
      file === 'index.ts' ? [] : [file.replace(/\.ts$/, '')],
    )
    expect(files.sort()).toEqual(codes)
    expect(Object.keys(passes).sort()).toEqual(codes)
    expect(Object.keys(fails).filter((code) => !codes.includes(code as FindingCode))).toEqual([])
  })

  test.each(rules.map((rule) => [rule.code, FINDINGS[rule.code].section, rule] as const))(
    '%s is found, and not on the nearest certificate without it (%s)',
    async (code, _section, rule) => {
      const [passing, failing] = [passes[code]!, fails[code]]
      const said = [await saidOfExample(rule)]
      if (failing) said.push(lint(draw(failing), [rule], contextOf(failing)))
      // One has no example: it is about certificates that are being issued.
      for (const found of code === 'validity-backdated' ? said.slice(1) : said) {
        expect(found.map((finding) => finding.code)).toEqual(found.map(() => code))
        expect(found.length).toBeGreaterThan(0)
        expect(findingSentence(found[0]!, 'This one')).toMatch(/^This one: .*\.$/s)
      }
      expect(lint(draw(passing), [rule], contextOf(passing))).toEqual([])
    },
  )
})

test('an ordinary root, CA and server certificate have nothing against them', () => {
  for (const drawing of [ISSUER, { kind: 'ca', by: ISSUER }, { by: ISSUER }] as const)
    expect(lint(draw(drawing), [...RFC5280_RULES, ...TRAP_RULES], contextOf(drawing))).toEqual([])
})

const codesOf = (drawing: Drawing): string[] =>
  lint(draw(drawing), [...RFC5280_RULES, ...TRAP_RULES], contextOf(drawing)).map(({ code }) => code)

test('a URI constraint is a fully qualified host, or a domain behind a dot', () => {
  const constrained = (name: string): string[] =>
    codesOf({ kind: 'ca', by: ISSUER, extensions: { nameConstraints: permitted(...uri(name)) } })
  expect(constrained('example')).toContain('name-constraints-name-malformed')
  for (const name of ['host.example', '.example', '', 'invalid'])
    expect(constrained(name)).not.toContain('name-constraints-name-malformed')
})

test('the name of an issuer that is not at hand is looked at as the subject is', () => {
  const issuer = [[{ oid: '2.5.4.6', text: 'uk' }], [{ oid: '2.5.4.3', text: 'Example CA ' }]]
  expect(codesOf({ issuer })).toEqual(expect.arrayContaining(['name-outer-space', 'country-not-iso']))
})

test.each([
  ['M\u00c3\u00bcller', 'encoding'],
  ['Caf\ufffd', 'encoding'],
  ['It\u00e2\u20ac\u2122s', 'encoding'],
  ['caf&eacute;', 'entity'],
  ['A &#38; B', 'entity'],
  ['-', 'filler'],
  ['N/A', 'filler'],
  ['Some-State', 'filler'],
  ['M\u00fcller & S\u00f6hne', null],
  ['\u00c9cole & \u00c2ge; \u00c5rhus', null],
  ['\u6771\u4eac', null],
  ['Nullarbor', null],
])('an organization that reads %j is garbled: %s', (text, fault) => {
  const subject = [[{ oid: '2.5.4.10', text }], [{ oid: '2.5.4.3', text: 'example.com' }]]
  const said = lint(draw({ subject }), TRAP_RULES, contextOf({})).filter(
    ({ code }) => code === 'name-garbled',
  )
  expect(said.map(({ detail }) => detail)).toEqual(fault === null ? [] : [{ oid: '2.5.4.10', text, fault }])
})

test('a subject of two countries, or with a value twice, repeats an attribute; two units or domains do not', () => {
  const named = (...all: [oid: string, text: string][]): string[] =>
    codesOf({ subject: all.map(([oid, text]) => [{ oid, text }]) })
  const [C, OU, DC] = ['2.5.4.6', '2.5.4.11', '0.9.2342.19200300.100.1.25']
  for (const twice of [
    [C, 'DE', C, 'IT'],
    [C, 'DE', C, 'DE'],
    [OU, 'A', OU, 'A'],
  ] as const)
    expect(named([twice[0], twice[1]], [twice[2], twice[3]])).toContain('name-attribute-repeated')
  for (const once of [
    [OU, 'A', OU, 'B'],
    [DC, 'a', DC, 'a'],
    [OU, 'A', '2.5.4.10', 'A'],
  ] as const)
    expect(named([once[0], once[1]], [once[2], once[3]])).not.toContain('name-attribute-repeated')
})
