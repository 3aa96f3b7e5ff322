import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { OwnConnection, storageError } from '../../../src/vault/connection.ts'
import type { Refusals } from '../../../src/vault/schema.ts'
import { freshName } from '../../support/vault.ts'

afterEach(() => vi.restoreAllMocks())

const value: Refusals = { id: 'refusals', count: 1, last: [] }
const put = { do: 'put', table: 'meta', value } as const
const read = { table: 'meta', ask: 'get', key: 'refusals' } as const

test.each([
  [
    'Chromium, of its own files',
    'UnknownError',
    'Internal error: IO error: 000042.log: FILE_ERROR_NO_SPACE',
    'storage-full',
  ],
  ['SQLite, below Firefox and WebKitGTK', 'UnknownError', 'database or disk is full', 'storage-full'],
  ['a quota', 'QuotaExceededError', 'too much', 'storage-full'],
  ['another failure', 'UnknownError', 'Internal error opening backing store', 'storage-unavailable'],
])('what %s says of no room is told from other failures', (_who, name, message, code) => {
  expect(storageError(new DOMException(message, name))).toMatchObject({ code })
})

test('a database that the browser has closed is opened again, whether it says so or not', async () => {
  const connection = await OwnConnection.open(freshName())
  await connection.write('strict', [put])
  // As Chromium does on a full disk: the next transaction is refused, without an event before it.
  const begin = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('The database connection is closing.', 'InvalidStateError')
  })
  expect(await connection.read([read])).toEqual([value])
  expect(begin).toHaveBeenCalledTimes(2)
  connection.close()
})

test('one that cannot be opened again says why, and is opened once there is room', async () => {
  const connection = await OwnConnection.open(freshName())
  const closing = () => {
    throw new DOMException('The database connection is closing.', 'InvalidStateError')
  }
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(closing)
  vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('IO error: FILE_ERROR_NO_SPACE', 'UnknownError')
  })
  await expect(connection.write('strict', [put])).rejects.toMatchObject({ code: 'storage-full' })
  await connection.write('strict', [put])
  expect(await connection.read([read])).toEqual([value])
  connection.close()
})

test('one that was closed for another tab stays closed', async () => {
  const connection = await OwnConnection.open(freshName())
  connection.close()
  await expect(connection.read([read])).rejects.toMatchObject({ code: 'storage-blocked' })
})
