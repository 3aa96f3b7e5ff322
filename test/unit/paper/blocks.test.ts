import { expect, test } from 'vitest'
import { octetBlocks, packed, type Measured, type PaperTable } from '../../../src/paper/blocks.ts'

const table: PaperTable = { columns: ['one'], widths: [1] }
const text = (height: number): Measured => ({ height, table: null, headHeight: 0, leads: false })
const heading = (height: number): Measured => ({ ...text(height), leads: true })
const row = (height: number, of = table): Measured => ({ ...text(height), table: of, headHeight: 3 })

test('a block that does not fit begins the next sheet, and none is lost', () => {
  expect(packed([text(4), text(4), text(4), text(10), text(1)], 10)).toEqual([[0, 1], [2], [3], [4]])
  expect(packed([], 10)).toEqual([])
})

test('a block higher than a sheet has one of its own', () => {
  expect(packed([text(4), text(14), text(4)], 10)).toEqual([[0], [1], [2]])
})

test('a heading is never the last on a sheet, nor are two', () => {
  expect(packed([text(7), heading(1), text(3)], 10)).toEqual([[0], [1, 2]])
  expect(packed([text(6), heading(1), heading(1), text(3)], 10)).toEqual([[0], [1, 2, 3]])
  expect(packed([text(7), heading(1)], 10)).toEqual([[0, 1]])
})

test('the head of a table takes its place on each sheet that has rows of it', () => {
  expect(packed([row(4), row(3), row(4), row(3)], 10)).toEqual([
    [0, 1],
    [2, 3],
  ])
  // Without the head three would fit.
  expect(packed([row(3), row(3), row(3)], 10)).toEqual([[0, 1], [2]])
  // Another table has a head of its own.
  expect(packed([row(3), row(3, { ...table })], 10)).toEqual([[0], [1]])
  expect(packed([row(2), row(2, { ...table })], 10)).toEqual([[0, 1]])
})

test('three thousand rows are on sheets in their order, each once', () => {
  const rows = Array.from({ length: 3000 }, (_, n) => row(1 + (n % 7)))
  const sheets = packed(rows, 100)
  expect(sheets.flat()).toEqual(rows.map((_, n) => n))
  for (const sheet of sheets)
    expect(3 + sheet.reduce((sum, n) => sum + rows[n]!.height, 0)).toBeLessThanOrEqual(100)
})

test('text that is copied exactly is put together again from its blocks', () => {
  const pem = Array.from({ length: 20 }, (_, n) => `line ${String(n)}`).join('\n')
  expect(
    octetBlocks(`${pem}\n`)
      .map((block) => 'text' in block && block.text)
      .join('\n'),
  ).toBe(pem)
})
