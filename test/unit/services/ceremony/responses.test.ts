import { expect, test } from 'vitest'
import { lintPlan } from '../../../../src/ceremony/lint-plan.ts'
import { readPlan } from '../../../../src/ceremony/plan-file.ts'
import { readSealed } from '../../../../src/ceremony/sealed.ts'
import { parseOcspResponse } from '../../../../src/x509/ocsp.ts'
import { parseCertificate } from '../../../../src/x509/certificate.ts'
import { withResponses } from '../../../support/ceremony/answering.ts'
import { planAt } from '../../../support/ceremony/plan.ts'
import { doStep, playUntil } from '../../../support/ceremony/play.ts'
import {
  failAt,
  open,
  openUntil,
  ownRoom,
  reload,
  reopenVault,
  rehearse,
  type OwnRoom,
} from '../../../support/ceremony/room.ts'
import { ownWorker } from '../../../support/worker.ts'

async function answeringRoom(): Promise<OwnRoom> {
  const worker = ownWorker()
  return ownRoom(withResponses(planAt(worker.clock.now, null)), { worker })
}

const fileOf = async ({ client }: OwnRoom, name: string): Promise<Uint8Array> =>
  (await client.call('ceremony.file', { name })).bytes

test('the plan is sound, and reads as it is written', async () => {
  const { plan, file, clock } = await answeringRoom()
  const read = readPlan(file)
  expect('plan' in read && read.plan.responses).toEqual(plan.responses)
  expect(lintPlan(plan, new Date(clock.now)).filter(({ severity }) => severity === 'error')).toEqual([])
})

test('responses are rehearsed with holes for numbers and keys, and live are the same outside', async () => {
  const room = await answeringRoom()
  await rehearse(room)
  const sealed = readSealed(room.sealed!).objects.filter(({ kind }) => kind === 'response')
  expect(sealed.map(({ id }) => id).toSorted()).toEqual(
    [...Array.from({ length: 8 }, (_, i) => `answers-${String(i + 1)}`), 'delegated-1'].toSorted(),
  )
  for (const { holes } of sealed)
    expect(holes.map(({ name }) => name)).toEqual(['responderKeyHash', 'issuerKeyHash', 'serialNumber'])
  await open(room, 'live')
  const view = await playUntil(room, null)
  expect(view.phase).toBe('done')
  const [issuing, responder] = await Promise.all(
    ['issuing', 'responder'].map(async (id) => parseCertificate(await fileOf(room, `objects/${id}.der`))),
  )
  const first = parseOcspResponse(await fileOf(room, 'objects/answers-1.ors')).basic!
  const { from } = room.plan.window
  expect(first.responses[0]).toMatchObject({
    certId: { serialNumber: issuing!.serialNumber },
    certStatus: { status: 'good' },
    thisUpdate: from,
    nextUpdate: new Date(from.getTime() + 35 * 86_400_000),
  })
  expect(first.certs).toEqual([])
  const third = parseOcspResponse(await fileOf(room, 'objects/answers-3.ors')).basic!
  expect(third.responses[0]!.certId.serialNumber).toEqual(responder!.serialNumber)
  const delegated = parseOcspResponse(await fileOf(room, 'objects/delegated-1.ors')).basic!
  expect(delegated.certs).toEqual([responder!.der])
  const ended = view.lines.find(({ event, step }) => event === 'ended' && step === 'sign-answers')!
  expect(ended.more['about']).toEqual(
    Array.from({ length: 8 }, (_, i) => (i % 4 < 2 ? 'issuing' : 'responder')),
  )
})

test('a certificate that was revoked since it was rehearsed: it stops, and answers nothing', async () => {
  const room = await answeringRoom()
  await openUntil(room, 'live', 'sign-answers')
  const { client } = room
  const { rows } = await client.call('certificate.list', { offset: 0, limit: 9 })
  const issuing = rows.find(({ commonName }) => commonName === 'Orbis Issuing CA')!
  await client.call('revocation.revoke', {
    ...{ certificateId: issuing.id, reason: 'unspecified', invalidityDate: null },
    actor: { who: 'Ben Operator' },
  })
  await client.call('ceremony.begin', { step: 'sign-answers' })
  const { token, objects } = await client.call('ceremony.prepare', { step: 'sign-answers' })
  expect(token).toBeNull()
  expect(objects[0]!.difference?.field).toBe('responses[0].certStatus')
  expect((await client.call('ceremony.view', null))?.phase).toBe('stopped')
})

test('a page that goes away when they were signed: they are nowhere, and are signed again by the room’s decision', async () => {
  const room = await answeringRoom()
  await openUntil(room, 'live', 'sign-answers')
  await room.client.call('ceremony.begin', { step: 'sign-answers' })
  await failAt(room, 'sign-answers', 'ended')
  reload(room)
  const view = await reopenVault(room)
  expect([view.phase, view.found]).toEqual(['interrupted', false])
  const said = { why: 'interrupted', text: 'The battery was empty.', by: 'ada' } as const
  await expect(room.client.call('ceremony.except', { ...said, decision: 'found' })).rejects.toMatchObject({
    code: 'ceremony-not-found',
  })
  await room.client.call('ceremony.except', { ...said, decision: 'again' })
  const done = await playUntil(room, null)
  expect(done.phase).toBe('done')
  expect(done.files.filter(({ name }) => /^objects\/.*\.ors$/.test(name))).toHaveLength(9)
})

test('more times than the signer lasts are refused before anything is signed', async () => {
  const worker = ownWorker()
  const plan = withResponses(planAt(worker.clock.now, null))
  const [answers] = plan.responses
  const room = await ownRoom(
    { ...plan, responses: [{ ...answers!, days: 3000, count: 4 }, plan.responses[1]!] },
    { worker },
  )
  await expect(open(room, 'rehearsal')).rejects.toMatchObject({ code: 'ceremony-plan' })
  await expect(doStep(room, plan.steps[0]!)).rejects.toMatchObject({ code: 'ceremony-none' })
})
