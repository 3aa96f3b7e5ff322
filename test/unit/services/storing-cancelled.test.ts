/** Storing waits for the lock that tabs share, which any page of the same storage may hold: it can be cancelled. */
import { expect, test } from 'vitest'
import { openDatabase } from '../../../src/vault/database.ts'
import { ADA, createVault, hierarchy, prepareInput, startWorker } from '../../support/worker.ts'

test('a signature that waits for a held lock is cancelled, and nothing of it is stored', async () => {
  const worker = startWorker()
  await createVault(worker)
  const { intermediateId } = await hierarchy(worker)
  const database = await openDatabase(worker.name)
  const wish = { authorityId: intermediateId, profileId: 'tlsServer', commonName: 'a.example.com' }
  const { token, warnings } = await worker.client.call(
    'issue.prepare',
    prepareInput({ ...wish, names: ['a.example.com'] }),
  )
  const before = await database.count('certificates')
  let release: () => void = () => undefined
  await new Promise<void>((isHeld) => {
    void navigator.locks.request(`rootcellar:${worker.name}`, () => {
      isHeld()
      return new Promise<void>((resolve) => (release = resolve))
    })
  })
  const cancel = new AbortController()
  const results: unknown[] = []
  worker.messages.length = 0
  const signing = worker.client.call(
    'issue.sign',
    {
      token: token!,
      acknowledged: warnings,
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      actor: ADA,
    },
    { signal: cancel.signal },
  )
  signing.catch((error: unknown) => results.push(error))
  await expect
    .poll(async () =>
      (await navigator.locks.query()).pending?.some(({ name }) => name?.includes(worker.name)),
    )
    .toBe(true)
  cancel.abort()
  // The worker itself has given it up, while the lock is still held.
  await expect.poll(() => worker.messages.some(({ kind }) => kind === 'coded-error')).toBe(true)
  expect(worker.messages.find(({ kind }) => kind === 'coded-error')).toMatchObject({ code: 'cancelled' })
  release()
  await expect(signing).rejects.toThrow()
  // Whatever is stored after it has been stored by now.
  await worker.client.call('vault.setIdle', { minutes: 5, actor: ADA })
  expect(await database.count('certificates')).toBe(before)
  database.close()
  worker.close()
})
