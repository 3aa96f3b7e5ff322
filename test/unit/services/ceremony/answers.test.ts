import { beforeAll, expect, test } from 'vitest'
import type { StepAnswer } from '../../../../src/border/protocol/ceremony.ts'
import { utf8 } from '../../../../src/octets.ts'
import { DAY, SECOND } from '../../../../src/time.ts'
import { encodePem } from '../../../../src/x509/pem.ts'
import { planAt } from '../../../support/ceremony/plan.ts'
import { doStep, openVault, PASSPHRASE, playUntil } from '../../../support/ceremony/play.ts'
import { open, openUntil, ownRoom, rehearse, type OwnRoom } from '../../../support/ceremony/room.ts'
import { ADA, createVault, startWorker } from '../../../support/worker.ts'
import { sha256Hex } from '../../../../src/webcrypto/signature.ts'

const requests: Uint8Array[] = []
let otherBackup: Uint8Array
beforeAll(async () => {
  const outside = startWorker()
  await createVault(outside)
  for (const commonName of ['Partner', 'Stranger']) {
    const { id } = await outside.client.call('request.make', {
      request: {
        ...{ profileId: 'intermediate', subject: [{ type: 'commonName', value: commonName }] },
        ...{ subjectAltNames: [], signature: null, extensions: {} },
      },
      key: { kind: 'generate', algorithm: 'p256' },
      keyKeeping: { kind: 'vault' },
      actor: ADA,
    })
    requests.push((await outside.client.call('request.detail', { requestId: id })).der)
  }
  const made = await outside.client.call('vault.backup', { passphrase: null, place: '', actor: ADA })
  otherBackup = made.file.bytes
  outside.close()
})

/** It is refused, nothing was written, and the right answer ends the step. */
async function refusedOnly(room: OwnRoom, step: string, call: () => Promise<unknown>, code: string) {
  const before = await room.client.call('ceremony.view', null)
  await expect(call()).rejects.toMatchObject({ code })
  expect(await room.client.call('ceremony.view', null)).toEqual(before)
  expect([before?.phase, before?.step]).toEqual(['doing', step])
}

async function begun(step: string, kind: 'rehearsal' | 'live' = 'rehearsal', request?: Uint8Array) {
  const room = await ownRoom(undefined, request ? { request } : {})
  await openUntil(room, kind, step)
  await room.client.call('ceremony.begin', { step })
  const refused = (answer: StepAnswer, code: string) =>
    refusedOnly(room, step, () => room.client.call('ceremony.answer', { step, answer }), code)
  return {
    room,
    refused,
    finish: () =>
      doStep(
        room,
        room.plan.steps.find(({ id }) => id === step)!,
      ),
  }
}

test('another file, or something that is no hash, is not the tool of the plan', async () => {
  const { refused, finish } = await begun('check-tool')
  for (const sha256 of ['cd'.repeat(32), '', 'ab'.repeat(31), 'ж'.repeat(100_000)])
    await refused({ act: 'tool', sha256, how: 'typed' }, 'ceremony-other')
  await refused({ act: 'clock', elsewhere: '2026-11-21T12:00Z' }, 'ceremony-step')
  await finish()
})

test('a private window is refused', async () => {
  const { refused, finish } = await begun('check-storage')
  await refused({ act: 'storage', persisted: true, notPrivate: false }, 'ceremony-private-window')
  await finish()
})

test('a clock that is off, and a day that is not the plan’s', async () => {
  const { room, refused, finish } = await begun('check-clock', 'live')
  const { clock } = room.worker
  const answer = (at: number | string): StepAnswer => ({
    ...{ act: 'clock' },
    elsewhere: typeof at === 'string' ? at : new Date(at).toISOString(),
  })
  for (const at of [clock.now + 400 * SECOND, clock.now - 400 * SECOND, 'noon', '', '9'.repeat(10_000)])
    await refused(answer(at), 'ceremony-clock')
  clock.now += 3 * DAY
  await refused(answer(clock.now), 'ceremony-window')
  clock.now -= 3 * DAY
  await finish()
})

test('the plan is known by its own hash alone', async () => {
  const { refused, finish } = await begun('read-plan')
  await refused({ act: 'plan-words', sha256: '00'.repeat(32) }, 'ceremony-other')
  await finish()
})

