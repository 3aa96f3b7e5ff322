import { expect, test } from 'vitest'
import { suggestPassphrase } from '../../../src/vault/suggestion.ts'
import { WORDS } from '../../../src/vault/words.ts'

test('the list has 1,024 different short words', () => {
  expect(new Set(WORDS).size).toBe(1024)
  expect(WORDS.every((word) => /^[a-z]{2,8}$/.test(word))).toBe(true)
})

test('seven words carry 70 bits, and no two suggestions are alike', () => {
  const suggestions = Array.from({ length: 50 }, () => suggestPassphrase(7))
  expect(
    suggestions.every(({ words, entropyBits }) => words.split(' ').length === 7 && entropyBits === 70),
  ).toBe(true)
  expect(new Set(suggestions.map(({ words }) => words)).size).toBe(50)
})

test('every word is drawn about as often as any other', () => {
  const counts = new Map<string, number>()
  for (let round = 0; round < 4000; round++) {
    for (const word of suggestPassphrase(24).words.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  // 96,000 draws, 93.75 expected each, standard deviation 9.7: seven of them is beyond chance.
  expect(counts.size).toBe(1024)
  expect(Math.min(...counts.values())).toBeGreaterThan(25)
  expect(Math.max(...counts.values())).toBeLessThan(165)
})

test('fewer than five words are not suggested', () => {
  const many = Array.from({ length: 200 }, () => suggestPassphrase(24).words.split(' '))
  expect(many.every((words) => new Set(words).size === 24)).toBe(true)
  expect(suggestPassphrase(1).words.split(' ')).toHaveLength(5)
})

test('two different places are asked for, in order, and each place now and then', () => {
  const asked = Array.from({ length: 400 }, () => suggestPassphrase(8).asked)
  expect(asked.every(([first, second]) => first >= 0 && first < second && second < 8)).toBe(true)
  expect(new Set(asked.flat()).size).toBe(8)
  expect(new Set(asked.map(String)).size).toBeGreaterThan(20)
})
