/**
 * Whether a page and its worker have one storage. In WebKitGTK a worker of a page opened from disk has another, which is
 * gone when the browser is closed: the page writes down a word, and the worker looks for it.
 */
import { openDB } from 'idb'
import { serveStorage } from './page-server.ts'
import { PageStorage } from './page-storage.ts'

const PROBE = 'rootcellar-probe'
const WORDS = 'words'

/** The page's word, and a port at which it keeps databases. `word` null: it could write nothing itself. */
interface Offer {
  readonly kind: 'storage'
  readonly word: string | null
  readonly port: MessagePort
}

/** Tells the worker of the page's storage. Where the page was served they are known to be one. */
export async function offerStorage(worker: Worker): Promise<void> {
  if (location.protocol !== 'file:') return
  const { port1, port2 } = new MessageChannel()
  const word = crypto.randomUUID()
  const database = await probe().catch(() => null)
  const isWritten = await database?.put(WORDS, word, word).then(
    () => true,
    () => false,
  )
  // A worker that has found the word has taken it away; one that asks for something has not.
  const takeBack = (): void => void database?.delete(WORDS, word).catch(() => undefined)
  port1.addEventListener('message', takeBack, { once: true })
  serveStorage(port1)
  const offer: Offer = { kind: 'storage', word: isWritten ? word : null, port: port2 }
  worker.postMessage(offer, [port2])
}

/** What the worker keeps its databases in: its page's storage, or null for its own where that is the same. */
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
  // Where nothing could be written nothing is known, and what the page keeps is never less than what a worker does.
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

/** Where there is no IndexedDB at all it rejects, as where it refuses. */
const probe = async () =>
  openDB<{ [WORDS]: { key: string; value: string } }>(PROBE, 1, {
    upgrade: (database) => void database.createObjectStore(WORDS),
  })
