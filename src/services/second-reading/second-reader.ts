/**
 * The second reader is a worker of its own, of another make (PKI.js), without keys: it reads every CA certificate,
 * request and list again before it is stored.
 */
import type { AnsweredAgain, AskedAgain } from '../../../witness/second-reader.ts'
import type { SecondAnswer } from '../../../witness/second-reading.ts'
import { SECOND_READER_WANTED, type SecondReaderPort } from '../../packs/second-reader-port.ts'
import type { ReadKind } from './compare.ts'

/** Returns null if no second reader answers. */
export type ReadAgain = (kind: ReadKind, der: Uint8Array) => Promise<SecondAnswer | null>

/** An answer that takes longer will not come: the page may have stopped the reader. */
const LONGEST = 30_000

/** Returns a reader that is asked for with the first thing to read. */
export function secondReaderOf(worker: typeof globalThis): ReadAgain {
  let asking: Promise<Asking | null> | null = null
  return async (kind, der) => {
    const reader = await (asking ??= portFrom(worker).then((port) => port && new Asking(port)))
    const answer = await (reader?.read(kind, der) ?? null)
    // The next one is asked for again.
    if (answer === null) asking = null
    return answer
  }
}

function portFrom(worker: typeof globalThis): Promise<MessagePort | null> {
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<SecondReaderPort | { kind: 'other' }>): void => {
      if (data.kind !== 'second-reader') return
      worker.removeEventListener('message', listen)
      resolve(data.port)
    }
    worker.addEventListener('message', listen)
    setTimeout(() => {
      worker.removeEventListener('message', listen)
      resolve(null)
    }, LONGEST)
    worker.postMessage({ kind: SECOND_READER_WANTED })
  })
}

class Asking {
  readonly #port: MessagePort
  readonly #waiting = new Map<number, (answer: SecondAnswer | null) => void>()
  #last = 0

  constructor(port: MessagePort) {
    this.#port = port
    port.addEventListener('message', ({ data: { id, answer } }: MessageEvent<AnsweredAgain>) => {
      this.#settle(id, answer)
    })
    port.start()
  }

  read(kind: ReadKind, der: Uint8Array): Promise<SecondAnswer | null> {
    return new Promise((resolve) => {
      const id = ++this.#last
      this.#waiting.set(id, resolve)
      setTimeout(() => this.#settle(id, null), LONGEST)
      this.#port.postMessage({ id, kind, der: der.slice() } satisfies AskedAgain)
    })
  }

  #settle(id: number, answer: SecondAnswer | null): void {
    this.#waiting.get(id)?.(answer)
    this.#waiting.delete(id)
  }
}
