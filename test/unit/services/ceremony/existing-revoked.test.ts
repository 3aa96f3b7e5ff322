import { expect, test } from 'vitest'
import type { Plan, PlannedRevocation } from '../../../../src/ceremony/plan.ts'
import { parseCertificate } from '../../../../src/x509/certificate.ts'
import { parseCertificateList } from '../../../../src/x509/certificate-list.ts'
import { serialOf } from '../../../../src/x509/serial-number.ts'
import { hexOf } from '../../../../src/octets.ts'
import { SECOND } from '../../../../src/time.ts'
import { TYPED } from '../../../support/ceremony/typed.ts'
import { openVault, playUntil } from '../../../support/ceremony/play.ts'
import { open, ownRoom, rehearse, type OwnRoom } from '../../../support/ceremony/room.ts'
import { ADA, issue, ownWorker, type TestWorker } from '../../../support/worker.ts'

// A CA that there was before, and has revoked something: rehearsed with the entries of the plan, live with its own.

interface Former {
  readonly worker: TestWorker
  readonly root: Uint8Array
  readonly rootId: string
  readonly certificates: readonly { id: string; der: Uint8Array }[]
}

const HOUR = 3600 * SECOND

/** A root in the own vault that has issued four CAs. */
async function former(): Promise<Former> {
  const worker = ownWorker(undefined, { now: Date.UTC(2026, 10, 20, 9) })
  await openVault(worker.client)
  const keyUsage = ['digitalSignature', 'keyCertSign', 'cRLSign'] as const
  const root = await issue(worker, { profileId: 'root', commonName: 'Old Root', extensions: { keyUsage } })
  const rootId = root.authorityId!
  const certificates = []
  for (const commonName of ['One', 'Two', 'Three', 'Four']) {
    const one = await issue(worker, { authorityId: rootId, profileId: 'intermediate', commonName })
    certificates.push({ id: one.certificateId, der: one.der })
  }
  return { worker, root: root.der, rootId, certificates }
}

/** Revokes the first, puts the second on hold; the third was compromised an hour ago. Returns what lists say. */
async function revokeSome({ worker, certificates, rootId }: Former): Promise<Uint8Array> {
  const { client, clock } = worker
  const [one, two, three] = certificates
  const revoke = (
    certificateId: string,
    reason: 'unspecified' | 'cACompromise' | 'certificateHold',
    invalidityDate: Date | null,
  ) => client.call('revocation.revoke', { certificateId, reason, invalidityDate, actor: ADA })
  await revoke(three!.id, 'cACompromise', new Date(clock.now - HOUR))
  clock.now += 60 * SECOND
  await revoke(one!.id, 'unspecified', null)
  await revoke(two!.id, 'certificateHold', null)
  const signed = await client.call('list.sign', {
    ...{ authorityId: rootId, kind: 'complete', parts: { kind: 'all' }, indirectFor: [] },
    ...{ days: 30, overlapDays: 5, count: 1, freshestAddress: null, above: null, actor: ADA },
  })
  return signed.signed[0]!.der
}

/** The plan that the form makes of the CA and its newest list, with a key destroyed at the end. */
async function planOf({ worker, root }: Former, list: Uint8Array | null): Promise<Plan> {
  const { client, clock } = worker
  const made = await client.call('ceremony.template', {
    ...{ ...TYPED, template: 'lists', authority: root, authorityList: list },
    day: new Date(clock.now).toISOString().slice(0, 10),
    ...{ from: '09:00', to: '23:59', lists: { ...TYPED.lists, number: '99999999999999' } },
  })
  if ('faults' in made) throw new Error(JSON.stringify(made.faults))
  const reading = await client.call('ceremony.readPlan', { file: made.file })
  if (!reading.plan) throw new Error(JSON.stringify(reading.faults))
  return reading.plan
}

/** With responses about what is good, on hold, and revoked. */
function answering(plan: Plan, { certificates }: Former): Plan {
  const ids = ['one', 'two', 'three', 'four']
  const at = plan.steps.findIndex(({ act }) => act === 'lists') + 1
  return {
    ...plan,
    existing: [
      ...plan.existing,
      ...ids.map((id, i) => ({ id, certificate: certificates[i]!.der, revoked: [] })),
    ],
    responses: [
      {
        ...{ id: 'answers', issuer: 'issuer', responder: null, certificates: ids, hashes: ['SHA-256'] },
        ...{ thisUpdate: plan.window.from, days: 30, overlapDays: 5, count: 1 },
      },
    ],
    steps: [
      ...plan.steps.slice(0, at),
      { ...plan.steps[at - 1]!, id: 'answers', act: 'responses', on: 'answers' },
      ...plan.steps.slice(at),
    ],
  }
}

