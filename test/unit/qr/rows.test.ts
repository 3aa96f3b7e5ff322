import { expect, test } from 'vitest'
import { rowOf } from '../../../src/qr/rows.ts'
import { Solver } from '../../../src/qr/solver.ts'
import { random } from '../../support/random.ts'

const bits = (row: Uint32Array, parts: number): number[] =>
  Array.from({ length: parts }, (_, at) => (row[at >> 5]! >>> (at & 31)) & 1)

test('the rows of the documentation', () => {
  // What a decoder of somebody else's has to agree with.
  expect([...rowOf('0011223344556677', 70, 3)]).toEqual([8, 0, 0])
  expect([...rowOf('0011223344556677', 70, 69)]).toEqual([0, 0, 32])
  for (const [number, words] of SUMS)
    expect([...rowOf('0011223344556677', 70, number)].map((word) => word.toString(16))).toEqual(words)
})
/** Calculated by a program of its own, in Python. */
const SUMS = [
  [70, ['fc37d3b6', '6b3cd4ac', '10']],
  [71, ['b1f6ebd5', '4c326697', '3']],
  [4294967295, ['1dbe86e0', '93e0ce49', '30']],
] as const

test.each([1, 2, 3, 31, 32, 33, 64, 150])('no row of %i parts is empty or has a part too many', (parts) => {
  for (let number = 0; number < 2000; number++) {
    const row = rowOf('a1b2c3d4e5f60718', parts, number)
    const all = bits(row, 32 * row.length)
    expect(all.slice(0, parts)).toContain(1)
    expect(all.slice(parts)).not.toContain(1)
  }
})

test('a part is in half of the sums', () => {
  const counts = new Array<number>(64).fill(0)
  for (let number = 64; number < 4064; number++)
    bits(rowOf('a1b2c3d4e5f60718', 64, number), 64).forEach((bit, at) => (counts[at]! += bit))
  // Six standard deviations of 4,000 throws of a coin.
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(190)
})

/** How many frames a receiver needs that misses some of them, by the losses of `draw`. */
function framesNeeded(parts: number, loss: number, draw: () => number, id: string, from = 0): number {
  const solver = new Solver(parts, 1)
  const nothing = new Uint8Array(1)
  let number = from
  for (; !solver.isDone; number++) if (draw() >= loss) solver.add(rowOf(id, parts, number), nothing)
  return number - from
}

const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1]!

test.each([
  [50, 72],
  [150, 215],
])('%i parts, 30 percent lost: at most a tenth more than %i frames', (parts, ideal) => {
  const draw = random(parts)
  const needed = Array.from({ length: 101 }, (_, i) =>
    framesNeeded(parts, 0.3, draw, (i + 0x1000_0000).toString(16).padEnd(16, '0')),
  )
  console.info(`${parts} parts: median ${median(needed)} of ${ideal}, most ${Math.max(...needed)}`)
  expect(median(needed)).toBeLessThanOrEqual(1.1 * ideal)
})

test('who comes late needs hardly more than there are parts', () => {
  const needed = Array.from({ length: 101 }, (_, i) =>
    framesNeeded(100, 0, random(i), (i + 0x2000_0000).toString(16).padEnd(16, '0'), 100 + 37 * i),
  )
  expect(median(needed)).toBeLessThanOrEqual(103)
  expect(Math.max(...needed)).toBeLessThanOrEqual(115)
})
