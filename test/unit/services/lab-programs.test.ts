/** Which program an end is: what that was seen to do stands beside the standard's answer, and never becomes it. */
import { expect, test } from 'vitest'
import type { Call } from '../../../src/border/dispatch.ts'
import type { LabView } from '../../../src/border/protocol/lab.ts'
import { en } from '../../../src/messages/en.ts'
import { labPrograms } from '../../../src/messages/en/ui/lab-programs.ts'
import { speak } from '../../../src/messages/messages.ts'
import type { ProgramId } from '../../../src/mtls/programs/program.ts'
import { PROGRAMS } from '../../../src/mtls/programs/programs.ts'
import { READY_IDS, type ReadyId } from '../../../src/mtls/ready-ids.ts'
import type { Side } from '../../../src/mtls/wire/transcript.ts'
import { utf8 } from '../../../src/octets.ts'
import { labMethods } from '../../../src/services/lab/methods/lab.ts'
import { LAB_DAY } from '../../support/lab/scenarios.ts'

speak(en)
const call: Call = { signal: new AbortController().signal, progress: () => undefined }
const IDS = Object.keys(PROGRAMS) as ProgramId[]

async function playedAs(
  id: ReadyId,
  programs: Partial<Record<Side, ProgramId>>,
): Promise<{ lab: ReturnType<typeof labMethods>; before: LabView; view: LabView }> {
  const lab = labMethods()
  const before = await lab['lab.ready']({ id, at: LAB_DAY }, call)
  const { client, server } = before.ends
  const ends = {
    client: { ...client, program: programs.client ?? null },
    server: { ...server, program: programs.server ?? null },
  }
  return { lab, before, view: await lab['lab.play'](ends, call) }
}

const said = ({ answer }: LabView, side: Side): string => {
  const chosen = answer.chosen[side]
  return chosen ? labPrograms.chosen(chosen, side, String).join(' ') : ''
}

test.each(READY_IDS)('%s: the standard’s answer is the same for every program', async (id) => {
  const standard = ({ answer: { ending, client, server } }: LabView): unknown => [
    ending,
    [client, server].map((each) => each && [each.refusals, each.overlooked, each.possession, each.met]),
  ]
  for (const program of IDS) {
    const { before, view } = await playedAs(id, { client: program, server: program })
    expect(standard(view)).toEqual(standard(before))
    expect(view.answer.chosen).toMatchObject({ client: { id: program }, server: { id: program } })
  }
})

test('a limit of CAs that was set is that of the measurement, or the program is not known', async () => {
  const { view } = await playedAs('too-deep', { server: 'nginx' })
  const server = view.answer.server!
  // No path length of a CA, which has another text.
  expect(server.circumstance).toBe('two-int')
  const of = (name: string) => server.programs.find((each) => each.name === name)
  expect(of('nginx')).toMatchObject({
    seen: { answer: { kind: 'http', status: 400 }, maxDepth: 1 },
    said: 'unable to get local issuer certificate',
  })
  expect(of('OpenSSL')?.seen).toBeNull()
})

test('a server that answers HTTP 400 where the standard has an alert', async () => {
  const { view } = await playedAs('client-intermediate-missing', { client: 'go', server: 'nginx' })
  expect(view.answer.ending).toMatchObject({ by: 'server', alert: { name: 'unknown_ca' } })
  expect(said(view, 'server')).toMatch(
    /^nginx 1\.26\.3, with a depth of 1, completes the handshake, answers HTTP 400/,
  )
  // The alert that the standard has is not what this server sends.
  expect(view.answer.chosen.client?.prints).toBeNull()
})

test('what the refused program prints follows the alert of the program that refuses it', async () => {
  const { view } = await playedAs('client-expired', { client: 'go', server: 'java' })
  expect(said(view, 'client')).toContain('“remote error: tls: unknown certificate”')
  const alone = await playedAs('client-expired', { client: 'go' })
  expect(said(alone.view, 'client')).toContain('“remote error: tls: expired certificate”')
})

test('whether a client sends its certificate to a list of CAs', async () => {
  const fits = async (id: ReadyId, program: ProgramId): Promise<string> =>
    said((await playedAs(id, { client: program })).view, 'client')
  expect(await fits('list-fits-nobody', 'go')).toContain('Go 1.24.4 sends no certificate')
  expect(await fits('list-fits-nobody', 'openssl')).toContain('sends what it has')
  expect(await fits('connects', 'java')).toContain('sends what it has')
  expect(await fits('list-names-the-root-alone', 'java')).toContain('sends no certificate')
  expect(await fits('exactly-one-root', 'java')).toContain('is unknown: it was not measured')
})

test('what was not measured is said to be unknown', async () => {
  const { view } = await playedAs('connects', { client: 'nginx' })
  expect(view.programs.client.some(({ id }) => id === 'nginx')).toBe(false)
  expect(said(view, 'client')).toContain('What nginx does with this in the place of the client is unknown')
  const unverified = await playedAs('reject-unauthorized-false', { server: 'node' })
  expect(said(unverified.view, 'server')).toContain('is unknown')
})

test('the programs are in the file, and stay from one ready scenario to the next', async () => {
  const { lab } = await playedAs('connects', { client: 'curl', server: 'nginx' })
  const saved = await lab['lab.save']({ name: '', note: '', keys: true }, call)
  if ('faults' in saved) throw new Error('faults')
  expect(JSON.parse(saved.text)).toMatchObject({ client: { program: 'curl' }, server: { program: 'nginx' } })
  const next = await lab['lab.ready']({ id: 'client-expired', at: LAB_DAY }, call)
  expect([next.ends.client.program, next.ends.server.program]).toEqual(['curl', 'nginx'])
  const opened = await lab['lab.open']({ bytes: utf8(saved.text), at: LAB_DAY }, call)
  expect(opened).toMatchObject({ view: { ends: { server: { program: 'nginx' } } } })
  const ready = await lab['lab.ready']({ id: 'connects', at: LAB_DAY }, call)
  expect(ready.ends.server.program).toBeNull()
})
