/** The page's side of the border: one promise per call, errors revived, progress and cancel. */
import { CodedError } from '../errors.ts'
import type { FromWorker, In, Method, Out, ToWorker, VaultEvent } from './protocol.ts'
import type { Progress } from './views.ts'

export interface CallOptions {
  /** Aborting asks the worker to stop; the promise rejects with 'cancelled' once it has. */
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
  /** Buffers of the input that are handed over instead of copied: the page has no more use for them. */
  transfer?: readonly ArrayBuffer[]
}

export interface Client {
  call<M extends Method>(method: M, input: In<M>, options?: CallOptions): Promise<Out<M>>
  /** Returns the function that stops listening. */
  on(listener: (event: VaultEvent) => void): () => void
}

/** What the client needs of a Worker or MessagePort. */
export interface Port {
  postMessage(message: ToWorker, transfer?: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<FromWorker>) => void): void
}

interface Pending {
  resolve: (output: unknown) => void
  reject: (error: Error) => void
  onProgress: ((progress: Progress) => void) | undefined
}

/** Speaks to the worker behind `port`; it must not have been listened to before. */
export function createClient(port: Port): Client {
  const pending = new Map<number, Pending>()
  const listeners = new Set<(event: VaultEvent) => void>()
  let lastId = 0

  port.addEventListener('message', ({ data }) => {
    if (data.kind === 'event') {
      for (const listener of listeners) listener(data.event)
      return
    }
    const call = pending.get(data.id)
    if (!call) return
    if (data.kind === 'progress') {
      call.onProgress?.(data.progress)
      return
    }
    pending.delete(data.id)
    if (data.kind === 'result') call.resolve(data.output)
    else call.reject(data.kind === 'bug' ? new Error(data.message) : new CodedError(data.code, data.detail))
  })

  return {
    call<M extends Method>(method: M, input: In<M>, options: CallOptions = {}): Promise<Out<M>> {
      const { signal, onProgress, transfer = [] } = options
      if (signal?.aborted) return Promise.reject(new CodedError('cancelled', { method }))
      const id = ++lastId
      return new Promise<Out<M>>((resolve, reject) => {
        const cancel = (): void => port.postMessage({ kind: 'cancel', id })
        const settle = (): void => signal?.removeEventListener('abort', cancel)
        pending.set(id, {
          resolve: (output) => {
            settle()
            resolve(output as Out<M>)
          },
          reject: (error) => {
            settle()
            reject(error)
          },
          onProgress,
        })
        signal?.addEventListener('abort', cancel, { once: true })
        port.postMessage({ kind: 'call', id, method, input }, [...transfer])
      })
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
