import '../../../support/english.ts'
import { expect, test } from 'vitest'
import { writePlan } from '../../../../src/ceremony/plan-file.ts'
import { parseCertificate } from '../../../../src/x509/certificate.ts'
import { parseCertificateList } from '../../../../src/x509/certificate-list.ts'
import type { Plan } from '../../../../src/ceremony/plan.ts'
import { planAt } from '../../../support/ceremony/plan.ts'
import { PASSPHRASE, playUntil, POLICY, type Room } from '../../../support/ceremony/play.ts'
import { ownWorker, type TestWorker } from '../../../support/worker.ts'
import { sha256Hex } from '../../../../src/webcrypto/signature.ts'

// A CA that there was before the ceremony: rehearsed with a stand-in of the same name, and live with its own key.

async function rehearsedAndLive(
  worker: TestWorker,
  plan: Plan,
): Promise<{ room: Room; open: () => Promise<unknown> }> {
  const { client } = worker
  const file = writePlan(plan)
  const room: Room = { client, clock: worker.clock, plan, planSha256: await sha256Hex(file) }
  const open = { plan: file, policy: POLICY, place: 'here' }
  await client.call('ceremony.open', { ...open, kind: 'rehearsal', sealed: null })
  await playUntil(room, null)
  await client.call('ceremony.complete', { sheets: [] })
  const { bytes: sealed } = await client.call('ceremony.file', { name: 'sealed.json' })
  return { room, open: () => client.call('ceremony.open', { ...open, kind: 'live', sealed }) }
}

test('an earlier root issues, signs lists and loses its key as rehearsed; the stand-in never leaves the rehearsal', async () => {
  const worker = ownWorker()
  const { client } = worker
  const first = planAt(worker.clock.now, null)
  const before = await rehearsedAndLive(worker, first)
  await before.open()
  await playUntil(before.room, null)
  await client.call('ceremony.complete', { sheets: [] })
  const { bytes: root } = await client.call('ceremony.file', { name: 'objects/root.der' })

  const [, issuing] = first.certificates
  const later: Plan = {
    ...first,
    existing: [{ id: 'old-root', certificate: root, revoked: [] }],
    keys: [{ id: 'new-key', algorithm: 'p256', holders: ['ben', 'cleo'] }],
    certificates: [{ ...issuing!, id: 'newer', key: 'new-key', issuer: 'old-root' }],
    lists: [{ ...first.lists[0]!, issuer: 'old-root', number: '100', count: 2 }],
    destructions: [{ id: 'end', authority: 'old-root', reason: 'It is over.' }],
    steps: [
      ...first.steps.slice(0, 6),
      { ...first.steps[6]!, id: 'make-newer', on: 'newer' },
      ...first.steps.filter(({ act }) => act === 'lists'),
      ...first.steps.filter(({ act }) => act === 'backup' || act === 'read-back').slice(0, 2),
      { ...first.steps[6]!, id: 'end-it', act: 'destroy', on: 'end' },
      ...first.steps.slice(-2),
    ],
  }
  const { room, open } = await rehearsedAndLive(worker, later)
  await open()
  await playUntil(room, 'open-vault')
  await client.call('ceremony.begin', { step: 'open-vault' })
  await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: { who: 'Ben Operator' } })
  await client.call('ceremony.vaultOpened', { step: 'open-vault', how: 'unlocked' })
  const done = await playUntil(room, null)
  expect(done.phase).toBe('done')
  const { bytes: newer } = await client.call('ceremony.file', { name: 'objects/newer.der' })
  const { bytes: list } = await client.call('ceremony.file', { name: 'objects/root-lists-1.crl' })
  const identifier = parseCertificate(root).subjectKeyIdentifier
  expect(parseCertificate(newer).authorityKeyIdentifier?.keyIdentifier).toEqual(identifier)
  expect(parseCertificateList(list).authorityKeyIdentifier?.keyIdentifier).toEqual(identifier)
  await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: { who: 'Ben Operator' } })
  const authorities = await client.call('authority.list', null)
  expect(authorities.filter(({ key }) => key === 'destroyed').map(({ commonName }) => commonName)).toEqual([
    'Orbis Root',
  ])
  expect(authorities.map(({ commonName }) => commonName).toSorted()).toEqual([
    'Orbis Issuing CA',
    'Orbis Issuing CA',
    'Orbis Root',
  ])
})

test('a new root certifies the key of an earlier CA, as rehearsed: a cross-certificate of the same key and name', async () => {
  const worker = ownWorker()
  const { client } = worker
  const first = planAt(worker.clock.now, null)
  const before = await rehearsedAndLive(worker, first)
  await before.open()
  await playUntil(before.room, null)
  await client.call('ceremony.complete', { sheets: [] })
  const { bytes: issuing } = await client.call('ceremony.file', { name: 'objects/issuing.der' })
  const [root, below] = first.certificates
  const named = (commonName: string) => [
    { type: 'organizationName', value: 'Orbis' },
    { type: 'commonName', value: commonName },
  ]
  const cross: Plan = {
    ...first,
    existing: [{ id: 'old-issuing', certificate: issuing, revoked: [] }],
    keys: [{ ...first.keys[0]!, id: 'new-root-key' }],
    certificates: [
      { ...root!, id: 'new-root', key: 'new-root-key', subject: named('Orbis Root 2') },
      { ...below!, id: 'cross', key: 'old-issuing', issuer: 'new-root' },
    ],
    lists: [{ ...first.lists[0]!, issuer: 'new-root' }],
    steps: first.steps.map((step) => ({
      ...step,
      on: step.on === 'root' ? 'new-root' : step.on === 'issuing' ? 'cross' : step.on,
    })),
  }
  const { room, open } = await rehearsedAndLive(worker, cross)
  await open()
  await playUntil(room, 'open-vault')
  await client.call('ceremony.begin', { step: 'open-vault' })
  await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: { who: 'Ben Operator' } })
  await client.call('ceremony.vaultOpened', { step: 'open-vault', how: 'unlocked' })
  expect((await playUntil(room, null)).phase).toBe('done')
  const { bytes } = await client.call('ceremony.file', { name: 'objects/cross.der' })
  const [former, made] = [parseCertificate(issuing), parseCertificate(bytes)]
  expect([made.subject.der, made.spki.der, made.subjectKeyIdentifier]).toEqual([
    former.subject.der,
    former.spki.der,
    former.subjectKeyIdentifier,
  ])
})
