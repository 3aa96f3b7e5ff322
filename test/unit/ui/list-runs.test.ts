import { expect, test } from 'vitest'
import { runsOf } from '../../../src/ui/lists/runs.ts'

const spans = (...pairs: [number, number][]) => pairs.map(([from, to]) => ({ from, to }))
const shape = (...pairs: [number, number][]) =>
  runsOf(spans(...pairs)).map(({ from, to, items }) => [from, to, items.length])

test('lists that overlap or touch are one run', () => {
  expect(shape([0, 5], [4, 9], [9, 12])).toEqual([[0, 12, 3]])
})

test('where no list is in force another run begins', () => {
  expect(shape([0, 5], [4, 9], [10, 12], [11, 15])).toEqual([
    [0, 9, 2],
    [10, 15, 2],
  ])
})

test('one that ends before the list that began earlier takes nothing away', () => {
  expect(shape([0, 10], [2, 4], [9, 11])).toEqual([[0, 11, 3]])
  expect(shape()).toEqual([])
})
