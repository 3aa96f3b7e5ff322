/** Runs the requests to a database in one transaction. */
import type { ReadRequest, Step, WrittenTable } from './schema.ts'

/** All reads of one transaction see the same moment. */
export function runReads(transaction: IDBTransaction, requests: readonly ReadRequest[]): Promise<unknown[]> {
  return Promise.all(
    requests.map(
      (wanted) =>
        new Promise<unknown>((resolve, reject) => {
          const request = requestOf(transaction, wanted)
          request.onsuccess = () => {
            const result = request.result as unknown
            resolve(result instanceof IDBCursorWithValue ? result.value : (result ?? undefined))
          }
          request.onerror = () => reject(request.error ?? ended())
        }),
    ),
  )
}

function requestOf(transaction: IDBTransaction, { table, ask, index, key, limit }: ReadRequest): IDBRequest {
  const store = transaction.objectStore(table)
  const source = index === undefined ? store : store.index(index)
  const query = key ?? undefined
  if (ask === 'last') return source.openCursor(query, 'prev')
  if (ask === 'count') return source.count(query)
  if (ask === 'getAll') return source.getAll(query, limit)
  if (ask === 'getAllKeys') return source.getAllKeys(query, limit)
  // A key that does not exist finds nothing; a key that was not given is a bug of the caller.
  return ask === 'get' ? source.get(query as IDBValidKey) : source.getKey(query as IDBValidKey)
}

/**
 * Resolves when the transaction is complete. If anything fails, nothing is stored and the first cause is rethrown as
 * is. A request has no promise of its own: for each of the thousands in a batch, that would cost as much as the
 * request.
 */
export function runSteps(
  transaction: IDBTransaction,
  steps: readonly Step[],
  signal?: AbortSignal,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let cause: Error | null = null
    const fail = (error: unknown): void => {
      cause ??= error instanceof Error ? error : new Error(String(error))
      abort(transaction)
    }
    const giveUp = (): void => fail(signal?.reason)
    signal?.addEventListener('abort', giveUp, { once: true })
    transaction.oncomplete = () => {
      signal?.removeEventListener('abort', giveUp)
      resolve()
    }
    transaction.onabort = () => reject(cause ?? transaction.error ?? ended())
    const stores = new Map<WrittenTable, IDBObjectStore>()
    try {
      for (const step of steps) {
        const { table } = step
        let store = stores.get(table)
        if (!store) stores.set(table, (store = transaction.objectStore(table)))
        take(store, step, fail)
      }
    } catch (error) {
      fail(error)
    }
  })
}

function take(store: IDBObjectStore, step: Step, fail: (error: unknown) => void): void {
  switch (step.do) {
    case 'add':
    case 'put':
      store[step.do](step.value)
      return
    case 'delete':
      store.delete(step.key)
      return
    case 'clear':
      store.clear()
      return
    case 'check':
      tell(store.get(step.key), step.accept, fail)
  }
}

function tell(request: IDBRequest, say: (found: unknown) => void, fail: (error: unknown) => void): void {
  request.onsuccess = () => {
    try {
      say(request.result)
    } catch (error) {
      fail(error)
    }
  }
}

/** The browser gives no reason when it closes a database by itself. */
const ended = (): DOMException => new DOMException('the transaction was ended', 'AbortError')

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It has ended already, because of the request that failed.
  }
}

/** Pairs of objects that are compared already. */
type Compared = Map<object, Set<object>>

/**
 * Compares stored values: plain values, arrays, bytes, and objects of these. Each pair is compared once: what anyone has
 * stored may hold itself, or the same thing in a million places.
 */
export function isSame(one: unknown, other: unknown, compared: Compared = new Map()): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
  const others = compared.get(one) ?? new Set()
  if (others.has(other)) return true
  compared.set(one, others.add(other))
  const [names, otherNames] = [Object.keys(one), Object.keys(other)]
  return (
    names.length === otherNames.length &&
    names.every((name) => name in other && isSame(Reflect.get(one, name), Reflect.get(other, name), compared))
  )
}
