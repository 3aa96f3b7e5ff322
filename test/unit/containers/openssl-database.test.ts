import { expect, test } from 'vitest'
import { parseIndex, parseNumberFile } from '../../../src/containers/openssl-database.ts'

test('a line that cannot be read is named with its reason, and the others are read', () => {
  const text = [
    'V\t300101000000Z\t\t01\tunknown\t/CN=good',
    'V 300101000000Z 02 unknown /CN=spaces',
    'X\t300101000000Z\t\t03\tunknown\t/CN=status',
    'V\t301301000000Z\t\t04\tunknown\t/CN=month',
    'V\t300101000000Z\t\t5\tunknown\t/CN=odd',
    'R\t300101000000Z\t260101000000Z,because\t06\tunknown\t/CN=reason',
    'R\t300101000000Z\t\t07\tunknown\t/CN=no date',
    '',
    'R\t20500101000000Z\t260101000000Z\t08\tunknown\t/CN=late',
  ].join('\r\n')
  const { entries, problems } = parseIndex(text)
  expect(entries.map(({ line, serialNumber }) => [line, serialNumber])).toEqual([
    [1, '01'],
    [9, '08'],
  ])
  expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'columns'],
    [3, 'status'],
    [4, 'date'],
    [5, 'serial-number'],
    [6, 'reason'],
    [7, 'date'],
  ])
})

test('a number file holds hexadecimal', () => {
  expect(parseNumberFile('0A\n')).toBe(10n)
  expect(parseNumberFile('ten')).toBeNull()
  expect(parseNumberFile('')).toBeNull()
})
