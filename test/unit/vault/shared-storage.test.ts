import { openDB } from 'idb'
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { offerStorage, storageOf } from '../../../src/vault/shared-storage.ts'

type Hear = (event: { data: unknown }) => void
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** A page opened from disk and its worker, as two ends in one process. */
function pageAndWorker(href = 'blob:null/1') {
  vi.stubGlobal('location', { protocol: 'file:' })
  vi.stubGlobal('addEventListener', () => undefined)
  let hear: Hear = () => undefined
  const scope = { location: { href }, addEventListener: (_type: string, listener: Hear) => (hear = listener) }
  const choice = storageOf(scope as unknown as typeof globalThis)
  const worker = { postMessage: (data: unknown) => hear({ data }) } as unknown as Worker
  return { choice, offer: () => offerStorage(worker) }
}

const words = async (): Promise<unknown[]> => {
  const database = await openDB('rootcellar-probe')
  const found: unknown[] = await database.getAll('words')
  database.close()
  return found
}

test('a worker of a page that was served keeps its own storage and waits for nothing', async () => {
  expect(await pageAndWorker('blob:http://127.0.0.1:8080/1').choice).toBeNull()
})

test('a worker that finds the word of its page keeps its own storage, and takes the word away', async () => {
  const { choice, offer } = pageAndWorker()
  await offer()
  expect(await choice).toBeNull()
  expect(await words()).toEqual([])
})

test('a worker that does not find it asks the page, which takes the word back', async () => {
  const { choice, offer } = pageAndWorker()
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementationOnce(() => {
    throw new DOMException('no such store', 'NotFoundError')
  })
  await offer()
  const storage = (await choice)!
  expect(await storage.names()).toContain('rootcellar-probe')
  await expect.poll(words).toEqual([])
})

test('where the page could write nothing, it is asked all the same', async () => {
  const { choice, offer } = pageAndWorker()
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await offer()
  expect(await choice).not.toBeNull()
})
