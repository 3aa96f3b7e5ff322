import '../../support/english.ts'
import { describe, expect, test } from 'vitest'
import { FINDINGS } from '../../../src/findings.ts'
import { messages } from '../../../src/messages/messages.ts'
import { isNoted, outcomeOf, valueText } from '../../../src/messages/rule-text.ts'
import { answered, headline } from '../../../src/messages/verdict-text.ts'
import { ticketText } from '../../../src/paper/ticket.ts'
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

test('a long name does not take the headline: it is cut there, and whole in the sentence', async () => {
  const name = 'A name that somebody wrote out to its very last letter and then once more. '.repeat(2).trim()
  const top = await root()
  const ca = await intermediate(top, { subject: `CN="${name}"` })
  const chains = [pem(await endEntity(ca), ca, top), pem(await endEntity(ca), top)]
  for (const chain of chains) {
    const answer = await answerOn(chain)
    const { title, line } = answered(answer, AT)
    expect(title).toMatch(/A name that somebody wrote out .{10,30}…/)
    expect(title.length).toBeLessThan(140)
    expect(line).toContain(name)
  }
})

describe('the headline is the fault in the reader’s own terms', () => {
  const DAY = 86_400_000
  const told = async (text: string, options: object = {}) => {
    const { answer } = await examined([file(text)], { at: AT, ...options })
    if (answer === null) throw new Error('nothing was validated')
    const { title, first } = answered(answer, AT)
    return { title, first: first?.code, fixes: answer.fixes.map(({ kind, code }) => `${kind} for ${code}`) }
  }

  test('a server that leaves out an intermediate; alone, nobody is said to have left it out', async () => {
    const top = await root()
    const ca = await intermediate(top, { subject: 'CN=Issuing CA G2,O=Acme' })
    const target = await endEntity(ca)
    expect(await told(pem(target, top))).toEqual({
      title: 'The server leaves out Issuing CA G2',
      first: 'issuer-missing',
      fixes: ['add-issuer for issuer-missing'],
    })
    expect((await told(pem(target))).title).toBe('The certificate of Issuing CA G2 is missing')
    const { answer } = await examined([file(pem(target, top))], { at: AT })
    const reasons = answer!.others.flatMap((other) => other.reasons.map(({ code }) => code))
    expect(reasons).not.toContain('anchor-not-a-ca')
  })

  test('how long ago it expired, before what is not trusted; a CA is called by its name', async () => {
    const top = await root()
    const old = { notBefore: new Date(AT.getTime() - 178 * DAY), notAfter: new Date(AT.getTime() - 88 * DAY) }
    const ca = await intermediate(top)
    expect(await told(pem(await endEntity(ca, old), ca, top))).toMatchObject({
      title: 'Expired 88 days ago',
      first: 'expired',
    })
    const ended = await intermediate(top, { ...old, subject: 'CN=Old CA' })
    expect((await told(pem(await endEntity(ended), ended, top))).title).toBe('Old CA expired 88 days ago')
  })

  test('another name', async () => {
    const top = await root()
    const ca = await intermediate(top)
    const text = pem(await endEntity(ca), ca, top)
    const peerNames = [{ kind: 'DNS', value: 'api.acme.test' }]
    expect((await told(text, { peerNames })).title).toBe('For example.com, not for api.acme.test')
  })

  test('as of another day, what expired is measured from that day', async () => {
    const top = await root()
    const at = new Date(AT.getTime() + 4000 * DAY)
    const { answer } = await examined([file(pem(await endEntity(top), top))], { at })
    expect(answered(answer!, AT).title).toMatch(/^Expired .* before \d{4}-\d\d-\d\d$/)
  })

  test('the wrong order is part of the headline of a valid chain', async () => {
    const top = await root()
    const ca = await intermediate(top)
    const { answer } = await examined([file(pem(top, ca, await endEntity(ca)))], { at: AT })
    expect([answer!.order.asSent, answered(answer!, AT).title]).toEqual([false, 'Sent in the wrong order'])
  })

  test('it comes before faults of form, and with what is missing above the chain', async () => {
    const top = await root({ subject: 'CN=Acme Root' })
    const ca = await intermediate(top)
    const odd = await endEntity(ca, { key: await drawKey('ed25519') })
    expect((await told(pem(top, ca, odd))).title).toBe('Sent in the wrong order')
    expect((await told(pem(ca, await endEntity(ca)))).title).toBe(
      'Sent in the wrong order. The certificate of Acme Root is missing',
    )
    const old = { notBefore: new Date(AT.getTime() - 178 * DAY), notAfter: new Date(AT.getTime() - 88 * DAY) }
    expect((await told(pem(ca, await endEntity(ca, old)))).title).toBe('Expired 88 days ago')
  })
})

test('the answer as text for a ticket: the fault, its fix, what was asked, the chain with its gap, the programs', async () => {
  const top = await root()
  const ca = await intermediate(top, { subject: 'CN=Issuing CA G2' })
  const { answer } = await examined([file(pem(await endEntity(ca), top))], { at: AT })
  const peerNames = [{ kind: 'DNS', value: 'example.com' }] as const
  const text = ticketText(
    answer!,
    { at: AT, purpose: 'serverAuth', profile: 'standard', revocation: 'given', peerNames },
    AT,
  )
  expect(text).toMatch(/^Not valid: The server leaves out Issuing CA G2\n/)
  for (const line of [
    '\nHow to fix it: ',
    '\n  0 example.com\n',
    '\n  missing: Issuing CA G2\n',
    '\n  OpenSSL 3: refuses',
  ])
    expect(text).toContain(line)
  expect(text).toContain(`  SHA-256: ${answer!.report.paths[0]!.certificates.at(-1)!.card.fingerprint}\n`)
})
