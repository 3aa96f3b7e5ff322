/** No two texts are encrypted with the same IV: each is drawn when it is used, in failures and retries too. */
import { afterEach, expect, test, vi } from 'vitest'
import { hexOf } from '../../../src/octets.ts'
import { batchOf } from '../../support/inputs.ts'
import { ADA, createVault, hierarchy, issue, PASSPHRASE, startWorker } from '../../support/worker.ts'

const IV_LENGTH = 12

afterEach(() => {
  vi.restoreAllMocks()
})

/** Watches what is drawn, and the IVs of everything that is encrypted. */
function watch(): { used: string[]; notDrawnLast: string[] } {
  const [used, notDrawnLast]: string[][] = [[], []]
  let drawn = ''
  const draw = crypto.getRandomValues.bind(crypto)
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((octets) => {
    const filled = draw(octets)
    if (filled instanceof Uint8Array && filled.length === IV_LENGTH) drawn = hexOf(filled)
    return filled
  })
  const note = (algorithm: unknown): void => {
    const { name, iv } = algorithm as { name: string; iv: Uint8Array }
    if (name !== 'AES-GCM') return
    const text = hexOf(iv)
    used!.push(text)
    if (text !== drawn) notDrawnLast!.push(text)
    drawn = ''
  }
  const { subtle } = crypto
  const [encrypt, wrapKey] = [subtle.encrypt.bind(subtle), subtle.wrapKey.bind(subtle)]
  vi.spyOn(subtle, 'encrypt').mockImplementation((...given) => (note(given[0]), encrypt(...given)))
  vi.spyOn(subtle, 'wrapKey').mockImplementation((...given) => (note(given[3]), wrapKey(...given)))
  return { used: used!, notDrawnLast: notDrawnLast! }
}

test.each(['public', 'sealed'] as const)('a vault with %s names', async (visibility) => {
  const { used, notDrawnLast } = watch()
  const worker = startWorker()
  const { client } = worker
  const { slots } = await createVault(worker, visibility)
  const { rootId, intermediateId } = await hierarchy(worker)
  const names = (count: number) => Array.from({ length: count }, (_, n) => `h${String(n)}.example.com`)
  await client.call('batch.start', batchOf(intermediateId, names(150)))
  // A full disk, and the same again once there is room.
  const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const wish = {
    authorityId: rootId,
    profileId: 'tlsServer',
    commonName: 'x.example.com',
    names: ['x.example.com'],
  }
  await expect(issue(worker, wish)).rejects.toMatchObject({ code: 'storage-full' })
  full.mockRestore()
  await issue(worker, wish)
  // Two tabs that write at once: one of them begins again.
  const other = startWorker(worker.name, worker.clock)
  const unlock = (passphrase: string) => other.client.call('vault.unlock', { passphrase, actor: ADA })
  await expect(unlock('not the passphrase')).rejects.toMatchObject({ code: 'passphrase-wrong' })
  await unlock(PASSPHRASE)
  const idle = (tab: typeof worker, minutes: number) =>
    tab.client.call('vault.setIdle', { minutes, actor: ADA })
  await Promise.all([1, 2, 3].flatMap((minutes) => [idle(worker, minutes), idle(other, minutes + 10)]))
  await client.call('vault.backup', { passphrase: null, actor: ADA })
  await client.call('vault.rekey', { kept: [{ slotId: slots[0]!.id, passphrase: PASSPHRASE }], actor: ADA })
  await client.call('vault.lock', null)
  worker.close()
  other.close()
  expect(used.length).toBeGreaterThan(visibility === 'sealed' ? 800 : 300)
  expect(notDrawnLast).toEqual([])
  expect(new Set(used).size).toBe(used.length)
})
