import '../../support/english.ts'
import { expect, test } from 'vitest'
import { FINDINGS } from '../../../src/findings.ts'
import { messages } from '../../../src/messages/messages.ts'
import { isNoted, outcomeOf, valueText } from '../../../src/messages/rule-text.ts'
import { headline } from '../../../src/messages/verdict-text.ts'
import type { ValidateAnswer } from '../../../src/border/protocol/validate.ts'
import { AT, drawKey, endEntity, intermediate, pem, root } from '../../support/chain.ts'
import { examined } from '../../support/examined.ts'

// The text above a verdict and the text next to its rules do not contradict each other.

const file = (text: string) => ({ name: 'chain.pem', bytes: new TextEncoder().encode(text) })
const answerOn = async (text: string): Promise<ValidateAnswer> => {
  const { answer } = await examined([file(text)], { at: AT })
  if (answer === null) throw new Error('nothing was validated')
  return answer
}

test('who refuses it by what is published stands beside those that were run, marked as not seen', async () => {
  const top = await root()
  const answer = await answerOn(pem(await endEntity(top, { key: await drawKey('ed25519') }), top))
  const refusing = answer.others.filter(({ verdict }) => verdict === 'refuses')
  expect(answer.refusedBy).toEqual(
    refusing.filter(({ basis }) => basis === 'measured').map(({ program }) => program),
  )
  expect([...answer.refusedBy, ...answer.saidToRefuse]).toEqual(refusing.map(({ program }) => program))
  expect(headline(answer)).toMatch(
    /^Valid, but NSS refuses it\. Also refused by Chrome, Android[^.]*, as published; not seen here\. /,
  )
})

test('a valid chain that only published programs refuse says so, and stays valid', async () => {
  const day = 86_400_000
  const top = await root()
  const lifetime = { notBefore: new Date(AT.getTime() - day), notAfter: new Date(AT.getTime() + 1000 * day) }
  const answer = await answerOn(pem(await endEntity(top, lifetime), top))
  expect([answer.verdict, answer.refusedBy, answer.saidToRefuse]).toEqual(['valid', [], ['apple']])
  expect(headline(answer)).toMatch(/^Valid\. .+ Refused by Apple, as published; not seen here\.$/)
})

test('a fault of form in an anchor is noted, and does not fail under “Valid”', async () => {
  const top = await root({ extensions: { keyUsage: null } })
  const ca = await intermediate(top)
  const answer = await answerOn(pem(await endEntity(ca), ca, top))
  expect(answer.verdict).toBe('valid')
  const { certificates } = answer.report.paths[answer.report.best]!
  const outcomes = (i: number): Set<string> =>
    new Set(certificates[i]!.rows.map((row) => outcomeOf(row, certificates[i]!)))
  expect(certificates[0]!.place).toBe('anchor')
  expect(certificates[0]!.rows.filter((row) => isNoted(row, certificates[0]!))).not.toEqual([])
  const steps = certificates.flatMap(({ rows }) => rows.map(({ step }) => step))
  expect(steps.filter((step) => !(step in FINDINGS) && !(step in messages().ui.validate.steps))).toEqual([])
  for (const i of certificates.keys()) expect([...outcomes(i)]).not.toContain('failed')
  expect(messages().ui.validate.rules({ held: 30, failed: 0, noted: 1, skipped: 70 })).toBe(
    '30 held, 0 failed, 1 noted, 70 did not apply',
  )
})

test('the extensions a rule looked at go by their names; one that has none is unknown, with its number', () => {
  const row = {
    step: 'reject-unknown-critical-extensions',
    detail: ['2.5.29.19', '1.2.3.4.5'],
  } as unknown as Parameters<typeof valueText>[0]
  expect(valueText(row)).toBe('basicConstraints, unknown (1.2.3.4.5)')
})
