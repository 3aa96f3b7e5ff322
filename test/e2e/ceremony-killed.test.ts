import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { writePlan } from '../../src/ceremony/plan-file.ts'
import type { CeremonyKind } from '../../src/ceremony/events.ts'
import type { Client } from '../../src/border/client.ts'
import type { CeremonyView } from '../../src/border/protocol/ceremony.ts'
import { SIGNING_ACTS, type Plan, type Step } from '../../src/ceremony/plan.ts'
import { withResponses } from '../support/ceremony/answering.ts'
import { planAt } from '../support/ceremony/plan.ts'
import { doStep, openVault, playUntil, POLICY, type Room } from '../support/ceremony/play.ts'
import { proved } from '../support/things.ts'
import { openReady, startSite, type Site } from '../support/site.ts'
import { temporaryFolder } from './support/app.ts'
import { launchKillable, type KillableChromium } from './support/killable.ts'
import { workerCalls } from './support/worker-call.ts'
import { sha256Hex } from '../../src/webcrypto/signature.ts'

/** Chromium now and then starts with an empty database after SIGKILL (killed.test.ts): it is done once more. */
const TRIES = 3

let site: Site
let profile: ReturnType<typeof temporaryFolder>
let browser: KillableChromium | null = null
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())
beforeEach(() => {
  profile = temporaryFolder()
})
afterEach(async () => {
  await browser?.kill()
  profile.remove()
})

/** The page's worker, in a browser with the profile of the one before. */
async function sit(): Promise<Client> {
  browser = await launchKillable(profile.path)
  const page = browser.context.pages()[0] ?? (await browser.context.newPage())
  const calls = await workerCalls(page)
  await openReady(page, site.url)
  return calls as unknown as Client
}

/** Each step of a plan in which every kind of step is; with CEREMONY_KILLS=all, else in three. */
const IS_ALL = process.env['CEREMONY_KILLS'] === 'all'

/** With responses, a request from outside, and a key that is destroyed at the end. */
function wholePlan(sha256: string): Plan {
  const plan = withResponses(planAt(Date.now(), { sha256 }))
  const closing = plan.steps.findIndex(({ act }) => act === 'close')
  const end = { ...plan.steps[closing]!, id: 'destroy-issuing', act: 'destroy', on: 'end' } as const
  return {
    ...plan,
    destructions: [{ id: 'end', authority: 'issuing', reason: 'It was only a test.' }],
    steps: plan.steps.toSpliced(closing, 0, end),
  }
}

type OwnRoom = Room & { client: Client; readonly file: Uint8Array }

async function roomOf(): Promise<OwnRoom> {
  const plan = IS_ALL ? wholePlan(await sha256Hex(proved)) : planAt(Date.now(), null)
  const file = writePlan(plan)
  const clock = {
    get now() {
      return Date.now()
    },
  }
  const planSha256 = await sha256Hex(file)
  return { client: await sit(), clock, plan, planSha256, file, request: proved }
}

async function openUntil(room: OwnRoom, kind: CeremonyKind, step: string) {
  const { client } = room
  const open = { plan: room.file, policy: POLICY, place: 'here' }
  await client.call('ceremony.open', { ...open, kind: 'rehearsal', sealed: null })
  if (kind === 'live') {
    await playUntil(room, null)
    await client.call('ceremony.complete', { sheets: [] })
    const { bytes } = await client.call('ceremony.file', { name: 'sealed.json' })
    await client.call('ceremony.open', { ...open, kind, sealed: bytes })
  }
  await playUntil(room, step)
}

/** Begins what the step does, and waits no longer than this for its end. */
async function amid(room: OwnRoom, step: Step, wait: number): Promise<void> {
  const { client } = room
  const { token } = SIGNING_ACTS.includes(step.act)
    ? await client.call('ceremony.prepare', { step: step.id })
    : { token: null }
  const done = token ? client.call('ceremony.sign', { step: step.id, token }) : doStep(room, step)
  await Promise.race([done.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, wait))])
}

