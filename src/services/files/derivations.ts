/**
 * Container keys are derived in a worker of their own: it holds nothing of the vault, the vault's worker stays
 * responsive, and terminating it ends any derivation at once.
 */
import { costOf, derive as deriveHere, type Derivation, type Derive } from '../../containers/derivation.ts'
import { trustScriptUrl } from '../../csp/trusted-types.ts'

/** The name of such a worker; the script is the same one and checks this name to select its role. */
export const DERIVATIONS = 'rootcellar-derivations'

interface Asked {
  readonly id: number
  readonly derivation: Derivation
}

type Answered =
  | { readonly kind: 'key'; readonly id: number; readonly key: Uint8Array }
  | { readonly kind: 'error'; readonly id: number; readonly name: string }

/** The part of a worker's global scope that is used. */
export interface DerivationsPort {
  postMessage(message: Answered): void
  addEventListener(type: 'message', listener: (event: MessageEvent<Asked>) => void): void
}

/** The worker's side: runs the derivations it is sent, and holds nothing else. */
export function serveDerivations(port: DerivationsPort): void {
  port.addEventListener('message', ({ data: { id, derivation } }) => {
    deriveHere(derivation).then(
      (key) => port.postMessage({ kind: 'key', id, key }),
      (error: unknown) =>
        port.postMessage({ kind: 'error', id, name: error instanceof Error ? error.name : 'unknown' }),
    )
  })
}

let script: Blob | null = null

/** The script of this worker, for starting another; without it everything is derived here. */
export function setScript(blob: Blob): void {
  script = blob
}

/** Fewer rounds take less time than starting a worker. */
const WORTH_A_WORKER = 50_000

interface Waiting {
  readonly derivation: Derivation
  readonly resolve: (key: Uint8Array | Promise<Uint8Array>) => void
  readonly reject: (error: unknown) => void
}

/** One extra worker, started with the first derivation that is worth it; close() ends it. */
export class Derivations {
  readonly #waiting = new Map<number, Waiting>()
  readonly #signal: AbortSignal | undefined
  #worker: Worker | null = null
  #last = 0

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort, { once: true })
  }

  readonly derive: Derive = (derivation) =>
    new Promise<Uint8Array>((resolve, reject) => {
      this.#signal?.throwIfAborted()
      const id = ++this.#last
      this.#waiting.set(id, { derivation, resolve, reject })
      const worker = costOf(derivation) < WORTH_A_WORKER ? null : (this.#worker ??= this.#start())
      if (worker) worker.postMessage({ id, derivation } satisfies Asked)
      else this.#deriveHere(id)
    })

  close(): void {
    this.#signal?.removeEventListener('abort', this.#abort)
    this.#end(new Error('the derivations were ended'))
  }

  readonly #abort = (): void => this.#end(this.#signal?.reason)

  #start(): Worker | null {
    if (!script) return null
    const url = URL.createObjectURL(script)
    try {
      const worker = new Worker(trustScriptUrl(url), { name: DERIVATIONS })
      worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => this.#take(data))
      worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true })
      worker.addEventListener('error', (event) => {
        event.preventDefault()
        this.#withoutWorker(worker)
      })
      return worker
    } catch {
      // WebKitGTK cannot start a nested worker on a page opened from disk.
      script = null
      return null
    }
  }

  #take(data: Answered): void {
    const waiting = this.#waiting.get(data.id)
    this.#waiting.delete(data.id)
    if (data.kind === 'key') waiting?.resolve(data.key)
    else waiting?.reject(new DOMException(data.name, data.name))
  }

  /** Runs pending derivations here, and later ones too. */
  #withoutWorker(worker: Worker): void {
    if (this.#worker !== worker) return
    script = null
    this.#worker = null
    worker.terminate()
    for (const id of this.#waiting.keys()) this.#deriveHere(id)
  }

  /** A cancel does not wait for it. */
  #deriveHere(id: number): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    deriveHere(waiting.derivation, this.#signal).then(
      (key) => {
        this.#waiting.delete(id)
        waiting.resolve(key)
      },
      (error: unknown) => {
        this.#waiting.delete(id)
        waiting.reject(error)
      },
    )
  }

  #end(reason: unknown): void {
    this.#worker?.terminate()
    this.#worker = null
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
  }
}
