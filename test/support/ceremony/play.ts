import type { Client } from '../../../src/border/client.ts'
import type { CeremonyView } from '../../../src/border/protocol/ceremony.ts'
import type { Plan, Step } from '../../../src/ceremony/plan.ts'

export const PASSPHRASE = 'correct horses eat lemon bread'
/** What a page is known by. */
export const POLICY = "default-src 'none'"

export interface Room {
  readonly client: Client
  readonly plan: Plan
  readonly planSha256: string
  /** The request in DER, if the plan has one. */
  readonly request?: Uint8Array
  readonly clock: { readonly now: number }
  /** The last backup. */
  backup?: Uint8Array
}

/** Does the steps of a ceremony by the worker's methods, up to and without `until`. */
export async function playUntil(room: Room, until: string | null): Promise<CeremonyView> {
  const { client } = room
  for (;;) {
    const view = (await client.call('ceremony.view', null))!
    const step = room.plan.steps.find(({ id }) => id === view.step)
    if (!step || step.id === until) return view
    await client.call('ceremony.begin', { step: step.id })
    await doStep(room, step)
  }
}

/** Does what a step that was begun does. */
export async function doStep(room: Room, { id: step, act }: Step): Promise<void> {
  const { client, plan, planSha256, clock } = room
  const answer = (said: Parameters<typeof client.call<'ceremony.answer'>>[1]['answer']) =>
    client.call('ceremony.answer', { step, answer: said })
  const everybody = plan.people.map(({ id }) => id)
  switch (act) {
    case 'tool':
      await answer({ act, sha256: plan.tool, how: 'typed' })
      return
    case 'storage':
      await answer({ act, persisted: null, notPrivate: true })
      return
    case 'clock':
      await answer({ act, elsewhere: new Date(clock.now).toISOString() })
      return
    case 'plan-words':
      await answer({ act, sha256: planSha256 })
      return
    case 'roll-call':
      await answer({ act, present: everybody })
      return
    case 'vault':
      await client.call('ceremony.vaultOpened', { step, how: await openVault(client) })
      return
    case 'request': {
      const files = [{ name: 'partner.csr', bytes: room.request! }]
      await client.call('ceremony.bring', { step, files })
      await answer({ act, readBy: 'wim' })
      return
    }
    case 'certificate':
    case 'lists':
    case 'responses': {
      const { token, objects } = await client.call('ceremony.prepare', { step })
      if (token === null) throw new Error(`not signed: ${JSON.stringify(objects)}`)
      await client.call('ceremony.sign', { step, token })
      return
    }
    case 'backup':
      room.backup = (await client.call('ceremony.backup', { step, place: '' })).file.bytes
      return
    case 'read-back':
      await client.call('ceremony.readBack', {
        step,
        file: room.backup!,
        passphrase: PASSPHRASE,
      })
      return
    case 'close':
      await client.call('ceremony.close', { step })
      return
    case 'sign-off':
      await answer({ act, agree: everybody, disagree: [], reasons: [] })
      return
    case 'destroy':
      await client.call('ceremony.destroy', { step, vaultPassphrase: PASSPHRASE })
      return
  }
}

/** Makes the vault of the ceremony, or opens it. */
export async function openVault(client: Client): Promise<'made' | 'unlocked'> {
  const actor = { who: 'Ben Operator' }
  const { state } = await client.call('vault.status', null)
  if (state === 'locked') await client.call('vault.unlock', { passphrase: PASSPHRASE, actor })
  if (state !== 'absent') return 'unlocked'
  await client.call('vault.create', {
    ...{ passphrase: PASSPHRASE, recoveryPassphrase: null, visibility: 'public' },
    actor,
  })
  return 'made'
}
