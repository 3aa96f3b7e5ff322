import { expect, test } from 'vitest'
import { parseCertificate, type Certificate } from '../../../../src/x509/certificate.ts'
import { digest } from '../../../../src/webcrypto/signature.ts'
import type { Plan } from '../../../../src/ceremony/plan.ts'
import { COMMON, answersTo } from '../../../support/ceremony/templates.ts'
import { planFrom } from '../../../../src/ceremony/templates.ts'
import { playUntil } from '../../../support/ceremony/play.ts'
import { open, ownRoom, rehearse, type OwnRoom } from '../../../support/ceremony/room.ts'
import { intermediate, root } from '../../../support/chain.ts'
import { planAt } from '../../../support/ceremony/plan.ts'
import { ownWorker } from '../../../support/worker.ts'

// Which key a certificate is for, and what it is known by.

async function certificateOf({ client }: OwnRoom, id: string): Promise<Certificate> {
  return parseCertificate((await client.call('ceremony.file', { name: `objects/${id}.der` })).bytes)
}

test('a re-key certifies the new root by the old one: one key in both certificates', async () => {
  const plan = planFrom('re-key', COMMON, (await answersTo())['re-key'])
  const worker = ownWorker(undefined, { now: plan.window.from.getTime() + 3_600_000 })
  const room = await ownRoom(plan, { worker })
  await open(room, 'rehearsal')
  expect((await playUntil(room, null)).phase).toBe('done')
  const [own, byOld] = [await certificateOf(room, 'root'), await certificateOf(room, 'new-with-old')]
  expect(byOld.spki.der).toEqual(own.spki.der)
  expect(byOld.subjectKeyIdentifier).toEqual(own.subjectKeyIdentifier)
  expect(byOld.issuer.der).not.toEqual(own.issuer.der)
})

test('the cross-certificate of a foreign CA has the key identifier that this CA is known by', async () => {
  const above = await root({ subject: 'CN=Foreign Root' })
  const drawn = await intermediate(above, { subject: 'CN=Foreign CA', notAfter: new Date('2035-01-01') })
  const foreign = drawn.certificate
  // Derived in the way of RFC 5280, which is not ours.
  expect(foreign.subjectKeyIdentifier).not.toEqual(
    (await digest('SHA-256', foreign.spki.publicKey)).subarray(0, 20),
  )
  const worker = ownWorker()
  const first = planAt(worker.clock.now, null)
  const [top, below] = first.certificates
  const plan: Plan = {
    ...first,
    existing: [{ id: 'foreign', certificate: foreign.der, revoked: [] }],
    keys: first.keys.slice(0, 1),
    certificates: [
      top!,
      { ...below!, id: 'cross', key: 'foreign', subject: [{ type: 'commonName', value: 'Foreign CA' }] },
    ],
    steps: first.steps.map((step) => ({ ...step, on: step.on === 'issuing' ? 'cross' : step.on })),
  }
  const room = await ownRoom(plan, { worker })
  await rehearse(room)
  await open(room, 'live')
  expect((await playUntil(room, null)).phase).toBe('done')
  const cross = await certificateOf(room, 'cross')
  expect(cross.spki.der).toEqual(foreign.spki.der)
  expect(cross.subjectKeyIdentifier).toEqual(foreign.subjectKeyIdentifier)
})
