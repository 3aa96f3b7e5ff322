/**
 * The page's side: keeps the databases of a worker whose own storage does not last. It executes requests without
 * interpreting them: what it stores is sealed, and no key is on this side.
 */
import { deleteDB } from 'idb'
import { isCodedError } from '../errors.ts'
import { isConstraint, OwnConnection } from './connection.ts'
import type { FromPage, SentError, SentRead, SentStep, ToPage, Wish } from './page-protocol.ts'
import { isSame } from './requests.ts'
import type { ReadRequest, Step } from './schema.ts'

const NOTICE = 'rootcellar.notice'

/** Serves the requests that arrive at `port`, until the page is closed. */
export function serveStorage(port: MessagePort): void {
  const tell = (message: FromPage): void => port.postMessage(message)
  const connections = new Map<string, OwnConnection>()
  const running = new Map<number, AbortController>()
  port.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    if (data.kind === 'tell') {
      tellOthers(data.channel, data.notice)
      return
    }
    const { id } = data
    if (data.kind === 'give-up') {
      running.get(id)?.abort()
      return
    }
    const controller = new AbortController()
    running.set(id, controller)
    grant(connections, data.wish, controller.signal)
      .then(
        (value) => tell({ kind: 'done', id, value }),
        (error: unknown) => tell({ kind: 'failed', id, error: sentError(error) }),
      )
      .finally(() => running.delete(id))
  })
  // Here a BroadcastChannel reaches no other tab, but a write to localStorage does.
  addEventListener('storage', ({ key, newValue }) => {
    const notice = key === NOTICE && newValue !== null ? heardFrom(newValue) : null
    if (notice) tell({ kind: 'heard', ...notice })
  })
  port.start()
}

async function grant(
  connections: Map<string, OwnConnection>,
  wish: Wish,
  signal: AbortSignal,
): Promise<unknown> {
  if (wish.do === 'names') return (await indexedDB.databases()).map(({ name }) => name ?? '')
  const { name } = wish
  if (wish.do === 'delete') return deleteDB(name)
  if (wish.do === 'open') {
    connections.get(name)?.close()
    connections.set(name, await OwnConnection.open(name))
    return null
  }
  const connection = connections.get(name)
  if (!connection) throw new DOMException('the database is closed', 'InvalidStateError')
  if (wish.do === 'read') return connection.read(wish.requests.map(readRequest))
  if (wish.do === 'write') return write(connection, wish, signal)
  connections.delete(name)
  connection.close()
  return null
}

class Changed extends Error {}

/** Returns false if a record is no longer the one the worker checked. */
async function write(
  connection: OwnConnection,
  { durability, steps }: Extract<Wish, { do: 'write' }>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await connection.write(durability, steps.map(stepOf), signal)
    return true
  } catch (error) {
    if (error instanceof Changed) return false
    throw error
  }
}

function stepOf(step: SentStep): Step {
  if (step.do !== 'same') return step
  const accept = (found: unknown): void => {
    if (!isSame(found, step.value)) throw new Changed()
  }
  return { do: 'check', table: step.table, key: step.key, accept }
}

function readRequest({ range, ...request }: SentRead): ReadRequest {
  if (!range) return request
  const { lower, upper, lowerOpen, upperOpen } = range
  if (lower === undefined) return { ...request, key: IDBKeyRange.upperBound(upper, upperOpen) }
  if (upper === undefined) return { ...request, key: IDBKeyRange.lowerBound(lower, lowerOpen) }
  return { ...request, key: IDBKeyRange.bound(lower, upper, lowerOpen, upperOpen) }
}

function sentError(error: unknown): SentError {
  if (isCodedError(error)) return { code: error.code, detail: error.detail }
  if (isConstraint(error)) return { name: error.name, message: error.message }
  return { name: 'UnknownError', message: error instanceof Error ? error.message : String(error) }
}

/** Each other tab sees a notice once, and only if it differs from the one before. */
function tellOthers(channel: string, notice: unknown): void {
  try {
    localStorage.setItem(NOTICE, JSON.stringify({ channel, notice, of: crypto.randomUUID() }, bytesAsNumbers))
  } catch {
    // Full or refused: the others notice the change at their next read.
  }
}

function heardFrom(text: string): { channel: string; notice: unknown } | null {
  try {
    // Any local page may have written it.
    const { channel, notice } = JSON.parse(text, bytesFromNumbers) as Record<string, unknown>
    return typeof channel === 'string' ? { channel, notice } : null
  } catch {
    return null
  }
}

const bytesAsNumbers = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { octets: [...value] } : value

function bytesFromNumbers(_name: string, value: unknown): unknown {
  const octets: unknown = typeof value === 'object' && value && 'octets' in value ? value.octets : null
  return Array.isArray(octets) ? Uint8Array.from(octets as number[]) : value
}
