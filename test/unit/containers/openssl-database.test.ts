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
    // Revoked, since whenever and for whatever reason.
    [6, '06'],
    [7, '07'],
    [9, '08'],
  ])
  expect(entries.filter(({ status }) => status === 'revoked').map(({ reason }) => reason)).toEqual([
    null,
    null,
    null,
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

test('a revoked certificate stays so if the rest of its line cannot be read; remarks are no lines', () => {
  const text = [
    '# our CA',
    'R\tnever\t260101000000Z,keyCompromise\t01\tunknown\t/CN=expiry',
    'R\t300101000000Z\t260101000000Z\t02',
    'R\t300101000000Z\t260101000000Z,keyTime,soon\t03\tunknown\t/CN=time',
    'R\t300101000000Z\t260101000000Z\t04\tunknown\t/CN=a\ttab',
    'R\t300101000000Z\t260101000000Z\tx\tunknown\t/CN=serial',
  ].join('\n')
  const { entries, problems } = parseIndex(text)
  expect(entries.map(({ serialNumber, status, reason }) => [serialNumber, status, reason])).toEqual([
    ['01', 'revoked', 'keyCompromise'],
    ['02', 'revoked', null],
    ['03', 'revoked', 'keyCompromise'],
    ['04', 'revoked', null],
  ])
  expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'date'],
    [3, 'columns'],
    [4, 'date'],
    [6, 'serial-number'],
  ])
})
