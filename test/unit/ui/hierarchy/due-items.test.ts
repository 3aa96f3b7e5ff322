import { expect, test } from 'vitest'
import type { SetView } from '../../../../src/border/protocol/slots.ts'
import type { AuthorityView } from '../../../../src/border/views.ts'
import type { ListsStanding, ListView } from '../../../../src/border/protocol/list.ts'
import { DAY } from '../../../../src/time.ts'
import { dueItems } from '../../../../src/ui/hierarchy/due-items.ts'

const NOW = new Date('2026-11-29T12:00:00Z')
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY)

const ca = (id: string, more: Partial<AuthorityView> = {}): AuthorityView =>
  ({ id, key: 'vault', notAfter: inDays(1000), ...more }) as AuthorityView
const listed = (authorityId: string, nextUpdate: Date, unlisted = 0): [string, ListsStanding] => [
  authorityId,
  {
    authorityId,
    newest: { thisUpdate: inDays(-20), nextUpdate } as ListView,
    ahead: 0,
    lastEnd: null,
    unlisted,
  },
]
const due = (more: Partial<Parameters<typeof dueItems>[0]>) =>
  dueItems({ ending: 0, authorities: [], standings: new Map(), sets: [], status: null, now: NOW, ...more })

test('nothing is due', () => {
  expect(due({ authorities: [ca('new')], status: { lastBackupAt: null, changesSinceBackup: 0 } })).toEqual([])
})

test('a list that ended comes first, then certificates, lists that end soon, and the backup', () => {
  const authorities = ['soon', 'ended', 'fine', 'unlisted'].map((id) => ca(id))
  const standings = new Map([
    listed('soon', inDays(1)),
    listed('ended', inDays(-1)),
    listed('fine', inDays(100)),
    listed('unlisted', inDays(100), 2),
  ])
  const status = { lastBackupAt: inDays(-9), changesSinceBackup: 3 }
  const items = due({ ending: 12, authorities, standings, status })
  expect(
    items.map((item) => (item.kind === 'list' ? `${item.authority.id}: ${item.state}` : item.kind)),
  ).toEqual(['ended: ended', 'certificates', 'soon: next', 'unlisted: unlisted', 'backup'])
})

test('shares that were not shown for a year are due, with those who hold them', () => {
  const set = (days: readonly number[]) =>
    ({
      holders: days.map((day, i) => ({ name: `Holder ${String(i)}`, provedAt: inDays(-day) })),
    }) as unknown as SetView
  const sets = [
    { of: { kind: 'vault' } as const, set: set([10, 366]) },
    { of: { kind: 'authority', authorityId: 'held' } as const, set: set([365]) },
    { of: { kind: 'authority', authorityId: 'held' } as const, set: set([800, 700]) },
  ]
  expect(due({ sets, authorities: [ca('held')] })).toMatchObject([
    { kind: 'shares', authority: null, holders: ['Holder 1'], last: inDays(-366) },
    { kind: 'shares', authority: { id: 'held' }, holders: ['Holder 0', 'Holder 1'], last: inDays(-800) },
  ])
})

test('no list is due of a CA that cannot sign one, or has ended', () => {
  const authorities = [ca('elsewhere', { key: 'elsewhere' }), ca('over', { notAfter: inDays(-2) })]
  const standings = new Map([listed('elsewhere', inDays(-1)), listed('over', inDays(-3))])
  expect(due({ authorities, standings })).toEqual([])
})
