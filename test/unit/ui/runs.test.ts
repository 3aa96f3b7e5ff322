import { expect, test } from 'vitest'
import { Runs } from '../../../src/state/inventory/runs.ts'

// The inventory shows what a run made, by a name in its address.

test('what a run made is found by its name, and by no other', () => {
  const runs = new Runs()
  const [first, second] = [runs.keep(['a', 'b']), runs.keep(['c'])]
  expect(runs.filter(first)).toEqual({ ids: ['a', 'b'] })
  expect(runs.filter(second)).toEqual({ ids: ['c'] })
})

test('without a run everything is found; a run of another visit finds nothing, instead of everything', () => {
  const runs = new Runs()
  expect([runs.filter(null), runs.filter('')]).toEqual([{}, {}])
  expect(runs.filter('another')).toEqual({ ids: [] })
  expect(runs.madeBy('another')).toBeNull()
})
