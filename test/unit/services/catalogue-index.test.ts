import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEGMENT_ENTRIES } from '../../../src/vault/catalogue.ts'
import type { CatalogueEntry } from '../../../src/vault/shapes.ts'
import {
  catalogueIndex,
  facetsOf,
  idAt,
  indexSegment,
  matchingPositions,
  withSegments,
  type CatalogueIndex,
  type CertificateMatch,
} from '../../../src/services/catalogue/index.ts'
import type { CertificateSort } from '../../../src/border/views.ts'

const NOW = 50 * 86_400_000
const SORTS = ['createdAt', 'notBefore', 'notAfter', 'commonName', 'serialNumber', 'profileId'] as const
const time = fc.integer({ min: 0, max: 100 }).map((days) => days * 86_400_000)
const word = fc.constantFrom('a', 'ab', 'abc', 'host', 'example', 'ö', 'Straße', '例', 'x y')
const authority = fc.constantFrom('one', 'two', null)

const entry: fc.Arbitrary<Omit<CatalogueEntry, 'id'>> = fc.record({
  text: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('\n').toLowerCase()),
  serialNumber: fc.integer({ min: 1, max: 5000 }).map((number) => number.toString(16)),
  createdAt: time,
  notBefore: time,
  notAfter: time,
  status: fc.constantFrom('good', 'good', 'good', 'revoked', 'held'),
  authorityId: authority,
  ownAuthorityId: authority,
  profileId: fc.constantFrom('server', 'client'),
  tags: fc.subarray(['red', 'green', 'blue']),
  isReplaced: fc.boolean(),
})

const query: fc.Arbitrary<CertificateMatch> = fc.record(
  {
    search: fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
    authorityId: fc.constantFrom('one', 'two', 'three'),
    within: fc.constantFrom(0, 7, 30),
    state: fc.constantFrom('good', 'revoked', 'held', 'expired', 'future'),
    profileId: fc.constantFrom('server', 'other'),
    tag: fc.constantFrom('red', 'white'),
    ids: fc.array(
      fc.nat(100).map((at) => `id-${String(at)}`),
      { maxLength: 40 },
    ),
    sort: fc.constantFrom(...SORTS),
    descending: fc.boolean(),
  },
  { requiredKeys: [] },
)

/** Several segments from a few drawn entries, so that a run stays fast. */
const entries = fc
  .tuple(fc.array(entry, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 30 }))
  .map(([drawn, times]) =>
    Array.from({ length: times }, () => drawn)
      .flat()
      .map((one, at): CatalogueEntry => ({ ...one, id: `id-${String(at)}` })),
  )

test('search, filters and order give what a walk over all entries gives', () => {
  fc.assert(
    fc.property(entries, fc.array(query, { minLength: 1, maxLength: 5 }), (all, queries) => {
      const index = indexOf(all)
      for (const asked of queries) expect(idsOf(index, asked)).toEqual(naive(all, asked))
    }),
    { numRuns: 150 },
  )
})

