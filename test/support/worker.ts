import 'fake-indexeddb/auto'
import { createClient, type Client } from '../../src/worker/client.ts'
import type { FromWorker, VaultEvent } from '../../src/worker/protocol.ts'
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
