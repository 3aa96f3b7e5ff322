import { createClient, type Client } from '../../src/border/client.ts'
import { Session } from '../../src/services/session/session.ts'
import { startServer } from '../../src/worker/start-server.ts'
import { hexOf } from '../../src/octets.ts'
import { fillingName, fillInventory } from '../support/inventory.ts'

const ACTOR = { who: 'bench' }
const PASSPHRASE = 'only for the bench'
/** Certificates of the filling end in 2026; each look at the clock is later than the one before. */
const START = Date.UTC(2026, 0, 20)

/** A CA with so many certificates below it, and a worker in this page that has its vault open. */
export interface LargeAuthority {
  readonly client: Client
  readonly authorityId: string
  readonly responderId: string
}

let made = 0

export async function largeAuthority(count: number, revokedEvery: number): Promise<LargeAuthority> {
  const name = `bench-authority-${String(count)}-${String(Date.now())}-${String(made++)}`
  let now = START
  const clock = (): number => (now += 5)
  const { port1, port2 } = new MessageChannel()
  startServer(port2, { name, clock, iterations: 600_000 })
  const client = createClient(port1)
  port1.start()
  port2.start()
  const slots = { passphrase: PASSPHRASE, recoveryPassphrase: null }
  await client.call('vault.create', { ...slots, visibility: 'public', actor: ACTOR })
  const root = await issue(client, null, 'root')
  const authorityId = root.authorityId!
  const { certificateId: responderId } = await issue(client, authorityId, 'ocspSigner')
  const session = await Session.start({ name, clock, send: () => undefined, iterations: 600_000 })
  await session.vault.unlock(PASSPHRASE, 'bench')
  await fillInventory(session, count, 0, authorityId, revokedEvery)
  session.idle.stop()
  session.vault.close()
  return { client, authorityId, responderId }
}

/** Ids of `count` certificates of the filling that are not revoked, from the one with this number on. */
export function goodIds(from: number, count: number, revokedEvery: number): string[] {
  const ids: string[] = []
  for (let number = from; ids.length < count; number++)
    if (number % revokedEvery !== 0)
      ids.push(hexOf(new TextEncoder().encode(fillingName(number)).subarray(0, 16)))
  return ids
}

async function issue(client: Client, authorityId: string | null, profileId: string) {
  const { token, warnings } = await client.call('issue.prepare', {
    authorityId,
    request: {
      profileId,
      subject: [{ type: 'commonName', value: `Bench ${profileId}` }],
      subjectAltNames: [],
      validity: null,
      signature: null,
      extensions: {},
    },
    key: { kind: 'generate', algorithm: 'p256' },
  })
  return client.call('issue.sign', {
    token: token!,
    acknowledged: warnings,
    caKey: { kind: 'vault' },
    endEntityKey: { kind: 'sealed' },
    actor: ACTOR,
  })
}
