import { expect, test } from 'vitest'
import type { Calls } from '../../../src/state/calls.ts'
import { TrustStores } from '../../../src/state/validate/trust-stores.svelte.ts'

// Which trust stores count, as the page's state has it before the worker is asked.

const calls = { task: () => ({}), ask: () => Promise.resolve([]) } as unknown as Calls
const made = () => new TrustStores(calls, { publicRoots: () => Promise.resolve(''), again: () => undefined })

test('the public roots count for TLS servers by default, and for nothing else', () => {
  const stores = made()
  expect(stores.inUse('serverAuth')).toEqual(['public'])
  for (const purpose of ['any', 'clientAuth', 'codeSigning', 'emailProtection', 'timeStamping'] as const)
    expect(stores.inUse(purpose)).toEqual([])
})

test('their store is switched off and on as any other', () => {
  const stores = made()
  stores.count('public', false)
  expect(stores.inUse('serverAuth')).toEqual([])
  stores.count('public', true)
  expect([stores.inUse('serverAuth'), stores.inUse('clientAuth')]).toEqual([['public'], ['public']])
  stores.useNone()
  expect(stores.inUse('serverAuth')).toEqual([])
})
