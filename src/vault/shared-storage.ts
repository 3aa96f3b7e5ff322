/**
 * Determines whether a page and its worker share one storage. In WebKitGTK a worker of a page opened from disk has its
 * own, which is deleted when the browser is closed: the page writes a token, and the worker looks for it.
 */
import { openDB } from 'idb'
import { serveStorage } from './page-server.ts'
import { PageStorage } from './page-storage.ts'

const PROBE = 'rootcellar-probe'
const WORDS = 'words'

/** The page's token, and a port at which it serves databases. `word` null: the page could not write one. */
interface Offer {
  readonly kind: 'storage'
  readonly word: string | null
  readonly port: MessagePort
}

/** Offers the page's storage to the worker. A page that was served is known to share its storage. */
export async function offerStorage(worker: Worker): Promise<void> {
  if (location.protocol !== 'file:') return
  const { port1, port2 } = new MessageChannel()
  const word = crypto.randomUUID()
  const database = await probe().catch(() => null)
  const isWritten = await database?.put(WORDS, word, word).then(
    () => true,
    () => false,
  )
  // A worker that found the token has removed it; a worker that sends a request has not.
  const takeBack = (): void => void database?.delete(WORDS, word).catch(() => undefined)
  port1.addEventListener('message', takeBack, { once: true })
  serveStorage(port1)
  const offer: Offer = { kind: 'storage', word: isWritten ? word : null, port: port2 }
  worker.postMessage(offer, [port2])
}

/** Returns where the worker keeps its databases: its page's storage, or null for its own if that is the same. */
export function storageOf(worker: typeof globalThis): Promise<PageStorage | null> {
  // A worker from a Blob has its page's origin in its address.
  if (/^blob:https?:/.test(worker.location.href)) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Offer | { kind: 'other' }>) => {
      if (data.kind === 'storage') choose(data).then(resolve, reject)
    })
  })
}

async function choose({ word, port }: Offer): Promise<PageStorage | null> {
  // If nothing could be written, nothing is known; the page's storage lasts at least as long as the worker's.
  if (word === null || !(await isHere(word))) return new PageStorage(port)
  port.close()
  return null
}

async function isHere(word: string): Promise<boolean> {
  try {
    const database = await probe()
    const found: unknown = await database.get(WORDS, word)
    await database.delete(WORDS, word)
    database.close()
    return found === word
  } catch {
    return false
  }
}

/** Rejects both if there is no IndexedDB and if it refuses. */
const probe = async () =>
  openDB<{ [WORDS]: { key: string; value: string } }>(PROBE, 1, {
    upgrade: (database) => void database.createObjectStore(WORDS),
  })
