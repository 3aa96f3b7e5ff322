import 'fake-indexeddb/auto'
import type { ExtensionInputs } from '../../src/ca/input.ts'
import { messages } from '../../src/messages/messages.ts'
import { createClient, type Client } from '../../src/worker/client.ts'
import type { EndEntityKeeping, FromWorker, In, KeyKeeping, VaultEvent } from '../../src/worker/protocol.ts'
import { startServer } from '../../src/worker/start-server.ts'
import { freshName } from './vault.ts'

export interface TestWorker {
  client: Client
  name: string
  events: VaultEvent[]
  /** Every message that crossed to the page. */
  messages: FromWorker[]
  clock: { now: number }
  close(): void
}

/** The worker's server behind a channel, as the page sees it; messages are cloned as between threads. */
export function startWorker(name = freshName()): TestWorker {
  const { port1, port2 } = new MessageChannel()
  const clock = { now: Date.UTC(2026, 10, 21, 12) }
  startServer(port2, { name, clock: () => (clock.now += 10), iterations: 600_000 })
  const messages: FromWorker[] = []
  port1.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => messages.push(data))
  const client = createClient(port1)
  const events: VaultEvent[] = []
  client.on((event) => events.push(event))
  port1.start()
  port2.start()
  return {
    client,
    name,
    events,
    messages,
    clock,
    close() {
      port1.close()
    },
  }
}

export const ADA = { who: 'Ada' }
export const PASSPHRASE = 'correct horse battery staple'

export async function createVault({ client }: TestWorker, visibility: 'public' | 'sealed' = 'public') {
  return client.call('vault.create', {
    passphrase: PASSPHRASE,
    recoveryPassphrase: null,
    visibility,
    actor: ADA,
  })
}

export interface Wish {
  authorityId?: string | null
  profileId: string
  commonName: string
  names?: string[]
  algorithm?: string
  extensions?: ExtensionInputs
  caKey?: KeyKeeping
  endEntityKey?: EndEntityKeeping
}

/** What the page sends to have one certificate prepared. */
export function prepareInput({
  authorityId = null,
  profileId,
  commonName,
  names = [],
  algorithm = 'p256',
  extensions = {},
}: Wish) {
  return {
    authorityId,
    request: {
      profileId,
      subject: [{ type: 'commonName', value: commonName }],
      subjectAltNames: names.map((value) => ({ kind: 'dNSName', value })),
      validity: null,
      signature: null,
      extensions,
    },
    key: { kind: 'generate', algorithm },
  } as const
}

/** Prepares and signs, acknowledging every warning. */
export async function issue({ client }: TestWorker, wish: Wish) {
  const prepared = await client.call('issue.prepare', prepareInput(wish))
  if (!prepared.token) throw new Error(`refused: ${prepared.errors.join(' ')}`)
  return client.call('issue.sign', {
    token: prepared.token,
    acknowledged: prepared.warnings,
    caKey: wish.caKey ?? { kind: 'vault' },
    endEntityKey: wish.endEntityKey ?? { kind: 'sealed' },
    actor: ADA,
  })
}

/** What the page sends to have one complete list signed, but for the authority. */
export const LIST = {
  kind: 'complete',
  parts: { kind: 'all' },
  indirectFor: [],
  days: 7,
  overlapDays: 1,
  count: 1,
  freshestAddress: null,
  above: null,
  words: messages.ui.lists.publish,
  actor: ADA,
} as const satisfies Omit<In<'list.sign'>, 'authorityId'>

/** What the page sends to have OCSP responses signed for all that an authority issued. */
export const RESPONSES = {
  responderId: null,
  certificateIds: null,
  hashes: ['SHA-1', 'SHA-256'],
  days: 7,
  overlapDays: 1,
  count: 1,
  words: messages.ui.responses.publish,
  actor: ADA,
} as const satisfies Omit<In<'response.sign'>, 'authorityId'>

/** A root and an intermediate below it. */
export async function hierarchy(worker: TestWorker): Promise<{ rootId: string; intermediateId: string }> {
  const root = await issue(worker, { profileId: 'root', commonName: 'Example Root' })
  const rootId = root.authorityId!
  const wish = { authorityId: rootId, profileId: 'intermediate', commonName: 'Example Issuing CA' }
  return { rootId, intermediateId: (await issue(worker, wish)).authorityId! }
}
