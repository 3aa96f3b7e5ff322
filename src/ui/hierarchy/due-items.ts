import { isKeyHere } from '../../border/words.ts'
import { dueOf } from '../lists/due.ts'
import type { AuthorityView, VaultStatus } from '../../border/views.ts'
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
  | { readonly kind: 'backup'; readonly last: Date | null; readonly changes: number }

interface Vaults {
  readonly ending: number
  readonly authorities: readonly AuthorityView[]
  readonly standings: ReadonlyMap<string, ListsStanding>
  /** Null: nothing is to be backed up, as of a sample. */
  readonly status: Pick<VaultStatus, 'lastBackupAt' | 'changesSinceBackup'> | null
  readonly now: Date
}

/** Returns what is due, the most urgent first: lists that ended, certificates, lists that end soon, the backup. */
export function dueItems({ ending, authorities, standings, status, now }: Vaults): DueItem[] {
  const lists = authorities.flatMap((authority) => dueList(authority, standings.get(authority.id), now))
  const isOver = ({ state }: { state: string }): boolean => state === 'ended'
  return [
    ...lists.filter(isOver),
    ...(ending > 0 ? [{ kind: 'certificates', count: ending } as const] : []),
    ...lists.filter((each) => !isOver(each)),
    ...(status && status.changesSinceBackup > 0
      ? [{ kind: 'backup', last: status.lastBackupAt, changes: status.changesSinceBackup } as const]
      : []),
  ]
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
