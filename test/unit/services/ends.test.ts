import { expect, test } from 'vitest'
import { catalogueIndex, indexSegment, matchingPositions } from '../../../src/services/catalogue/index.ts'
import { endsIn } from '../../../src/services/inventory/ends.ts'
import type { CatalogueEntry } from '../../../src/vault/shapes.ts'
import { DAY } from '../../../src/time.ts'

const AT = Date.UTC(2026, 10, 29)

/** Ends so many days after the day; of CA `one` unless it is said otherwise. */
const entry = (id: string, days: number, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  id,
  text: id,
  serialNumber: '01',
  createdAt: AT - DAY,
  notBefore: AT - DAY,
  notAfter: AT + days * DAY,
  status: 'good',
  authorityId: 'one',
  ownAuthorityId: null,
  profileId: 'tlsServer',
  tags: [],
  ...more,
})

const index = () =>
  catalogueIndex([
    indexSegment(
      [
        entry('soon', 10),
        entry('last day', 29.5),
        entry('later', 30),
        entry('ended', -1),
        entry('revoked', 5, { status: 'revoked' }),
        entry('held', 6, { status: 'held' }),
        entry('replaced', 7, { isReplaced: true }),
        entry('root itself', 100, { authorityId: 'two', ownAuthorityId: 'two' }),
        entry('of nobody', 3, { authorityId: null }),
        entry('a CA', 400, { authorityId: 'two', ownAuthorityId: 'one' }),
      ],
      new Map(),
    ),
  ])

test('what each CA issued is counted by the month it ends in; what ends within 30 days has its instant', () => {
  const [one, two] = endsIn(index(), AT)
  expect(one).toEqual({
    authorityId: 'one',
    months: [
      { from: new Date('2026-11-01'), count: 1 },
      { from: new Date('2026-12-01'), count: 5 },
    ],
    soon: [6, 10, 29.5].map((days) => new Date(AT + days * DAY)),
  })
  expect(two).toEqual({
    authorityId: 'two',
    months: [{ from: new Date('2028-01-01'), count: 1 }],
    soon: [],
  })
})

test('a month that was counted is what the inventory finds, and what is left out there is not counted', () => {
  const all = index()
  const found = matchingPositions(all, { authorityId: 'one', ends: '2026-12' }, AT)
  expect(found.length).toBe(5)
  const soon = matchingPositions(all, { authorityId: 'one', within: 30 }, AT)
  expect(soon.length).toBe(endsIn(all, AT)[0]!.soon.length)
  all.hidden.add(0)
  expect(endsIn(all, AT)[0]!.soon.length).toBe(2)
})
