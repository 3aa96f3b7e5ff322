import source from 'virtual:second-reader-source'
import { trustScriptUrl } from '../csp/trusted-types.ts'
import { isPacked, packText } from './packs.ts'
import { SECOND_READER_WANTED, type SecondReaderPort } from './second-reader-port.ts'

/**
 * Starts the second reader when the worker first wants it, and connects the two. It is a worker of its own: nothing can
 * be loaded into the worker with the keys, and nothing but octets to read goes to this one.
 */
export function offerSecondReader(worker: Worker): void {
  worker.addEventListener('message', ({ data }: MessageEvent<{ kind: string }>) => {
    if (data.kind === SECOND_READER_WANTED) void give(worker)
  })
}

async function give(worker: Worker): Promise<void> {
  const port = await start().catch(() => null)
  worker.postMessage({ kind: 'second-reader', port } satisfies SecondReaderPort, port ? [port] : [])
}

async function start(): Promise<MessagePort> {
  const script = isPacked ? await packText('second-reader') : source
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  const reader = new Worker(trustScriptUrl(url), { name: 'rootcellar-second-reader' })
  const { port1, port2 } = new MessageChannel()
  reader.postMessage(null, [port1])
  const running = new Promise<MessagePort>((resolve, reject) => {
    // Its first message says that the script runs, and the address is no longer needed.
    reader.addEventListener('message', () => resolve(port2), { once: true })
    reader.addEventListener('error', reject, { once: true })
  })
  return running.finally(() => URL.revokeObjectURL(url))
}
