import { expect, test } from 'vitest'
import type { TrustStoreView } from '../../../src/border/protocol/validate.ts'
import type { Calls } from '../../../src/state/calls.ts'
import { TrustStores } from '../../../src/state/validate/trust-stores.svelte.ts'

// Which trust stores count, as the page's state has it before the worker is asked.

const PUBLIC: TrustStoreView = { id: 'roots', name: 'Node.js', kind: 'public', count: 121 }
const calls = { task: () => ({}), ask: () => Promise.resolve([PUBLIC]) } as unknown as Calls

/** Resolves when the worker has told which there are. */
function made(): Promise<TrustStores> {
  return new Promise((resolve) => {
    const stores: TrustStores = new TrustStores(calls, {
      publicRoots: () => Promise.resolve(''),
      again: () => resolve(stores),
    })
    stores.read()
  })
}

test('the public roots count for TLS servers by default, and for nothing else', async () => {
  const stores = await made()
  expect(stores.inUse('serverAuth')).toEqual([PUBLIC.id])
  for (const purpose of ['any', 'clientAuth', 'codeSigning', 'emailProtection', 'timeStamping'] as const)
    expect(stores.inUse(purpose)).toEqual([])
})

test('their store is switched off and on as any other', async () => {
  const stores = await made()
  stores.count(PUBLIC.id, false)
  expect(stores.inUse('serverAuth')).toEqual([])
  stores.count(PUBLIC.id, true)
  expect([stores.inUse('serverAuth'), stores.inUse('clientAuth')]).toEqual([[PUBLIC.id], [PUBLIC.id]])
  stores.useNone()
  expect(stores.inUse('serverAuth')).toEqual([])
})