/** Opens the vault that there was before, in its step. */
async function playInOwnVault(room: OwnRoom, until: string | null) {
  await playUntil(room, 'vault')
  await room.client.call('ceremony.begin', { step: 'vault' })
  await room.client.call('ceremony.vaultOpened', { step: 'vault', how: await openVault(room.client) })
  return playUntil(room, until)
}

/** A CA with a list, and the plan made of them. */
async function planned(): Promise<
  Former & { list: Uint8Array; plan: Plan; known: readonly PlannedRevocation[] }
> {
  const shared = await former()
  const list = await revokeSome(shared)
  const plan = await planOf(shared, list)
  return { ...shared, list, plan, known: plan.existing[0]!.revoked }
}

test('the plan has what the list of the CA has', async () => {
  const { certificates, known } = await planned()
  const serials = certificates.map(({ der }) => serialOf(parseCertificate(der)))
  expect(known.map(({ serial, reason }) => [serial, reason]).toSorted()).toEqual(
    [
      [serials[0]!, null],
      [serials[1]!, 'certificateHold'],
      [serials[2]!, 'cACompromise'],
    ].toSorted(),
  )
  const { since, invalidityDate } = known.find(({ serial }) => serial === serials[2])!
  expect(since.getTime() - invalidityDate!.getTime()).toBe(HOUR)
})

test('lists and responses of a CA that has revoked something are as they were rehearsed', async () => {
  const { known, ...shared } = await planned()
  const plan = answering(shared.plan, shared)
  const room = await ownRoom(plan, { worker: shared.worker })
  await rehearse(room)
  await open(room, 'live')
  const done = await playInOwnVault(room, null)
  expect(done.phase).toBe('done')
  const { bytes } = await room.client.call('ceremony.file', { name: 'objects/issuer-lists-1.crl' })
  const entries = Array.from(parseCertificateList(bytes).revokedCertificates)
  expect(entries.map(({ serialNumber }) => hexOf(serialNumber))).toEqual(
    entries.map(({ serialNumber }) => hexOf(serialNumber)).toSorted(),
  )
  expect(new Set(entries.map((each) => serialOf(each)))).toEqual(new Set(known.map(({ serial }) => serial)))
  expect(done.lines.filter(({ event }) => event === 'exception')).toEqual([])
})

test.each<[what: string, change: (revoked: readonly PlannedRevocation[]) => readonly PlannedRevocation[]]>([
  ['one is missing', (revoked) => revoked.slice(1)],
  ['another reason', ([first, ...rest]) => [{ ...first!, reason: 'superseded' }, ...rest]],
  [
    'another date',
    ([first, ...rest]) => [{ ...first!, since: new Date(first!.since.getTime() - SECOND) }, ...rest],
  ],
  [
    'one too many',
    (revoked) => [
      ...revoked,
      { serial: '7f'.repeat(20), since: revoked[0]!.since, reason: null, invalidityDate: null },
    ],
  ],
])(
  'a plan with entries that the CA does not have (%s): it stops before the lists are signed',
  async (_what, change) => {
    const { plan, worker } = await planned()
    const [issuer] = plan.existing
    const changed = { ...plan, existing: [{ ...issuer!, revoked: change(issuer!.revoked) }] }
    const room = await ownRoom(changed, { worker })
    await rehearse(room)
    await open(room, 'live')
    await playInOwnVault(room, 'issuer-lists')
    await room.client.call('ceremony.begin', { step: 'issuer-lists' })
    const { token, objects } = await room.client.call('ceremony.prepare', { step: 'issuer-lists' })
    expect(token).toBeNull()
    expect(objects[0]!.difference!.field).toMatch(/^revokedCertificates|^crlExtensions/)
  },
)

test('a list of another CA, or of a part, is not taken for what the CA has revoked', async () => {
  const [shared, other] = [await former(), await former()]
  const theirs = await revokeSome(other)
  await expect(planOf({ ...shared, root: shared.certificates[0]!.der }, theirs)).rejects.toThrow(
    /"authorityList","code":"list","detail":\{"why":"other"/,
  )
  const { signed } = await other.worker.client.call('list.sign', {
    ...{ authorityId: other.rootId, kind: 'complete', parts: { kind: 'cas' }, indirectFor: [] },
    ...{ days: 30, overlapDays: 5, count: 1, freshestAddress: null, above: null, actor: ADA },
  })
  await expect(planOf(other, signed[0]!.der)).rejects.toThrow(/"why":"partial"/)
})
