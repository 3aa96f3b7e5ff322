import { expect, test } from 'vitest'
import { compareWord, isTyped } from '../../../src/ui/vault/recovery-check.ts'

// Two words of the recovery passphrase are typed again from paper before the vault is made.

const RECOVERY = { words: 'amber bread canal dusk', asked: [1, 3] } as const

test.each([
  ['bread', 'right'],
  [' Bread ', 'right'],
  ['', 'missing'],
  ['bre', 'missing'],
  ['bread canal', 'wrong'],
  ['amber', 'wrong'],
  ['breads', 'wrong'],
] as const)('the second word, typed as "%s": %s', (typed, found) => {
  expect(compareWord(RECOVERY, 1, typed)).toBe(found)
})

test.each([
  [['bread', 'dusk'], true],
  [['dusk', 'bread'], false],
  [['bread', ''], false],
  [['bread'], false],
  [['', ''], false],
])('%j: both are typed: %s', (typed, both) => {
  expect(isTyped(RECOVERY, typed)).toBe(both)
})
