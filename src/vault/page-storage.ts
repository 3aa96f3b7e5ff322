/** The worker's side if its page keeps the databases: each request crosses, and the page only executes it. */
import { CodedError, type ErrorCode, type ErrorDetails } from '../errors.ts'
import type { Connection } from './connection.ts'
import type { FromPage, SentError, SentRead, SentStep, ToPage, Wish } from './page-protocol.ts'
import type { Durability, ReadRequest, Step } from './schema.ts'

/**
 * Attempts at a write. One fails if another writer changed what had just been read; one competitor succeeds each time.
 */
const ATTEMPTS = 50

type Channel = (notice: unknown) => void

export class PageStorage {
  readonly #port: MessagePort
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  readonly #channels = new Map<string, Set<Channel>>()
  #lastId = 0

  constructor(port: MessagePort) {
    this.#port = port
    port.addEventListener('message', ({ data }: MessageEvent<FromPage>) => this.#hear(data))
    port.start()
  }

  async open(name: string): Promise<Connection> {
    await this.#ask({ do: 'open', name })
    return {
      read: (requests) => this.#read(name, requests),
      write: (durability, steps, signal) => this.#write(name, durability, steps, signal),
      close: () => void this.#ask({ do: 'close', name }).catch(() => undefined),
    }
  }

  async names(): Promise<string[]> {
    return (await this.#ask({ do: 'names' })) as string[]
  }

  async delete(name: string): Promise<void> {
    await this.#ask({ do: 'delete', name })
  }

  /** Notifies the other tabs, through their pages. */
  tell(channel: string, notice: unknown): void {
    this.#send({ kind: 'tell', channel, notice })
  }

  /** Returns the function that stops listening. */
  listen(channel: string, hear: Channel): () => void {
    const listeners = this.#channels.get(channel) ?? new Set()
    this.#channels.set(channel, listeners.add(hear))
    return () => listeners.delete(hear)
  }

  async #read(name: string, requests: readonly ReadRequest[]): Promise<unknown[]> {
    return (await this.#ask({ do: 'read', name, requests: requests.map(sentRead) })) as unknown[]
  }

  /** Records to be checked are read first, and must be unchanged when the write happens. */
  async #write(
    name: string,
    durability: Durability,
    steps: readonly Step[],
    signal?: AbortSignal,
  ): Promise<void> {
    const checks = steps.filter((step) => step.do === 'check')
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const found = await this.#found(name, checks)
      const sent = steps.map((step): SentStep => (step.do === 'check' ? sameAs(step, found) : step))
      signal?.throwIfAborted()
      if (await this.#ask({ do: 'write', name, durability, steps: sent }, signal)) return
    }
    throw new CodedError('write-conflict', null)
  }

  async #found(name: string, checks: readonly (Step & { do: 'check' })[]): Promise<Map<Step, unknown>> {
    if (checks.length === 0) return new Map()
    const values = await this.#read(
      name,
      checks.map(({ table, key }) => ({ table, key, ask: 'get' })),
    )
    return new Map(
      checks.map((check, index) => {
        check.accept(values[index])
        return [check, values[index]]
      }),
    )
  }

  async #ask(wish: Wish, signal?: AbortSignal): Promise<unknown> {
    const id = ++this.#lastId
    const giveUp = (): void => this.#send({ kind: 'give-up', id })
    signal?.addEventListener('abort', giveUp, { once: true })
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject })
        this.#send({ kind: 'wish', id, wish })
      })
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    } finally {
      signal?.removeEventListener('abort', giveUp)
    }
  }

  #send(message: ToPage): void {
    this.#port.postMessage(message)
  }

  #hear(message: FromPage): void {
    if (message.kind === 'heard') {
      for (const hear of this.#channels.get(message.channel) ?? []) hear(message.notice)
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.kind === 'done') waiting?.resolve(message.value)
    else waiting?.reject(errorOf(message.error))
  }
}

function sameAs(step: Step & { do: 'check' }, found: ReadonlyMap<Step, unknown>): SentStep {
  return { do: 'same', table: step.table, key: step.key, value: found.get(step) }
}

function sentRead({ key, ...request }: ReadRequest): SentRead {
  if (!(key instanceof IDBKeyRange)) return key === undefined ? request : { ...request, key }
  const { lowerOpen, upperOpen } = key
  const [lower, upper] = [key.lower as unknown, key.upper as unknown]
  return { ...request, range: { lower, upper, lowerOpen, upperOpen } }
}

function errorOf(error: SentError): Error {
  if ('code' in error) return new CodedError(error.code as ErrorCode, error.detail as ErrorDetails[ErrorCode])
  return new DOMException(error.message, error.name)
}
