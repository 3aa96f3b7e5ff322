import { isKeyHere } from '../../border/words.ts'
import { dueOf } from '../lists/due.ts'
import type { AuthorityView, VaultStatus } from '../../border/views.ts'
import type { HeldSet } from '../../border/protocol/quorum.ts'
import { DAY } from '../../time.ts'
import type { ListsStanding } from '../../border/protocol/list.ts'

/** One thing that is due, with what its cell says. */
export type DueItem =
  | { readonly kind: 'certificates'; readonly count: number }
  | {
      readonly kind: 'list'
      readonly authority: AuthorityView
      readonly state: 'ended' | 'next' | 'unlisted'
      readonly standing: ListsStanding
    }
  | {
      readonly kind: 'shares'
      /** Null: of the vault. */
      readonly authority: AuthorityView | null
      /** Those who have not shown their shares for long. */
      readonly holders: readonly string[]
      readonly last: Date
    }
  | { readonly kind: 'backup'; readonly last: Date | null; readonly changes: number }

interface Vaults {
  readonly ending: number
  readonly authorities: readonly AuthorityView[]
  readonly standings: ReadonlyMap<string, ListsStanding>
  readonly sets: readonly HeldSet[]
  /** Null: nothing is to be backed up, as of a sample. */
  readonly status: Pick<VaultStatus, 'lastBackupAt' | 'changesSinceBackup'> | null
  readonly now: Date
}

/** Returns what is due, the most urgent first: lists that ended, certificates, lists that end soon, shares, the backup. */
export function dueItems({ ending, authorities, standings, sets, status, now }: Vaults): DueItem[] {
  const lists = authorities.flatMap((authority) => dueList(authority, standings.get(authority.id), now))
  const isOver = ({ state }: { state: string }): boolean => state === 'ended'
  return [
    ...lists.filter(isOver),
    ...(ending > 0 ? [{ kind: 'certificates', count: ending } as const] : []),
    ...lists.filter((each) => !isOver(each)),
    ...sets.flatMap((held) => dueShares(held, authorities, now)),
    ...(status && status.changesSinceBackup > 0
      ? [{ kind: 'backup', last: status.lastBackupAt, changes: status.changesSinceBackup } as const]
      : []),
  ]
}

/** Nobody knows of a share that it is lost before it is asked for. */
const SHOWN_DAYS = 365

function dueShares({ of, set }: HeldSet, authorities: readonly AuthorityView[], now: Date): DueItem[] {
  const old = set.holders.filter(({ provedAt }) => now.getTime() - provedAt.getTime() > SHOWN_DAYS * DAY)
  const authority = of.kind === 'vault' ? null : authorities.find(({ id }) => id === of.authorityId)
  if (old.length === 0 || authority === undefined) return []
  const last = new Date(Math.min(...old.map(({ provedAt }) => provedAt.getTime())))
  return [{ kind: 'shares', authority, holders: old.map(({ name }) => name), last }]
}

function dueList(
  authority: AuthorityView,
  standing: ListsStanding | undefined,
  now: Date,
): Extract<DueItem, { kind: 'list' }>[] {
  const canSign = isKeyHere(authority.key)
  if (!standing || !canSign || authority.notAfter < now) return []
  const state = dueOf(standing.newest, standing, now)
  return state === 'none' || state === 'first' ? [] : [{ kind: 'list', authority, state, standing }]
}
