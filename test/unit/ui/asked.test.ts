import { expect, test } from 'vitest'
import { readMoment } from '../../../src/messages/dates.ts'
import { kindOfName, named } from '../../../src/state/validate/name-kind.ts'

test('an instant is read as it is written here, and as programs write it', () => {
  const at = '2026-11-29T14:41:00.000Z'
  for (const text of [
    '2026-11-29 14:41',
    '2026-11-29T14:41',
    ' 2026-11-29  14:41 UTC ',
    '2026-11-29T14:41:00Z',
  ])
    expect(readMoment(text)?.toISOString(), text).toBe(at)
  expect(readMoment('2026-11-29')?.toISOString()).toBe('2026-11-29T00:00:00.000Z')
  expect(readMoment('2024-02-29')).not.toBeNull()
})

test('what is no day is none', () => {
  for (const text of [
    '',
    '2026',
    '29.11.2026',
    '2026-13-01',
    '2026-04-31',
    '2025-02-29',
    '2026-11-29 25:00',
    'now',
  ])
    expect(readMoment(text), text).toBeNull()
})

test('a name is of the kind that it reads as', () => {
  expect(
    ['example.com', '10.0.0.1', '2001:db8::1', 'ada@example.com', 'spiffe://x/y', ''].map(kindOfName),
  ).toEqual(['DNS', 'IP', 'IP', 'RFC822', 'URI', 'DNS'])
})

test('a kind that does not show in the name is kept', () => {
  expect(named({ kind: 'DNS', value: 'example.com' })).toEqual({ name: 'example.com', nameKind: null })
  expect(named({ kind: 'CN', value: 'Ada Lovelace' })).toEqual({ name: 'Ada Lovelace', nameKind: 'CN' })
  expect(named({ kind: 'UPN', value: 'ada@corp.example' })).toEqual({
    name: 'ada@corp.example',
    nameKind: 'UPN',
  })
  expect(named(null)).toEqual({ name: '', nameKind: null })
})
