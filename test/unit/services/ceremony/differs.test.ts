import { expect, test } from 'vitest'
import { writePlan } from '../../../../src/ceremony/plan-file.ts'
import type { Plan, PlannedCertificate } from '../../../../src/ceremony/plan.ts'
import { readSealed, writeSealed } from '../../../../src/ceremony/sealed.ts'
import { utf8, utf8Text } from '../../../../src/octets.ts'
import { planAt } from '../../../support/ceremony/plan.ts'
import { playUntil } from '../../../support/ceremony/play.ts'
import { open, ownRoom, rehearse, type OwnRoom } from '../../../support/ceremony/room.ts'
import { sha256Hex } from '../../../../src/webcrypto/signature.ts'

const changedRoot = (plan: Plan, change: Partial<PlannedCertificate>): Plan => ({
  ...plan,
  certificates: plan.certificates.map((each) => (each.id === 'root' ? { ...each, ...change } : each)),
})

/** The file of the rehearsal says that it was one of this plan. */
async function asIfRehearsed(room: OwnRoom, plan: Plan): Promise<void> {
  const file = writePlan(plan)
  const planSha256 = await sha256Hex(file)
  const sealed = writeSealed({ ...readSealed(room.sealed!), plan: planSha256 })
  Object.assign(room, { plan, file, planSha256, sealed })
}

const CHANGES: Readonly<Record<string, (plan: Plan) => Plan>> = {
  'validity.notAfter': (plan) => changedRoot(plan, { notAfter: new Date(Date.UTC(2040, 0, 1)) }),
  'extensions.keyUsage': (plan) =>
    changedRoot(plan, { extensions: { keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'] } }),
  'extensions.basicConstraints': (plan) =>
    changedRoot(plan, { extensions: { pathLen: 3, keyUsage: ['keyCertSign', 'cRLSign'] } }),
  subject: (plan) => changedRoot(plan, { subject: [{ type: 'commonName', value: 'Other Root' }] }),
  signature: (plan) => ({
    ...planAt(Date.UTC(2026, 10, 21, 12), null, { algorithm: 'p384' }),
    title: plan.title,
  }),
}

for (const [field, change] of Object.entries(CHANGES))
  test(`${field} is not as it was rehearsed: it stops, names the octets, and signs nothing`, async () => {
    const room = await ownRoom()
    await rehearse(room)
    await asIfRehearsed(room, change(room.plan))
    await open(room, 'live')
    await playUntil(room, 'make-root')
    const { client } = room
    await client.call('ceremony.begin', { step: 'make-root' })
    const { token, objects } = await client.call('ceremony.prepare', { step: 'make-root' })
    expect(token).toBeNull()
    const { difference } = objects[0]!
    expect(difference).toMatchObject({ expected: expect.stringMatching(/^[0-9a-f]+$/) as string })
    expect(difference!.expected).not.toBe(difference!.actual)
    expect(difference!.field).toMatch(field === 'subject' ? /subject|issuer/ : new RegExp(field))
    const view = (await client.call('ceremony.view', null))!
    expect(view.phase).toBe('stopped')
    expect(view.lines.at(-1)).toMatchObject({ event: 'exception', more: { why: 'differs', by: '' } })
    for (const decision of ['again', 'go-on', 'found'] as const)
      await expect(
        client.call('ceremony.except', { why: 'deviation', decision, text: 'Never mind.', by: 'ada' }),
      ).rejects.toMatchObject({ code: 'ceremony-step' })
    await expect(client.call('ceremony.prepare', { step: 'make-root' })).rejects.toMatchObject({
      code: 'ceremony-step',
    })
    expect((await client.call('certificate.list', { offset: 0, limit: 9 })).total).toBe(0)
  })

test('what a rehearsal fixed is only taken whole, of this plan and this build', async () => {
  const room = await ownRoom()
  await rehearse(room)
  const good = room.sealed!
  const text = utf8Text(good)
  const read = readSealed(good)
  const before = await room.client.call('ceremony.view', null)
  const refused = async (sealed: Uint8Array | null, code: string): Promise<void> => {
    room.sealed = sealed
    await expect(open(room, 'live')).rejects.toMatchObject({ code })
    expect(await room.client.call('ceremony.view', null)).toEqual(before)
  }
  await refused(null, 'ceremony-unsealed')
  await refused(writeSealed({ ...read, plan: '00'.repeat(32) }), 'ceremony-sealed-other')
  await refused(writeSealed({ ...read, build: '00'.repeat(32) }), 'ceremony-sealed-other')
  await refused(good.subarray(0, -1), 'ceremony-sealed-unreadable')
  await refused(good.subarray(0, 100), 'ceremony-sealed-unreadable')
  await refused(new Uint8Array(0), 'ceremony-sealed-unreadable')
  await refused(
    utf8(text.replace('"version": 1,', '"version": 1,\n  "note": "x",')),
    'ceremony-sealed-unreadable',
  )
  await refused(utf8(text.replace('"length"', '"length": 1,\n      "length"')), 'ceremony-sealed-unreadable')
  room.sealed = writeSealed({ ...read, objects: read.objects.filter(({ id }) => id !== 'root') })
  await open(room, 'live')
  await playUntil(room, 'make-root')
  await room.client.call('ceremony.begin', { step: 'make-root' })
  await expect(room.client.call('ceremony.prepare', { step: 'make-root' })).rejects.toMatchObject({
    code: 'ceremony-unsealed',
  })
})
