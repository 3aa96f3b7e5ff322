import { expect, test } from 'vitest'
import { hashWords, wordsText } from '../../../src/messages/hash-words.ts'
import { ODD_WORDS } from '../../../src/messages/odd-words.ts'
import { SEAL_WORDS } from '../../../src/messages/seal-words.ts'
import { allWordsOf } from '../../../witness/words.ts'

const hash = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) % 256)

/** As it is spoken, roughly: letters that sound the same are the same, and doubled ones are one. */
const SOUNDS = {
  ph: 'f',
  ck: 'k',
  qu: 'kw',
  x: 'ks',
  c: 'k',
  z: 's',
  gh: '',
  wr: 'r',
  kn: 'n',
  wh: 'w',
  y: 'i',
  ee: 'i',
  ea: 'i',
  oo: 'u',
  ou: 'u',
}
const spoken = (word: string): string =>
  Object.entries(SOUNDS)
    .reduce((text, [from, to]) => text.replaceAll(from, to), word)
    .replace(/(.)\1/g, '$1')

/** How many letters must be added, removed or changed to make one of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++)
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (a[i] === b[j] ? 0 : 1)))
    row = next
  }
  return row.at(-1)!
}

test('there are 256 words for odd places, in lower-case letters, and none of the first list', () => {
  expect(ODD_WORDS).toHaveLength(256)
  expect(new Set([...ODD_WORDS, ...SEAL_WORDS]).size).toBe(512)
  expect(ODD_WORDS.filter((word) => !/^[a-z]{4,9}$/.test(word))).toEqual([])
  expect([...ODD_WORDS].sort()).toEqual(ODD_WORDS)
})

test('no word for odd places is like another, or like one of the first list', () => {
  const alike = ODD_WORDS.flatMap((word, i) => [
    ...ODD_WORDS.slice(0, i).filter((other) => distance(spoken(word), spoken(other)) < 3),
    ...[...ODD_WORDS.slice(0, i), ...SEAL_WORDS].filter((other) => distance(word, other) < 3),
    ...SEAL_WORDS.filter((other) => word.startsWith(other) || other.startsWith(word)),
  ])
  expect(alike).toEqual([])
})

test('a hash is 32 words, from the lists by turns, and each octet counts', () => {
  const words = hashWords(hash)
  expect(words).toHaveLength(32)
  words.forEach((word, i) => expect(i % 2 === 0 ? SEAL_WORDS : ODD_WORDS).toContain(word))
  expect(hashWords(Uint8Array.of(0, 0, 255, 255))).toEqual(['acorn', 'admiral', 'walnut', 'whisper'])
  const swapped = Uint8Array.from([hash[1]!, hash[0]!, ...hash.subarray(2)])
  expect(hashWords(swapped)).not.toEqual(words)
})

test('the page of the witness has the same words', () => {
  expect(allWordsOf(hash)).toEqual(hashWords(hash))
})

test('the file of words is found by line number', () => {
  const lines = wordsText().split('\n')
  expect(lines).toHaveLength(513)
  expect([lines[hash[0]!], lines[256 + hash[1]!]]).toEqual(hashWords(hash.subarray(0, 2)))
})
