/**
 * Keys of containers are worked out in a worker of their own: it holds nothing of the vault, the worker that does stays
 * free to answer, and ending it ends any derivation at once.
 */
import { costOf, derive as deriveHere, type Derivation, type Derive } from '../containers/derivation.ts'
import { trustScriptUrl } from '../csp/trusted-types.ts'

/** Name of such a worker; the script is the same one, and looks at this to know what it is. */
export const DERIVATIONS = 'rootcellar-derivations'

interface Asked {
  readonly id: number
  readonly derivation: Derivation
}
type Answered =
  { readonly id: number; readonly key: Uint8Array } | { readonly id: number; readonly error: string }

/** What is needed of a worker's global scope. */
export interface DerivationsPort {
  postMessage(message: Answered): void
  addEventListener(type: 'message', listener: (event: MessageEvent<Asked>) => void): void
}

/** The worker's side: does what it is asked, and knows nothing else. */
export function serveDerivations(port: DerivationsPort): void {
  port.addEventListener('message', ({ data: { id, derivation } }) => {
    deriveHere(derivation).then(
      (key) => port.postMessage({ id, key }),
      (error: unknown) => port.postMessage({ id, error: error instanceof Error ? error.name : 'unknown' }),
    )
  })
}

let script: Blob | null = null

/** The script that this worker runs, for another of the same; without it all is derived here. */
export function setScript(blob: Blob): void {
  script = blob
}

/** Rounds that take less than starting a worker. */
const WORTH_A_WORKER = 50_000

/** One other worker, started with the first derivation that is worth it; close() ends it. */
export class Derivations {
  readonly #waiting = new Map<
    number,
    { resolve: (key: Uint8Array) => void; reject: (error: unknown) => void }
  >()
  readonly #signal: AbortSignal | undefined
  #worker: Worker | null = null
  #last = 0

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort, { once: true })
  }

  readonly derive: Derive = async (derivation) => {
    this.#signal?.throwIfAborted()
    if (costOf(derivation) < WORTH_A_WORKER || !script) return deriveHere(derivation)
    const worker = (this.#worker ??= this.#start(script))
    const id = ++this.#last
    return new Promise<Uint8Array>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.postMessage({ id, derivation } satisfies Asked)
    })
  }

  close(): void {
    this.#signal?.removeEventListener('abort', this.#abort)
    this.#end(new Error('the derivations were ended'))
  }

  readonly #abort = (): void => this.#end(this.#signal?.reason)

  #start(blob: Blob): Worker {
    const url = URL.createObjectURL(blob)
    const worker = new Worker(trustScriptUrl(url), { name: DERIVATIONS })
    worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => this.#take(data, url))
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      this.#end(new Error('the worker for derivations did not start'))
    })
    return worker
  }

  #take(data: Answered, url: string): void {
    URL.revokeObjectURL(url)
    const waiting = this.#waiting.get(data.id)
    this.#waiting.delete(data.id)
    if ('key' in data) waiting?.resolve(data.key)
    else waiting?.reject(new DOMException(data.error, data.error))
  }

  #end(reason: unknown): void {
    this.#worker?.terminate()
    this.#worker = null
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
  }
}
