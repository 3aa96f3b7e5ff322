import { beforeAll, expect, test } from 'vitest'
import { differenceIn } from '../../../src/services/second-reading/compare.ts'
import { readAgain, type SecondReading } from '../../../witness/second-reading.ts'
import { intermediate, root, type Drawn } from '../../support/chain.ts'
import { days, drawResponse, type ResponseDrawing } from '../../support/revocation.ts'

// OCSP responses, read by both readers: each pair differs in one thing, which one reader is taken to have missed.

let [top, about, other]: Drawn[] = []
beforeAll(async () => {
  top = await root()
  about = await intermediate(top)
  other = await intermediate(top)
})

const responseOf = async (
  drawing: ResponseDrawing = {},
  subject = about!,
): Promise<Uint8Array<ArrayBuffer>> =>
  Uint8Array.from((await drawResponse(top!, subject, top!, { responderId: 'byKey', ...drawing })).der)

function reading(der: Uint8Array<ArrayBuffer>): SecondReading {
  const answer = readAgain(der, 'response')
  if ('notRead' in answer) throw new Error(`not read: ${answer.notRead}`)
  return answer
}
const fieldOf = (der: Uint8Array, theirs: SecondReading): string => differenceIn(der, theirs)?.field ?? 'same'

test.each<[string, ResponseDrawing]>([
  ['good', {}],
  ['SHA-256', { hash: 'SHA-256' }],
  ['revoked', { status: { status: 'revoked', revocationTime: days(-3), revocationReason: null } }],
  [
    'revoked for a reason',
    { status: { status: 'revoked', revocationTime: days(-3), revocationReason: 'cACompromise' } },
  ],
  ['unknown', { status: { status: 'unknown' } }],
  ['without nextUpdate', { nextUpdate: null }],
])('%s: both read the same, and it is not what they read of another', async (_what, drawing) => {
  const der = await responseOf(drawing)
  expect(fieldOf(der, reading(der))).toBe('same')
  expect(fieldOf(der, reading(await responseOf(drawing, other)))).toBe('entries')
  expect(fieldOf(der, reading(await responseOf({ ...drawing, thisUpdate: days(-2) })))).toMatch(
    /from|entries/,
  )
})

test('a status, a reason and a time are each seen', async () => {
  const revoked = { status: 'revoked', revocationTime: days(-3), revocationReason: 'cACompromise' } as const
  const der = await responseOf({ status: revoked })
  for (const status of [
    { status: 'good' },
    { ...revoked, revocationReason: null },
    { ...revoked, revocationReason: 'superseded' },
    { ...revoked, revocationTime: days(-4) },
  ] as const)
    expect(fieldOf(der, reading(await responseOf({ status })))).toBe('entries')
  expect(fieldOf(der, reading(await responseOf({ status: revoked, nextUpdate: days(8) })))).toBe('entries')
})

test('what is no response, or has octets after it, is not read', async () => {
  const der = await responseOf()
  for (const bad of [
    der.slice(0, -1),
    Uint8Array.from([...der, 0]),
    Uint8Array.of(0x30, 3, 10, 1, 6),
    about!.certificate.der,
  ])
    expect(readAgain(Uint8Array.from(bad), 'response')).toEqual({ notRead: 'ber' })
})
