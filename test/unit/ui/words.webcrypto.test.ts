import '../../support/english.ts'
import { expect, test } from 'vitest'
import { FINDINGS, type FindingCode } from '../../../src/findings.ts'
import { findingFix, findingSentence, messages } from '../../../src/messages/messages.ts'
import { faults, refusals } from '../../../src/messages/verdict-text.ts'
import { exampleCodes, ruleExample } from '../../../src/services/validate/rule-examples.ts'
import type { ValidatedCertificate, ReportView } from '../../../src/border/protocol/validate.ts'
import { oidName } from '../../../src/x509/oids.ts'

// The words of every finding, compared with the data of its own example.

const CODES = Object.keys(FINDINGS) as FindingCode[]

test('every code has what to do about it, or why there is nothing to do', () => {
  expect(CODES.filter((code) => !(code in messages().fixes))).toEqual([])
})

/** Arcs whose identifiers have common names. */
const KNOWN =
  /^(?:1\.2\.840\.(?:10045|113549)|1\.3\.(?:101|132)|1\.3\.6\.1\.5\.5\.7|2\.5\.(?:4|29)|2\.16\.840\.1\.101\.3\.4|2\.23\.140)\./
/** Identifiers that have a name but are written as numbers all the same. */
const unnamed = (text: string): string[] =>
  (text.match(/\b[0-2](?:\.\d+){3,}\b/g) ?? []).filter((oid) => KNOWN.test(oid) || oidName(oid) !== null)
/** Codes as written in the sources. */
const codesIn = (text: string): string[] =>
  CODES.filter((code) => code.includes('-') && text.split(/[\s,;:()“”"]+/).includes(code))

test.each(exampleCodes())('%s is said in words, and so is what to do', async (code) => {
  const { report } = await ruleExample(code)
  const { certificates } = report!.paths[report!.best]!
  const found = certificates.flatMap(({ name, rows }) =>
    rows.flatMap(({ findings, sources = [] }) =>
      [...findings, ...sources.flatMap((each) => each.findings)].map((finding) => ({ finding, name })),
    ),
  )
  for (const { finding, name } of found) {
    const sentence = findingSentence(finding, name)
    const fix = findingFix(finding, name) ?? ''
    for (const text of [sentence, fix]) {
      expect(text).toMatch(/^[\p{L}\p{N}“"].*[.!?”]$/su)
      expect(text).not.toMatch(/undefined|\[object|\bnull\b/)
      expect(unnamed(text)).toEqual([])
      expect(codesIn(text)).toEqual([])
    }
    expect(fix).not.toBe(sentence)
  }
})

test('many findings of one code are one line, and are counted', () => {
  const named = (oid: string) => ({ code: 'name-attribute-type', detail: { oid, expected: 'UTF8String' } })
  const findings = ['2.5.4.3', '2.5.4.10', '2.5.4.11'].map(named)
  const examined = { name: 'a.example', refusals: findings, faults: findings, rows: [] }
  const report = {
    best: 0,
    paths: [{ certificates: [examined as unknown as ValidatedCertificate] }],
  } as unknown as ReportView
  for (const lines of [refusals(report), faults(report)]) {
    expect(lines.map(({ count }) => count)).toEqual([3])
    expect(lines[0]!.sentence).toMatch(/ And 2 more of this kind\.$/)
  }
})
