/** The lab's scenario as a file: opened again it is answered as before, and without the person's word no key is in it. */
import { expect, test } from 'vitest'
import type { Call } from '../../../src/border/dispatch.ts'
import type { LabAnswer, LabView } from '../../../src/border/protocol/lab.ts'
import { READY_IDS } from '../../../src/mtls/ready-ids.ts'
import { utf8 } from '../../../src/octets.ts'
import { labMethods } from '../../../src/services/lab/methods/lab.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { root } from '../../support/chain.ts'
import { LAB_DAY } from '../../support/lab/scenarios.ts'

const call: Call = { signal: new AbortController().signal, progress: () => undefined }
type Lab = ReturnType<typeof labMethods>

async function savedBy(lab: Lab, keys: boolean): Promise<string> {
  const saved = await lab['lab.save']({ name: 'A name', note: 'A note', keys }, call)
  if ('faults' in saved) throw new Error(JSON.stringify(saved.faults))
  return saved.text
}

async function opened(text: string): Promise<{ lab: Lab; view: LabView }> {
  const lab = labMethods()
  const result = await lab['lab.open']({ bytes: utf8(text), at: LAB_DAY }, call)
  if ('faults' in result) throw new Error(JSON.stringify(result.faults))
  expect(result).toMatchObject({ name: 'A name', note: 'A note' })
  return { lab, view: result.view }
}

const answered = ({ ending, client, server, version, suite }: LabAnswer): unknown => ({
  ...{ ending, version, suite },
  judgements: [client, server].map(
    (each) => each && [each.presented, each.possession, each.refusals, each.met],
  ),
})

test.each(READY_IDS)('%s', async (id) => {
  const lab = labMethods()
  const before = await lab['lab.ready']({ id, at: LAB_DAY }, call)
  const text = await savedBy(lab, true)
  const after = await opened(text)
  expect(answered(after.view.answer)).toEqual(answered(before.answer))
  expect(after.view.origin).toEqual({ kind: 'file', name: 'A name' })
  expect(await savedBy(after.lab, true)).toBe(text)
  const names = (view: LabView): string[] => view.certificates.map(({ name }) => name).sort()
  expect(names(after.view)).toEqual(names(before))
})

test('without keys nothing of them is in the file', async () => {
  const lab = labMethods()
  await lab['lab.ready']({ id: 'connects', at: LAB_DAY }, call)
  expect(await savedBy(lab, true)).toContain('PRIVATE KEY')
  const text = await savedBy(lab, false)
  expect(text).not.toContain('PRIVATE KEY')
  const { view } = await opened(text)
  expect(view.answer.client).toMatchObject({ possession: 'not-proved' })
})

test('a file that is not read leaves the scenario as it was', async () => {
  const lab = labMethods()
  await lab['lab.ready']({ id: 'curl-k', at: LAB_DAY }, call)
  const before = await savedBy(lab, true)
  const newer = utf8('{"format":"rootcellar-mtls-scenario","version":2}')
  expect(await lab['lab.open']({ bytes: newer, at: LAB_DAY }, call)).toMatchObject({
    faults: [{ code: 'scenario-newer' }],
  })
  expect(await savedBy(lab, true)).toBe(before)
})

test('a file that is read and cannot be played leaves the scenario as it was', async () => {
  const lab = labMethods()
  await lab['lab.ready']({ id: 'curl-k', at: LAB_DAY }, call)
  const before = await savedBy(lab, true)
  const { certificate } = await root({ subject: `CN=${'x'.repeat(60)},O=${'y'.repeat(60)}` })
  // More names of CAs than a CertificateRequest has room for.
  const trusts = Array<string>(1000).fill(encodePem('CERTIFICATE', certificate.der))
  const text = JSON.stringify({
    ...{ format: 'rootcellar-mtls-scenario', version: 1, client: {} },
    server: { ...(JSON.parse(before) as { server: object }).server, trusts },
  })
  await expect(lab['lab.open']({ bytes: utf8(text), at: LAB_DAY }, call)).rejects.toMatchObject({
    code: 'authorities-too-long',
  })
  expect(await savedBy(lab, true)).toBe(before)
})

test('a scenario that could not be read again is not written', async () => {
  const lab = labMethods()
  const { ends } = await lab['lab.ready']({ id: 'connects', at: LAB_DAY }, call)
  await lab['lab.play']({ ...ends, client: { ...ends.client, host: 'half a name' } }, call)
  expect(await lab['lab.save']({ name: '', note: '', keys: false }, call)).toMatchObject({
    faults: [{ code: 'scenario-host', path: 'client.host' }],
  })
})

test('what is sent and cannot be read stays where it is when an end is changed', async () => {
  const junk = encodePem('CERTIFICATE', Uint8Array.of(1, 2, 3))
  const text = JSON.stringify({
    ...{ format: 'rootcellar-mtls-scenario', version: 1, name: 'A name', note: 'A note' },
    ...{ client: { sends: [junk] }, server: {} },
  })
  const { lab, view } = await opened(text)
  const changed = await lab['lab.play'](
    { ...view.ends, client: { ...view.ends.client, host: 'example.com' } },
    call,
  )
  expect(changed.ends.client.sends).toEqual(view.ends.client.sends)
  expect(JSON.parse(await savedBy(lab, false))).toMatchObject({ client: { sends: [junk] } })
})
