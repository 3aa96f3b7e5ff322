import { describe, expect, test } from 'vitest'
import { isCodedError } from '../../../src/errors.ts'
import { utf8 } from '../../../src/octets.ts'
import {
  isQuorum,
  newShareSet,
  openQuorum,
  proveShare,
  sealQuorum,
  subsetsOf,
  type ShareSet,
} from '../../../src/vault/quorum/quorum.ts'
import {
  isSetId,
  readShare,
  setWordOf,
  shareText,
  typedWords,
  SHARE_WORDS,
} from '../../../src/vault/quorum/share-words.ts'
import { WORDS } from '../../../src/vault/words.ts'
import { seal, open } from '../../../src/webcrypto/seal.ts'

const AT = Date.UTC(2026, 10, 30)
const NAMES = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal', 'Ida']
const of = (count: number, threshold: number) => newShareSet(NAMES.slice(0, count), threshold)
const given = ({ shares }: ShareSet, holders: readonly number[]) =>
  new Map(holders.map((holder) => [holder, shares[holder - 1]!.words]))
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => (isCodedError(error) ? error.code : String(error)),
  )
const three = await of(3, 2)
const sealed = await sealQuorum(three, AT)

describe.each([
  [3, 2],
  [5, 3],
  [7, 4],
  [9, 5],
])('of %i holders, %i', (count, threshold) => {
  test('open it, whoever they are, and one fewer do not', async () => {
    const set = await of(count, threshold)
    const { quorum, key } = await sealQuorum(set, AT)
    const context = utf8('a test')
    const text = await seal(key, utf8('what they hold together'), context)
    const subsets = subsetsOf(count, threshold)
    expect(quorum.envelopes).toHaveLength(subsets.length)
    expect(isQuorum({ ...quorum })).toBe(true)
    for (const subset of subsets) {
      const opened = await openQuorum(quorum, given(set, subset))
      expect(await open(opened!, text, context)).toEqual(utf8('what they hold together'))
    }
    for (const subset of subsetsOf(count, threshold - 1))
      expect(await codeOf(openQuorum(quorum, given(set, subset)))).toBe('shares-too-few')
    const all = given(
      set,
      NAMES.slice(0, count).map((_, i) => i + 1),
    )
    expect(await openQuorum(quorum, all)).not.toBeNull()
  })
})

test('an envelope that was changed, moved or is of another set opens nothing', async () => {
  const { quorum } = sealed
  const words = given(three, [1, 2])
  const changed = quorum.envelopes.map((each) => each.map((octet, i) => (i === 20 ? octet ^ 1 : octet)))
  expect(await openQuorum({ ...quorum, envelopes: changed }, words)).toBeNull()
  const turned = [...quorum.envelopes].reverse()
  expect(await openQuorum({ ...quorum, envelopes: turned }, words)).toBeNull()
  const other = await sealQuorum(await of(3, 2), AT)
  expect(await openQuorum({ ...quorum, envelopes: other.quorum.envelopes }, words)).toBeNull()
})

test('a share is sixteen words, and its first word that of the set', async () => {
  expect(isSetId(three.setId)).toBe(true)
  for (const { holder, words, setId } of three.shares) {
    expect(words.split(' ')).toHaveLength(SHARE_WORDS)
    expect(await readShare(words)).toEqual({ setWord: setWordOf(setId), setId: null, holder, words })
  }
  expect(new Set(three.shares.map(({ words }) => words.split(' ')[0])).size).toBe(1)
})

test.each([
  [
    'numbered',
    (words: string) =>
      words
        .split(' ')
        .map((word, i) => `${String(i + 1)}. ${word}`)
        .join('\n'),
  ],
  ['in capitals', (words: string) => `  ${words.toUpperCase()}  `],
  ['with commas', (words: string) => words.replaceAll(' ', ', ')],
])('its words may be typed %s', async (_how, typed) => {
  const { words } = three.shares[0]!
  expect((await readShare(typed(words))).words).toBe(words)
})

test('its file and its code read back, and name the whole set', async () => {
  const share = three.shares[1]!
  expect(await readShare(shareText(share, 3, 2))).toMatchObject({ ...share })
})

test.each<[string, (words: string[]) => string, string]>([
  ['a word that is not on the list', (words) => ['acids', ...words.slice(1)].join(' '), 'share-word-unknown'],
  ['a word left out', (words) => words.slice(1).join(' '), 'share-words-count'],
  ['a word too many', (words) => [...words, 'acid'].join(' '), 'share-words-count'],
  ['two words exchanged', ([a, b, c, ...rest]) => [a, c, b, ...rest].join(' '), 'share-mistyped'],
  ['nothing', () => '', 'share-words-count'],
  ['a text without end', () => 'acid '.repeat(10_000), 'share-text-invalid'],
  [
    'a file with another first line',
    (words) => `ROOTCELLAR SHARE 12\n${words.join(' ')}`,
    'share-text-invalid',
  ],
  [
    'a file without a set',
    (words) => `ROOTCELLAR SHARE 1\nset me\n\n${words.join(' ')}`,
    'share-text-invalid',
  ],
])('%s is named', async (_what, change, code) => {
  // Two words that are the same would not be exchanged.
  const distinct = three.shares.map(({ words }) => words.split(' ')).find(([, b, c]) => b !== c)!
  expect(await codeOf(readShare(change(distinct)))).toBe(code)
})

