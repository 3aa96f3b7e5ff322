import type { Page } from 'playwright'

export interface StoredRecord {
  readonly key: unknown
  readonly value: unknown
}
/** Database → object store → records. */
export type Stored = Record<string, Record<string, StoredRecord[]>>

/**
 * Everything in the page's IndexedDB. Bytes come as `{ hex }`, a CryptoKey as `{ cryptoKey, extractable }`,
 * dates as `{ date }`: what cannot cross to the test as it is.
 */
export function readStorage(page: Page): Promise<Stored> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
      })
    const plain = (value: unknown): unknown => {
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
        const bytes = ArrayBuffer.isView(value)
          ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
          : new Uint8Array(value)
        return { hex: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') }
      }
      if (value instanceof CryptoKey) return { cryptoKey: value.type, extractable: value.extractable }
      if (value instanceof Date) return { date: value.toISOString() }
      if (value instanceof Set || value instanceof Map) return [...value].map(plain)
      if (Array.isArray(value)) return value.map(plain)
      if (typeof value !== 'object' || value === null)
        return typeof value === 'bigint' ? String(value) : value
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]))
    }
    const stored: Record<string, Record<string, { key: unknown; value: unknown }[]>> = {}
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name!))
      const stores: Record<string, { key: unknown; value: unknown }[]> = {}
      for (const storeName of database.objectStoreNames) {
        const store = database.transaction(storeName).objectStore(storeName)
        const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
        stores[storeName] = keys.map((key, index) => ({ key: plain(key), value: plain(values[index]) }))
      }
      stored[name!] = stores
      database.close()
    }
    return stored
  })
}

/** Whether these bytes stand anywhere in what is stored or in a list of messages, as bytes, hex or base64. */
export function holdsBytes(where: unknown, bytes: Uint8Array): boolean {
  const text = JSON.stringify(where)
  const base64 = Buffer.from(bytes).toString('base64').replace(/=+$/, '')
  const base64url = Buffer.from(bytes).toString('base64url')
  return [Buffer.from(bytes).toString('hex'), base64, base64url, bytes.join(',')].some((form) =>
    text.includes(form),
  )
}

/**
 * Changes one record where it lies, as somebody with the disk in hands would: what `change` returns is written back,
 * `undefined` removes the record. `change` runs in the page and can use nothing but its argument.
 */
export async function tamper(
  page: Page,
  at: {
    readonly database: string
    readonly store: string
    readonly key: string | number | readonly (string | number)[]
  },
  change: (value: Record<string, unknown>) => unknown,
): Promise<void> {
  await page.evaluate(`(${tamperInPage.toString()})(${JSON.stringify(at)}, ${change.toString()})`)
}

async function tamperInPage(
  at: { database: string; store: string; key: IDBValidKey },
  change: (value: unknown) => unknown,
): Promise<void> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
    })
  const database = await done(indexedDB.open(at.database))
  const store = database.transaction(at.store, 'readwrite').objectStore(at.store)
  const changed = change(await done<unknown>(store.get(at.key)))
  if (changed === undefined) await done(store.delete(at.key))
  else await done(store.keyPath === null ? store.put(changed, at.key) : store.put(changed))
  database.close()
}

/** From the next load on, keeps every message between the page and its workers; `messages` reads them back. */
export async function recordMessages(page: Page): Promise<{ messages: () => Promise<unknown[]> }> {
  await page.addInitScript(() => {
    const kept: unknown[] = []
    const hex = (bytes: Uint8Array): string =>
      Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    const keep = (data: unknown): void => {
      const plain = JSON.stringify({ data }, (_name, value: unknown) => {
        if (value instanceof CryptoKey) return { cryptoKey: value.type, extractable: value.extractable }
        if (value instanceof ArrayBuffer) return { hex: hex(new Uint8Array(value)) }
        if (value instanceof Uint8Array) return { hex: hex(value) }
        return typeof value === 'bigint' ? String(value) : value
      })
      kept.push((JSON.parse(plain) as { data: unknown }).data)
    }
    const Original = globalThis.Worker
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        this.addEventListener('message', ({ data }) => keep(data))
      }
    }
    Object.assign(globalThis, { keptMessages: kept })
  })
  return {
    messages: () => page.evaluate(() => (globalThis as unknown as { keptMessages: unknown[] }).keptMessages),
  }
}
