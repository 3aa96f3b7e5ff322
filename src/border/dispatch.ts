/** The worker's side of the border: replies to each call once, passes progress, and stops on cancel. */
import { CodedError, isCodedError } from '../errors.ts'
import type { FromWorker, In, Method, Out, ToWorker, VaultEvent } from './protocol.ts'
import type { Progress } from './views.ts'

export interface Call {
  /** Aborted when the page cancels; long work checks it between steps. */
  readonly signal: AbortSignal
  progress(progress: Progress): void
}

export type Handler<M extends Method> = (input: In<M>, call: Call) => Promise<Out<M>> | Out<M>
export type Handlers = { readonly [M in Method]: Handler<M> }

/** All methods, or some and the reason the others are missing. */
export type Answers = Handlers | (Partial<Handlers> & { readonly refusal: CodedError })

/** The part of a worker's global scope or a MessagePort that the server uses. */
export interface ServerPort {
  postMessage(message: FromWorker): void
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void
}

/** Handles the calls that arrive at `port`; returns the function that sends an event to the page. */
export function serve(port: ServerPort, answers: Answers | Promise<Answers>): (event: VaultEvent) => void {
  const running = new Map<number, AbortController>()

  port.addEventListener('message', ({ data }) => {
    if (data.kind === 'cancel') running.get(data.id)?.abort()
    else if (data.kind === 'call') void answer(data.id, data.method, data.input)
  })

  async function answer(id: number, method: Method, input: unknown): Promise<void> {
    const controller = new AbortController()
    running.set(id, controller)
    const { signal } = controller
    const call: Call = {
      signal,
      progress: (progress) => port.postMessage({ kind: 'progress', id, progress }),
    }
    try {
      const handlers = await answers
      // TypeScript cannot follow a table indexed by a union of names; both sides are typed by Methods.
      const handler = handlers[method] as ((input: unknown, call: Call) => unknown) | undefined
      if (!handler && 'refusal' in handlers) throw handlers.refusal
      const output = await handler!(input, call)
      port.postMessage({ kind: 'result', id, output })
    } catch (error) {
      port.postMessage(failure(id, error === signal.reason ? new CodedError('cancelled', { method }) : error))
    } finally {
      running.delete(id)
    }
  }

  return (event) => port.postMessage({ kind: 'event', event })
}

function failure(id: number, error: unknown): FromWorker {
  if (isCodedError(error)) return { kind: 'coded-error', id, code: error.code, detail: error.detail }
  return { kind: 'bug', id, message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' }
}
