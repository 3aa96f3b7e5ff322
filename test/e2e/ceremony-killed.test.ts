import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { writePlan } from '../../src/ceremony/plan-file.ts'
import type { CeremonyKind } from '../../src/ceremony/events.ts'
import type { Client } from '../../src/border/client.ts'
import { planAt } from '../support/ceremony/plan.ts'
import { openVault, playUntil, POLICY, type Room } from '../support/ceremony/play.ts'
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

async function roomOf(): Promise<Room & { client: Client; readonly file: Uint8Array }> {
  const plan = planAt(Date.now(), null)
  const file = writePlan(plan)
  const clock = {
    get now() {
      return Date.now()
    },
  }
  return { client: await sit(), clock, plan, planSha256: await sha256Hex(file), file }
}

async function openUntil(room: Awaited<ReturnType<typeof roomOf>>, kind: CeremonyKind, step: string) {
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

/** Kills the browser in the step; false if it has thrown away what it had kept. */
async function isKeptWhenKilled(kind: CeremonyKind, step: string, wait: number | null): Promise<boolean> {
  const room = await roomOf()
  await openUntil(room, kind, step)
  await room.client.call('ceremony.begin', { step })
  if (wait !== null) {
    const { token } = await room.client.call('ceremony.prepare', { step })
    const signed = room.client.call('ceremony.sign', { step, token: token! }).catch(() => undefined)
    await Promise.race([signed, new Promise((resolve) => setTimeout(resolve, wait))])
  }
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
  console.log(`${kind}, ${step}: ${view.phase}, found ${String(view.found)}`)
  expect((await playUntil(room, null)).phase).toBe('done')
  await expectSound(client)
  return true
}

/** Its record closes; what was signed is in the vault, and nothing else is. */
async function expectSound(client: Client): Promise<void> {
  const { phase, lines } = await client.call('ceremony.complete', { sheets: [] })
  expect(phase).toBe('completed')
  const ended = lines.filter(({ event }) => event === 'ended').map(({ step }) => step)
  expect(new Set(ended).size).toBe(ended.length)
  await openVault(client)
  expect((await client.call('certificate.list', { offset: 0, limit: 9 })).total).toBe(2)
  expect((await client.call('vault.check', null)).problems).toEqual([])
}

const KILLS = [
  { kind: 'rehearsal', step: 'make-root', wait: null },
  { kind: 'live', step: 'make-issuing', wait: 15 },
  { kind: 'live', step: 'sign-lists', wait: 5 },
] as const

for (const { kind, step, wait } of KILLS)
  test(`a browser that is killed in ${step}, ${kind}: the room decides, and nothing is signed twice`, async () => {
    for (let tried = 1; ; tried++) {
      if (await isKeptWhenKilled(kind, step, wait)) return
      expect(tried).toBeLessThan(TRIES)
      await browser!.kill()
      profile.remove()
      profile = temporaryFolder()
    }
  })