test('what is changed and what is added later is found in its place', () => {
  const changes = fc.array(fc.tuple(fc.nat(2000), entry), { minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(
      entries,
      changes,
      fc.array(entry, { maxLength: 600 }),
      query,
      (all, changed, added, asked) => {
        const before = indexOf(all)
        for (const sort of SORTS) idsOf(before, { sort })
        const after = [...all]
        for (const [at, one] of changed) after[at % all.length] = { ...one, id: all[at % all.length]!.id }
        for (const one of added) after.push({ ...one, id: `id-${String(after.length)}` })
        const touched = new Set([
          ...changed.map(([at]) => Math.floor((at % all.length) / SEGMENT_ENTRIES)),
          ...added.map((_one, at) => Math.floor((all.length + at) / SEGMENT_ENTRIES)),
        ])
        const index = withSegments(
          before,
          new Map([...touched].map((number) => [number, segment(after, number)])),
        )
        expect(idsOf(index, asked)).toEqual(naive(after, asked))
        for (const sort of SORTS) expect(idsOf(index, { sort })).toEqual(naive(after, { sort }))
      },
    ),
    { numRuns: 60 },
  )
})

test('what is hidden is neither found nor counted, and stays so while other segments change', () => {
  const all = Array.from({ length: 2 * SEGMENT_ENTRIES }, (_, at) => ({ ...plain, id: `id-${String(at)}` }))
  const index = indexOf(all)
  index.hidden.add(7)
  expect(idsOf(index, {})).not.toContain('id-7')
  const next = withSegments(index, new Map([[1, segment(all, 1)]]))
  expect(idsOf(next, { search: 'host' })).toHaveLength(2 * SEGMENT_ENTRIES - 1)
  expect(idsOf(withSegments(next, new Map([[0, segment(all, 0)]])), {})).toContain('id-7')
})

test('says which profiles and tags occur', () => {
  const all = [
    { ...plain, id: 'a', profileId: 'server', tags: ['red'] },
    { ...plain, id: 'b', profileId: 'client', tags: ['blue', 'red'] },
  ]
  expect(facetsOf(indexOf(all))).toEqual({ profileIds: ['client', 'server'], tags: ['blue', 'red'] })
})

const plain: Omit<CatalogueEntry, 'id'> = {
  text: 'host',
  serialNumber: '01',
  createdAt: 0,
  notBefore: 0,
  notAfter: 0,
  status: 'good',
  authorityId: null,
  ownAuthorityId: null,
  profileId: 'server',
  tags: [],
}

const segment = (all: readonly CatalogueEntry[], number: number) =>
  indexSegment(all.slice(number * SEGMENT_ENTRIES, (number + 1) * SEGMENT_ENTRIES), new Map())

const indexOf = (all: readonly CatalogueEntry[]): CatalogueIndex =>
  catalogueIndex(
    Array.from({ length: Math.ceil(all.length / SEGMENT_ENTRIES) }, (_, number) => segment(all, number)),
  )

const idsOf = (index: CatalogueIndex, asked: CertificateMatch): string[] =>
  Array.from(matchingPositions(index, asked, NOW), (position) => idAt(index, position))

const KEYS: Record<CertificateSort, (entry: CatalogueEntry) => number | string> = {
  createdAt: ({ createdAt }) => createdAt,
  notBefore: ({ notBefore }) => notBefore,
  notAfter: ({ notAfter }) => notAfter,
  commonName: ({ text }) => text.split('\n')[0]!,
  serialNumber: ({ serialNumber }) => parseInt(serialNumber, 16),
  profileId: ({ profileId }) => profileId,
}

/** The same, as an independent brute-force definition. */
function naive(all: readonly CatalogueEntry[], asked: CertificateMatch): string[] {
  const { search = '', sort = 'createdAt', descending = false } = asked
  const words = search.toLowerCase().split(/\s+/)
  const found = all.filter((one) => {
    const isExpired = one.status === 'good' && one.notAfter < NOW
    const isFuture = one.status === 'good' && !isExpired && one.notBefore > NOW
    const state = isExpired ? 'expired' : isFuture ? 'future' : one.status
    const isBelow = one.authorityId === asked.authorityId && one.ownAuthorityId !== asked.authorityId
    const ends = (one.notAfter - NOW) / 86_400_000
    return (
      words.every((wanted) => one.text.includes(wanted)) &&
      (asked.authorityId === undefined || isBelow) &&
      (asked.within === undefined ||
        (one.status !== 'revoked' && one.isReplaced !== true && ends >= 0 && ends < asked.within)) &&
      (asked.state === undefined || state === asked.state) &&
      (asked.profileId === undefined || one.profileId === asked.profileId) &&
      (asked.tag === undefined || one.tags.includes(asked.tag)) &&
      (asked.ids === undefined || asked.ids.includes(one.id))
    )
  })
  const key = KEYS[sort]
  const sorted = found
    .map((one, at) => ({ one, at }))
    .sort((a, b) => (key(a.one) < key(b.one) ? -1 : key(a.one) > key(b.one) ? 1 : a.at - b.at))
    .map(({ one }) => one.id)
  return descending ? sorted.reverse() : sorted
}
