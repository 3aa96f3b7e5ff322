import { afterEach, expect, test, vi } from 'vitest'
import { emptyDraft } from '../../../src/state/issue/draft.ts'
import { Unsaved } from '../../../src/state/unsaved.svelte.ts'

// What would be lost with the tab is named, and the browser asks before it is closed.

type Holders = ConstructorParameters<typeof Unsaved>[0]

const nothing = (): Holders => ({
  arrivals: { waiting: null },
  batch: { table: '', result: null },
  bringIn: { view: null },
  certify: { desk: null },
  issuance: { draft: emptyDraft() },
  requests: { draft: emptyDraft(), answers: null },
})

/** The page's listener for leaving; whether it asks. */
function leaving(holders: Holders): { unsaved: Unsaved; asks: () => boolean } {
  const listen = vi.fn()
  vi.stubGlobal('addEventListener', listen)
  const unsaved = new Unsaved(holders)
  const [type, act] = listen.mock.calls[0] as [string, (event: { preventDefault: () => void }) => void]
  expect(type).toBe('beforeunload')
  const asks = (): boolean => {
    const preventDefault = vi.fn()
    act({ preventDefault })
    return preventDefault.mock.calls.length > 0
  }
  return { unsaved, asks }
}
afterEach(() => {
  vi.unstubAllGlobals()
})

test('with nothing begun the page closes without a question', () => {
  const { unsaved, asks } = leaving(nothing())
  expect([unsaved.kinds, asks()]).toEqual([[], false])
})

test.each<[string, Partial<Holders>]>([
  ['issue', { issuance: { draft: { ...emptyDraft(), commonName: 'begun' } } }],
  ['issue', { issuance: { draft: { ...emptyDraft(), names: 'begun.example' } } }],
  ['request', { requests: { draft: { ...emptyDraft(), names: 'begun.example' }, answers: null } }],
  ['batch', { batch: { table: 'name\nbegun', result: null } }],
  ['arrival', { arrivals: { waiting: { files: [], place: 'certify' } } }],
])('%s: what is begun is named and asked about', (kind, begun) => {
  const { unsaved, asks } = leaving({ ...nothing(), ...begun })
  expect([unsaved.kinds, asks()]).toEqual([[kind], true])
})

test('spaces, and an attribute without a value, are nothing', () => {
  const draft = { ...emptyDraft(), names: ' \n', attributes: [{ type: 'countryName', value: '' }] }
  expect(leaving({ ...nothing(), issuance: { draft } }).asks()).toBe(false)
})

test('what a component holds is asked about until it is let go', () => {
  const { unsaved, asks } = leaving(nothing())
  const [first, second] = [unsaved.hold('key'), unsaved.hold('key')]
  expect([unsaved.kinds, asks()]).toEqual([['key'], true])
  first()
  expect(asks()).toBe(true)
  second()
  expect(asks()).toBe(false)
})