test('people who are missing, and people of no plan', async () => {
  const { refused, finish } = await begun('call-roll')
  await refused({ act: 'roll-call', present: [] }, 'ceremony-absent')
  await refused({ act: 'roll-call', present: ['ada', 'cleo', 'wim', 'wanda'] }, 'ceremony-absent')
  await refused(
    { act: 'roll-call', present: ['ada', 'ben', 'cleo', 'wim', 'wanda', 'mallory'] },
    'ceremony-person',
  )
  await finish()
})

test('a request of another hash, two in a file, and none', async () => {
  const [partner, stranger] = requests
  const { room, refused, finish } = await begun('take-request', 'rehearsal', partner)
  const bring = (bytes: Uint8Array) => () =>
    room.client.call('ceremony.bring', { step: 'take-request', files: [{ name: 'a.csr', bytes }] })
  const both = utf8([partner!, stranger!].map((der) => encodePem('CERTIFICATE REQUEST', der)).join(''))
  await refusedOnly(room, 'take-request', bring(stranger!), 'ceremony-other')
  await refusedOnly(room, 'take-request', bring(both), 'ceremony-requests')
  await refusedOnly(room, 'take-request', bring(utf8('nothing')), 'ceremony-request')
  await refused({ act: 'request', readBy: 'wim' }, 'ceremony-request')
  await bring(partner!)()
  await refused({ act: 'request', readBy: 'mallory' }, 'ceremony-person')
  await finish()
  expect((await playUntil(room, null)).phase).toBe('done')
  expect(room.plan.requests[0]!.sha256).toBe(await sha256Hex(partner!))
})

test('a backup of another vault, a broken one, and a wrong passphrase', async () => {
  const { room, finish } = await begun('bring-back')
  const readBack = (file: Uint8Array, passphrase: string) => () =>
    room.client.call('ceremony.readBack', { step: 'bring-back', file, passphrase })
  await refusedOnly(room, 'bring-back', readBack(otherBackup, PASSPHRASE), 'ceremony-other')
  await refusedOnly(room, 'bring-back', readBack(room.backup!.subarray(0, -1), PASSPHRASE), 'ceremony-other')
  await refusedOnly(room, 'bring-back', readBack(room.backup!, 'not this one'), 'passphrase-wrong')
  await finish()
})

test('a sign-off without somebody, with somebody twice, without a reason, or by a stranger', async () => {
  const { room, refused, finish } = await begun('sign-off')
  const all = room.plan.people.map(({ id }) => id)
  const rest = all.slice(1)
  const said = (agree: string[], disagree: string[], reasons: string[]): StepAnswer => ({
    ...{ act: 'sign-off', agree, disagree, reasons },
  })
  await refused(said(rest, [], []), 'ceremony-unanswered')
  await refused(said(all, ['ada'], ['It was not.']), 'ceremony-unanswered')
  await refused(said(rest, ['ada'], []), 'ceremony-unanswered')
  await refused(said(rest, ['ada'], ['  ']), 'ceremony-unanswered')
  await refused(said([...all, 'mallory'], [], []), 'ceremony-person')
  await room.client.call('ceremony.answer', {
    step: 'sign-off',
    answer: said(
      [],
      all,
      all.map(() => '\u0000'.repeat(100_000)),
    ),
  })
  await expect(finish()).rejects.toMatchObject({ code: 'ceremony-step' })
})

test('the journal of the vault names who does each step', async () => {
  const room = await ownRoom(planAt(Date.UTC(2026, 10, 21, 12), null))
  await rehearse(room)
  await open(room, 'live')
  await playUntil(room, null)
  await openVault(room.client)
  const { entries } = await room.client.call('journal.list', { offset: 0, limit: 100 })
  const about = (step: string) => entries.filter(({ remark }) => remark.endsWith(`· ${step}`))
  for (const step of ['make-root', 'back-up', 'make-issuing', 'sign-lists', 'back-up-all']) {
    expect(about(step), step).not.toHaveLength(0)
    expect(new Set(about(step).map(({ who }) => who))).toEqual(new Set(['Ben Operator']))
  }
})
