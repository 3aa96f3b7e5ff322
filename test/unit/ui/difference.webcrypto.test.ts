import '../../support/english.ts'
import { expect, test } from 'vitest'
import type { ValidateAnswer } from '../../../src/border/protocol/validate.ts'
import { differenceOf } from '../../../src/state/validate/difference.ts'
import { differenceText } from '../../../src/ui/validate/difference-text.ts'
import { AT, endEntity, intermediate, pem, root } from '../../support/chain.ts'
import { examined } from '../../support/examined.ts'

// Two answers side by side: the first difference, from the target upwards, in a sentence.

const DAY = 86_400_000
const file = (text: string) => ({ name: 'chain.pem', bytes: new TextEncoder().encode(text) })
async function answerOn(text: string, options: object = {}): Promise<ValidateAnswer> {
  const { answer } = await examined([file(text)], { at: AT, ...options })
  if (answer === null) throw new Error('nothing was validated')
  return answer
}
const told = (first: ValidateAnswer, second: ValidateAnswer): string =>
  differenceText(differenceOf(first, second))

const top = await root({ subject: 'CN=Some Root' })
const ca = await intermediate(top, { subject: 'CN=Some CA' })
const target = await endEntity(ca)
const whole = pem(target, ca, top)

test('the same has none', async () => {
  expect(told(await answerOn(whole), await answerOn(whole))).toMatch(/^No difference was found/)
})

test('an issuer that one of them leaves out', async () => {
  const [works, fails] = [await answerOn(whole), await answerOn(pem(target, top))]
  expect(told(works, fails)).toBe('The second leaves out Some CA, which is above example.com.')
  expect(told(fails, works)).toBe('The first leaves out Some CA, which is above example.com.')
})

test('another certificate: renewed, with another key, or of another name', async () => {
  const works = await answerOn(whole)
  const renewed = await endEntity(ca, { key: target.key, notAfter: new Date('2026-06-01T00:00:00Z') })
  expect(told(works, await answerOn(pem(renewed, ca, top)))).toBe(
    'They are about two certificates of example.com with the same key: the first is valid 2026-01-01 to 2026-12-31, the second valid 2026-01-01 to 2026-06-01.',
  )
  expect(told(works, await answerOn(pem(await endEntity(ca), ca, top)))).toMatch(/with different keys/)
  const named = await endEntity(ca, { subject: 'CN=other.example' })
  expect(told(works, await answerOn(pem(named, ca, top)))).toBe(
    'They are about different certificates: example.com and other.example.',
  )
})

test('the same target below another CA of the same name and key', async () => {
  const other = await root({ subject: 'CN=Other Root' })
  const cross = await intermediate(other, { subject: 'CN=Some CA', key: ca.key })
  expect(told(await answerOn(whole), await answerOn(pem(target, cross, other)))).toMatch(
    /^They have two certificates of Some CA with the same key/,
  )
})

test('the same chain, asked for another date, name or purpose', async () => {
  const works = await answerOn(whole)
  const late = { at: new Date(AT.getTime() + 400 * DAY) }
  expect(told(works, await answerOn(whole, late))).toMatch(/asked for different dates/)
  const named = { peerNames: [{ kind: 'DNS', value: 'other.example' }] }
  expect(told(works, await answerOn(whole, named))).toMatch(/asked for different names/)
  expect(told(works, await answerOn(whole, { purpose: 'clientAuth' }))).toMatch(/different purposes/)
  expect(told(works, await answerOn(whole, { allowSha1: true }))).toMatch(/“Choices”/)
})

test('the same chain in another order', async () => {
  expect(told(await answerOn(whole), await answerOn(pem(ca, target, top)))).toBe(
    'The chain is the same; the second was sent in the wrong order.',
  )
})

test('one that cannot be read', async () => {
  const broken = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
  const unread = await answerOn(broken + pem(ca, top))
  expect(unread.unread).not.toBeNull()
  expect(told(await answerOn(whole), unread)).toBe(
    'A certificate in the second cannot be read; that of the first can.',
  )
})