test('any other word in any place is noticed', async () => {
  const words = three.shares[0]!.words.split(' ')
  for (const place of words.keys()) {
    const other = WORDS.find((word) => word !== words[place])!
    const code = await codeOf(readShare(words.map((word, i) => (i === place ? other : word)).join(' ')))
    expect(code).toBe('share-mistyped')
  }
})

test('what is meant by a mistyped word is said, and nothing of words far from all', () => {
  expect(typedWords('acid acorm qqqqqqqqqq')).toEqual([
    { isKnown: true, nearest: null },
    { isKnown: false, nearest: 'acorn' },
    { isKnown: false, nearest: null },
  ])
  expect(typedWords('acid '.repeat(100_000))).toEqual([])
})

describe('one share is proved alone', () => {
  const { quorum } = sealed
  const read = (set: ShareSet, holder: number) => readShare(set.shares[holder - 1]!.words)

  test('by its hash in the record', async () => {
    expect(await proveShare(quorum, await read(three, 2), null)).toBe(2)
    expect(await proveShare(quorum, await read(three, 2), 2)).toBe(2)
  })

  test('that of somebody else is named', async () => {
    const error: unknown = await proveShare(quorum, await read(three, 3), 1).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'share-other-holder', detail: { asked: 'Ada', found: 'Cleo' } })
  })

  test('that of another set is named, also where only its file says so', async () => {
    let other = await of(3, 2)
    while (setWordOf(other.setId) === setWordOf(three.setId)) other = await of(3, 2)
    expect(await codeOf(proveShare(quorum, await read(other, 1), null))).toBe('share-other-set')
    const twin = { ...other, setId: other.setId }
    const file = await readShare(shareText(twin.shares[0]!, 3, 2))
    expect(await codeOf(proveShare(quorum, file, null))).toBe('share-other-set')
    const larger = await of(4, 2)
    const fourth = { ...(await read(larger, 4)), setWord: setWordOf(quorum.setId) }
    expect(await codeOf(proveShare(quorum, fourth, null))).toBe('share-other-set')
  })

  test('one of a set with the same first word is refused by its hash', async () => {
    const other = { ...(await read(await of(3, 2), 1)), setWord: setWordOf(quorum.setId) }
    expect(await codeOf(proveShare(quorum, other, null))).toBe('share-refused')
  })
})

test.each<[string, string[], number, string]>([
  ['nobody', [], 2, 'holders'],
  ['one alone', ['Ada'], 1, 'holders'],
  ['ten', [...NAMES, 'Joy'], 2, 'holders'],
  ['one is enough', ['Ada', 'Ben'], 1, 'threshold'],
  ['more than there are', ['Ada', 'Ben'], 3, 'threshold'],
  ['half a holder', ['Ada', 'Ben'], 1.5, 'threshold'],
  ['no name', ['Ada', ' '], 2, 'names'],
  ['one name twice', ['Ada', 'Ada'], 2, 'names'],
])('%s is no quorum', async (_what, names, threshold, reason) => {
  await expect(newShareSet(names, threshold)).rejects.toMatchObject({ detail: { reason } })
})

test.each<[string, Record<string, unknown>]>([
  ['an id of nothing', { setId: 'xx-00000000' }],
  ['a list of other letters', { setId: 'en1-0000000U' }],
  ['no holders', { holders: [] }],
  ['a threshold of one', { threshold: 1 }],
  ['a threshold that is no number', { threshold: '2' }],
  ['an envelope too few', { envelopes: sealed.quorum.envelopes.slice(1) }],
  ['an envelope of text', { envelopes: sealed.quorum.envelopes.map(() => 'x') }],
  [
    'a hash that is too short',
    { holders: sealed.quorum.holders.map((each) => ({ ...each, sha256: utf8('x') })) },
  ],
  [
    'a name without end',
    { holders: sealed.quorum.holders.map((each) => ({ ...each, name: 'x'.repeat(101) })) },
  ],
  ['a holder that is none', { holders: sealed.quorum.holders.map(() => null) }],
])('%s in the storage is no quorum', (_what, change) => {
  expect(isQuorum({ ...sealed.quorum, ...change })).toBe(false)
})
