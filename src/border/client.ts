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

type Post = (message: ToWorker, transfer?: Transferable[]) => void | Promise<void>

/** Returns what posts to the port, and listens to it; messages posted before it arrives wait for it, in order. */
function postTo(port: Port | Promise<Port>, listen: (event: MessageEvent<FromWorker>) => void): Post {
  if (!(port instanceof Promise)) {
    port.addEventListener('message', listen)
    return (message, transfer) => port.postMessage(message, transfer)
  }
  let there: Port | null = null
  const coming = port.then((arrived) => {
    arrived.addEventListener('message', listen)
    there = arrived
    return arrived
  })
  // Each call reports it; without a call nobody asked.
  coming.catch(() => undefined)
  return async (message, transfer) => (there ?? (await coming)).postMessage(message, transfer)
}

/** Passes an answer or progress to its call. */
function answered(data: Exclude<FromWorker, { kind: 'event' }>, pending: Map<number, Pending>): void {
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

/** Posts a call, and a cancel when its signal aborts. */
function posted<M extends Method>(
  post: Post,
  pending: Map<number, Pending>,
  call: { id: number; method: M; input: In<M> },
  { signal, onProgress, transfer = [] }: CallOptions,
): Promise<Out<M>> {
  const { id } = call
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
    Promise.resolve(post({ kind: 'call', ...call }, [...transfer])).catch((error: unknown) => {
      pending.delete(id)
      settle()
      reject(error instanceof Error ? error : new Error(String(error)))
    })
  })
}

/** Returns a client for the worker behind `port` (no listener yet); if that never arrives, each call rejects. */
export function createClient(port: Port | Promise<Port>): Client {
  const pending = new Map<number, Pending>()
  const listeners = new Set<(event: VaultEvent) => void>()
  let lastId = 0
  const post = postTo(port, ({ data }) => {
    if (data.kind !== 'event') answered(data, pending)
    else for (const listener of listeners) listener(data.event)
  })

  return {
    call<M extends Method>(method: M, input: In<M>, options: CallOptions = {}): Promise<Out<M>> {
      if (options.signal?.aborted) return Promise.reject(new CodedError('cancelled', { method }))
      return posted(post, pending, { id: ++lastId, method, input }, options)
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
