import 'fake-indexeddb/auto'
import { onTestFinished } from 'vitest'
import type { ExtensionInputs } from '../../src/ca/input.ts'
import { createClient, type Client } from '../../src/border/client.ts'
import type { FromWorker, VaultEvent } from '../../src/border/protocol.ts'
import type { EndEntityKeeping, KeyKeeping } from '../../src/border/words.ts'
import type { ReadAgain } from '../../src/services/second-reading/second-reader.ts'
import { startServer } from '../../src/worker/start-server.ts'
import { readAgain as inProcess } from '../../witness/second-reading.ts'
import { ADA, LIST, RESPONSES } from './inputs.ts'
import { freshName } from './vault.ts'
import { ROUNDS } from './rounds.ts'

export interface TestWorker {
  client: Client
  name: string
  events: VaultEvent[]
  /** Every message posted to the page. */
  messages: FromWorker[]
  clock: { now: number }
  close(): void
}

/**
 * The worker's server behind a channel, as the page sees it; messages are cloned as between threads. Two workers of one
 * vault share the machine's clock.
 */
export function startWorker(
  name = freshName(),
  clock = { now: Date.UTC(2026, 10, 21, 12) },
  readAgain: ReadAgain = (kind, der) => Promise.resolve(inProcess(der.slice(), kind)),
): TestWorker {
  const { port1, port2 } = new MessageChannel()
  startServer(port2, { name, clock: () => (clock.now += 10), iterations: ROUNDS, readAgain })
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

/** Starts a worker that is closed when the test ends. */
export function ownWorker(...how: Parameters<typeof startWorker>): TestWorker {
  const worker = startWorker(...how)
  onTestFinished(() => worker.close())
  return worker
}

export { ADA, LIST, RESPONSES }
export const PASSPHRASE = 'correct horses eat lemon bread'

export async function createVault({ client }: TestWorker, visibility: 'public' | 'sealed' = 'public') {
  return client.call('vault.create', {
    passphrase: PASSPHRASE,
    recoveryPassphrase: null,
    visibility,
    actor: ADA,
  })
}

/**
 * A worker with a vault, `offset` milliseconds from now: for files that outside programs write and read at the present
 * time.
 */
export async function openedToday(offset = 0): Promise<TestWorker> {
  const worker = startWorker()
  worker.clock.now = Date.now() + offset
  await createVault(worker)
  return worker
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

/** The page's message to prepare one certificate. */
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
      subject: commonName === '' ? [] : [{ type: 'commonName', value: commonName }],
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

/** Makes a root and an intermediate below it. */
export async function hierarchy(worker: TestWorker): Promise<{ rootId: string; intermediateId: string }> {
  const root = await issue(worker, { profileId: 'root', commonName: 'Example Root' })
  const rootId = root.authorityId!
  const wish = { authorityId: rootId, profileId: 'intermediate', commonName: 'Example Issuing CA' }
  return { rootId, intermediateId: (await issue(worker, wish)).authorityId! }
}

/** What was handed over before a lock; throws where there is nothing. */
export function handedOver<T extends object>(answer: T | 'locked' | null): T {
  if (answer === null || answer === 'locked') throw new Error(`nothing was handed over: ${String(answer)}`)
  return answer
}
