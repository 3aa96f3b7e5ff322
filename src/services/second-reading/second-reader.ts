/**
 * The second reader is a worker of its own, of another make (PKI.js), without keys: it reads every CA certificate,
 * request and list again before it is stored.
 */
import type { AnsweredAgain, AskedAgain } from '../../../witness/second-reader.ts'
import type { SecondAnswer } from '../../../witness/second-reading.ts'
import { SECOND_READER_WANTED, type SecondReaderPort } from '../../packs/second-reader-port.ts'
import type { ReadKind } from './compare.ts'

/** The reader did not answer in time: it is said once, and it is not waited for again. */
export interface Late {
  readonly notRead: 'late'
}

/** Returns null if no second reader answers. */
export type ReadAgain = (kind: ReadKind, der: Uint8Array) => Promise<SecondAnswer | Late | null>

/** An answer that takes longer will not come: the page may have stopped the reader. */
const LONGEST = 30_000

const LATE: Late = { notRead: 'late' }

/** The part of a worker's global scope that is used. */
type Page = Pick<typeof globalThis, 'addEventListener' | 'removeEventListener' | 'postMessage'>

/** Returns a reader that is asked for with the first thing to read. */
export function secondReaderOf(worker: Page): ReadAgain {
  let asking: Promise<Asking | Late | null> | null = null
  let isLate = false
  // Of several that waited at the same time, one says so.
  const once = (): Late | null => (isLate ? null : ((isLate = true), LATE))
  return async (kind, der) => {
    if (isLate) return null
    const reader = await (asking ??= askingFrom(worker))
    const answer = reader instanceof Asking ? await reader.read(kind, der) : reader
    // The next one is asked for again.
    if (answer === null) asking = null
    return answer === LATE ? once() : answer
  }
}

async function askingFrom(worker: Page): Promise<Asking | Late | null> {
  const port = await portFrom(worker)
  return port instanceof MessagePort ? new Asking(port) : port
}

function portFrom(worker: Page): Promise<MessagePort | Late | null> {
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<SecondReaderPort | { kind: 'other' }>): void => {
      if (data.kind !== 'second-reader') return
      worker.removeEventListener('message', listen)
      resolve(data.port)
    }
    worker.addEventListener('message', listen)
    setTimeout(() => {
      worker.removeEventListener('message', listen)
      resolve(LATE)
    }, LONGEST)
    worker.postMessage({ kind: SECOND_READER_WANTED })
  })
}

class Asking {
  readonly #port: MessagePort
  readonly #waiting = new Map<number, (answer: SecondAnswer | Late) => void>()
  #last = 0

  constructor(port: MessagePort) {
    this.#port = port
    port.addEventListener('message', ({ data: { id, answer } }: MessageEvent<AnsweredAgain>) => {
      this.#settle(id, answer)
    })
    port.start()
  }

  read(kind: ReadKind, der: Uint8Array): Promise<SecondAnswer | Late> {
    return new Promise((resolve) => {
      const id = ++this.#last
      this.#waiting.set(id, resolve)
      setTimeout(() => this.#settle(id, LATE), LONGEST)
      this.#port.postMessage({ id, kind, der: der.slice() } satisfies AskedAgain)
    })
  }

  #settle(id: number, answer: SecondAnswer | Late): void {
    this.#waiting.get(id)?.(answer)
    this.#waiting.delete(id)
  }
}
