import { vi } from 'vitest'
import type { CeremonyView } from '../../../src/border/protocol/ceremony.ts'
import type { CeremonyKind } from '../../../src/ceremony/events.ts'
import { writePlan } from '../../../src/ceremony/plan-file.ts'
import { carryOutZip } from '../../../src/paper/carry-out.ts'
import { CeremonyStore } from '../../../src/vault/ceremony-store.ts'
import { ownWorker, type TestWorker } from '../worker.ts'
import { planAt } from './plan.ts'
import { doStep, openVault, playUntil, POLICY, type Room } from './play.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'

export interface OwnRoom extends Room {
  worker: TestWorker
  client: TestWorker['client']
  readonly file: Uint8Array
  sealed: Uint8Array | null
  /** Its ZIP, with which another browser goes live. */
  left: Uint8Array | null
}

/** A room with a worker of its own, and nothing begun. */
export async function ownRoom(
  plan?: Room['plan'],
  { worker = ownWorker(), request }: { worker?: TestWorker; request?: Uint8Array } = {},
): Promise<OwnRoom> {
  const { client, clock } = worker
  const sum = request ? { sha256: await sha256Hex(request) } : null
  const its = plan ?? planAt(clock.now, sum)
  const file = writePlan(its)
  const planSha256 = await sha256Hex(file)
  return {
    worker,
    client,
    clock,
    plan: its,
    planSha256,
    file,
    sealed: null,
    left: null,
    ...(request ? { request } : {}),
  }
}

export const open = (room: OwnRoom, kind: CeremonyKind): Promise<CeremonyView> =>
  room.client.call('ceremony.open', {
    ...{ kind, plan: room.file, policy: POLICY, place: 'here' },
    sealed: kind === 'live' ? room.sealed : null,
  })

/** Rehearses the whole plan, and keeps what it fixes. */
export async function rehearse(room: OwnRoom): Promise<void> {
  await open(room, 'rehearsal')
  await playUntil(room, null)
  await room.client.call('ceremony.complete', { sheets: [] })
  room.sealed = (await room.client.call('ceremony.file', { name: 'sealed.json' })).bytes
  room.left = Uint8Array.from(carryOutZip(await room.client.call('ceremony.carryOut', null)).bytes)
}

/** Opens it, after a rehearsal if it is live, and does the steps before this one. */
export async function openUntil(
  room: OwnRoom,
  kind: CeremonyKind,
  step: string | null,
): Promise<CeremonyView> {
  if (kind === 'live' && room.sealed === null) await rehearse(room)
  await open(room, kind)
  return playUntil(room, step)
}

/** The tab goes away; another one of the same browser goes on. */
export function reload(room: OwnRoom): void {
  room.worker.close()
  const worker = ownWorker(room.worker.name, room.worker.clock)
  Object.assign(room, { worker, client: worker.client })
}

/** Enters the vault again after a tab went away, and opens it if there is one. */
export async function reopenVault(room: OwnRoom): Promise<CeremonyView> {
  const { vault } = await room.client.call('ceremony.enter', null)
  if (vault === 'locked') await openVault(room.client)
  return (await room.client.call('ceremony.view', null))!
}

/** Until the function that it returns is called, this is done when the line of an event is to be stored. */
export function onLine(event: string, act: (store: () => Promise<void>) => Promise<void>): () => void {
  const { value } = Object.getOwnPropertyDescriptor(CeremonyStore.prototype, 'append') as {
    value: CeremonyStore['append']
  }
  const spy = vi.spyOn(CeremonyStore.prototype, 'append').mockImplementation(function (
    this: CeremonyStore,
    ...line: Parameters<typeof value>
  ) {
    const store = (): Promise<void> => value.apply(this, line)
    return line[1].includes(`"event":"${event}"`) ? act(store) : store()
  })
  return () => spy.mockRestore()
}

/** Does the step, but the line of this event cannot be stored: the power fails in that moment. */
export async function failAt(room: OwnRoom, step: string, event: string): Promise<void> {
  const repair = onLine(event, () => Promise.reject(new DOMException('the disk is gone', 'UnknownError')))
  const planned = room.plan.steps.find(({ id }) => id === step)!
  const failed = await doStep(room, planned).then(
    () => 'nothing',
    (error: unknown) => String(error),
  )
  repair()
  if (!failed.includes('disk')) throw new Error(`it did not fail for want of the disk: ${failed}`)
}
