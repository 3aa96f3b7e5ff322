import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepInPage, openDatabase } from '../../../src/vault/database.ts'
import { serveStorage } from '../../../src/vault/page-server.ts'
import { PageStorage } from '../../../src/vault/page-storage.ts'
import { isSame } from '../../../src/vault/requests.ts'
import type { RecordValues } from '../../../src/vault/shapes.ts'
import { connectVault, createVault, PASSPHRASE, type TestVault } from '../../support/vault.ts'

/** Browsers send storage events to the other tabs; here there is only one, which receives its own. */
let hear: (event: { key: string; newValue: string }) => void
let ports: MessagePort[] = []

async function issue({ vault }: TestVault, ...ids: string[]): Promise<void> {
  const value = { der: new Uint8Array(3) } as RecordValues['certificates']
  const writes = ids.map((id) => ({ store: 'certificates', id, value, mode: 'add' }) as const)
  await vault.commit({ writes, entries: [], durability: 'strict' })
}

beforeEach(() => {
  vi.stubGlobal('addEventListener', (_type: string, listener: typeof hear) => (hear = listener))
  vi.stubGlobal('localStorage', { setItem: (key: string, newValue: string) => hear({ key, newValue }) })
  const { port1, port2 } = new MessageChannel()
  ports = [port1, port2]
  serveStorage(port1)
  keepInPage(new PageStorage(port2))
})
afterEach(() => {
  keepInPage(null)
  for (const port of ports) port.close()
  vi.unstubAllGlobals()
})

test('a vault that its page keeps is made, written, checked and opened again', async () => {
  const made = await createVault()
  await issue(made, 'one', 'two')
  expect((await made.vault.state()).problems).toEqual([])
  made.vault.close()
  const again = await connectVault(made.name)
  await expect(again.vault.unlock('another river, another bank', '')).rejects.toMatchObject({
    code: 'passphrase-wrong',
  })
  await again.vault.unlock(PASSPHRASE, '')
  const { problems, header } = await again.vault.state()
  expect([problems, header?.visibility]).toEqual([[], 'public'])
  expect(await again.vault.database.count('certificates')).toBe(2)
  again.vault.close()
})

test('two that write at once both get through, one after the other', async () => {
  const made = await createVault()
  const other = await connectVault(made.name)
  await other.vault.unlock(PASSPHRASE, '')
  await Promise.all([issue(made, 'one'), issue(other, 'two'), issue(made, 'three'), issue(other, 'four')])
  expect(await made.vault.database.count('certificates')).toBe(4)
  await made.vault.lock('asked', '')
  await made.vault.unlock(PASSPHRASE, '')
  expect((await made.vault.state()).problems).toEqual([])
})

test('what fails in the page fails in the worker, by the same name', async () => {
  const made = await createVault()
  await issue(made, 'one')
  await expect(issue(made, 'one')).rejects.toBeInstanceOf(Error)
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await expect(issue(made, 'two')).rejects.toMatchObject({ code: 'storage-full' })
  put.mockRestore()
  await issue(made, 'two')
  expect(await made.vault.database.count('certificates')).toBe(2)
})

test('a record that changed between reading and writing is compared again', async () => {
  const database = await openDatabase('page-storage-again')
  const refusals = (count: number) => ({ id: 'refusals' as const, count, last: [] })
  await database.put('meta', refusals(1))
  const examined: unknown[] = []
  let raced = Promise.resolve()
  await database.write('strict', [
    {
      do: 'check',
      table: 'meta',
      key: 'refusals',
      accept: (found) => {
        examined.push(found)
        // Queued before the write that follows this callback.
        if (examined.length === 1) raced = database.put('meta', refusals(2))
      },
    },
    { do: 'put', table: 'meta', value: refusals(9) },
  ])
  await raced
  expect(examined).toEqual([refusals(1), refusals(2)])
  expect(await database.get('meta', 'refusals')).toEqual(refusals(9))
})

test('records are compared by what is in them', () => {
  const record = () => ({ id: 'a', mac: Uint8Array.of(1, 2), slots: [{ n: 1 }] })
  expect(isSame(record(), record())).toBe(true)
  expect(isSame(record(), { ...record(), mac: Uint8Array.of(1, 3) })).toBe(false)
  expect(isSame(record(), { ...record(), mac: Uint8Array.of(1, 2, 3) })).toBe(false)
  expect(isSame(record(), { ...record(), slots: [] })).toBe(false)
  expect(isSame(record(), undefined)).toBe(false)
})
