/** The page's side of the border: one promise per call, errors revived, progress and cancel. */
import { CodedError } from '../errors.ts'
import type { FromWorker, In, Method, Out, ToWorker, VaultEvent } from './protocol.ts'
import type { Progress } from './views.ts'

export interface CallOptions {
  /** Aborting asks the worker to stop; the promise then rejects with 'cancelled'. */
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
  /** Buffers of the input that are transferred instead of copied: the page no longer needs them. */
  transfer?: readonly ArrayBuffer[]
}

export interface Client {
  call<M extends Method>(method: M, input: In<M>, options?: CallOptions): Promise<Out<M>>
  /** Returns the function that stops listening. */
  on(listener: (event: VaultEvent) => void): () => void
}

/** The part of a Worker or MessagePort that the client uses. */
export interface Port {
  postMessage(message: ToWorker, transfer?: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<FromWorker>) => void): void
}

interface Pending {
  resolve: (output: unknown) => void
  reject: (error: Error) => void
  onProgress: ((progress: Progress) => void) | undefined
}

/** Returns a client for the worker behind `port` (no listener yet); if that never arrives, each call rejects. */
export function createClient(port: Port | Promise<Port>): Client {
  const pending = new Map<number, Pending>()
  const listeners = new Set<(event: VaultEvent) => void>()
  let lastId = 0

  const listen = ({ data }: MessageEvent<FromWorker>): void => {
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
  }

  /** Messages posted before the port arrives wait for it, in order. */
  let post: (message: ToWorker, transfer?: Transferable[]) => void | Promise<void>
  if (port instanceof Promise) {
    const coming = port.then((there) => {
      there.addEventListener('message', listen)
      post = (message, transfer) => there.postMessage(message, transfer)
      return there
    })
    // Each call reports it; without a call nobody asked.
    coming.catch(() => undefined)
    post = async (message, transfer) => (await coming).postMessage(message, transfer)
  } else {
    port.addEventListener('message', listen)
    post = (message, transfer) => port.postMessage(message, transfer)
  }

  return {
    call<M extends Method>(method: M, input: In<M>, options: CallOptions = {}): Promise<Out<M>> {
      const { signal, onProgress, transfer = [] } = options
      if (signal?.aborted) return Promise.reject(new CodedError('cancelled', { method }))
      const id = ++lastId
      return new Promise<Out<M>>((resolve, reject) => {
        const cancel = (): void => void post({ kind: 'cancel', id })
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
        Promise.resolve(post({ kind: 'call', id, method, input }, [...transfer])).catch((error: unknown) => {
          pending.delete(id)
          settle()
          reject(error instanceof Error ? error : new Error(String(error)))
        })
      })
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