/** Kills the browser in the step; false if it has thrown away what it had kept. */
async function isKeptWhenKilled(kind: CeremonyKind, id: string, wait: number | null): Promise<boolean> {
  const room = await roomOf()
  const step = room.plan.steps.find((each) => each.id === id)!
  await openUntil(room, kind, id)
  await room.client.call('ceremony.begin', { step: id })
  if (wait !== null) await amid(room, step, wait)
  await browser!.kill()
  room.client = await sit()
  const { client } = room
  if ((await client.call('ceremony.view', null)) === null) return false
  const entered = await client.call('ceremony.enter', null)
  if (entered.vault === 'lost') return false
  await openVault(client)
  const view = (await client.call('ceremony.view', null))!
  if (view.phase === 'interrupted') {
    const said = { why: 'interrupted', text: 'The plug was pulled.', by: 'ada' } as const
    const [right, wrong] = view.found ? (['found', 'again'] as const) : (['again', 'found'] as const)
    await expect(client.call('ceremony.except', { ...said, decision: wrong })).rejects.toThrow(
      view.found ? 'ceremony-found' : 'ceremony-not-found',
    )
    await client.call('ceremony.except', { ...said, decision: right })
  }
  console.log(
    `${kind}, ${id}${wait === null ? '' : `, ${String(wait)} ms`}: ${view.phase}, found ${String(view.found)}`,
  )
  await makeLostBackup(room, view)
  expect((await playUntil(room, null)).phase).toBe('done')
  await expectSound(room, kind)
  return true
}

/** The page that made the backup went away with it, once its line was written: another one is made. */
async function makeLostBackup(room: OwnRoom, { step: next, phase }: CeremonyView): Promise<void> {
  const step = room.plan.steps.find(({ id }) => id === next)
  if (phase !== 'ready' || step?.act !== 'read-back') return
  const { client } = room
  await client.call('ceremony.begin', { step: step.id })
  const said = { text: 'The plug was pulled before it was saved.', by: 'ada', place: '' }
  room.backup = (await client.call('ceremony.backupAgain', { step: step.id, ...said })).file.bytes
  await doStep(room, step)
}

/** Its record closes; what was signed is in the vault, and nothing else is. */
async function expectSound({ client, plan }: OwnRoom, kind: CeremonyKind): Promise<void> {
  const { phase, lines } = await client.call('ceremony.complete', { sheets: [] })
  expect(phase).toBe('completed')
  const ended = lines.filter(({ event }) => event === 'ended').map(({ step }) => step)
  expect(new Set(ended).size).toBe(ended.length)
  await openVault(client)
  const { total } = await client.call('certificate.list', { offset: 0, limit: 99 })
  expect(total).toBe(plan.certificates.length)
  const objects = (await client.call('ceremony.view', null))!.files.filter(({ name }) =>
    /^objects\/.*\.(?:der|crl|ors)$/.test(name),
  )
  expect(objects).toHaveLength(kept(plan))
  const authorities = await client.call('authority.list', null)
  expect(authorities.filter(({ key }) => key === 'destroyed')).toHaveLength(plan.destructions.length)
  expect(lines.filter(({ event }) => event === 'exception').length).toBeLessThanOrEqual(2)
  expect(lines[0]!.kind).toBe(kind)
  expect((await client.call('vault.check', null)).problems).toEqual([])
}

/** How many objects a plan has. */
const kept = ({ certificates, lists, responses }: Plan): number =>
  certificates.length +
  lists.reduce((sum, { count }) => sum + count, 0) +
  responses.reduce((sum, each) => sum + each.count * each.certificates.length * each.hashes.length, 0)

interface Kill {
  readonly kind: CeremonyKind
  readonly step: string
  /** How long it may go on; null: it is begun, and does nothing yet. */
  readonly wait: number | null
}

const SOME: readonly Kill[] = [
  { kind: 'rehearsal', step: 'make-root', wait: null },
  { kind: 'live', step: 'make-issuing', wait: 15 },
  { kind: 'live', step: 'sign-lists', wait: 5 },
]

/** The first step of each kind: begun, and on its way. */
function all(): readonly Kill[] {
  const { steps } = wholePlan('00'.repeat(32))
  const first = steps.filter(({ act }, i) => steps.findIndex((step) => step.act === act) === i)
  return (['rehearsal', 'live'] as const).flatMap((kind) =>
    first.flatMap(({ id: step }) => [null, 12].map((wait) => ({ kind, step, wait }))),
  )
}

const KILLS = IS_ALL ? all() : SOME

for (const { kind, step, wait } of KILLS)
  test(`a browser that is killed in ${step}, ${kind}${wait === null ? '' : ` after ${String(wait)} ms`}: the room decides, and nothing is signed twice`, async () => {
    for (let tried = 1; ; tried++) {
      if (await isKeptWhenKilled(kind, step, wait)) return
      expect(tried).toBeLessThan(TRIES)
      await browser!.kill()
      profile.remove()
      profile = temporaryFolder()
    }
  })
