import { isBehind } from '../../vault/clock.ts'
import type { Slot } from '../../vault/shapes.ts'
import type { VaultState } from '../../vault/vault-options.ts'
import { setView } from './given-shares.ts'
import type { SlotView, VaultKind, VaultStatus } from '../../border/views.ts'

/** What only the session knows of its vault. */
interface Known {
  readonly kind: VaultKind
  readonly now: number
  readonly locksAt: number | null
  readonly isReadOnly: boolean | undefined
}

/** Returns the status of the current vault, for the page. */
export function statusOf(
  { state, header, settings, head, lastJournalAt, problems }: VaultState,
  { kind, now, locksAt, isReadOnly = false }: Known,
): VaultStatus {
  return {
    kind,
    state,
    visibility: header?.visibility ?? null,
    createdAt: header && new Date(header.createdAt),
    slots: (header?.sealed.slots ?? []).map(slotView),
    idleMinutes: settings.idleMinutes,
    locksAt: locksAt === null ? null : new Date(locksAt),
    who: settings.who,
    persisted: settings.persisted,
    lastBackupAt: settings.lastBackupAt === null ? null : new Date(settings.lastBackupAt),
    changesSinceBackup: head ? head.revision - settings.backupRevision : 0,
    head,
    lastJournalAt: lastJournalAt === null ? null : new Date(lastJournalAt),
    clock: { now: new Date(now), behind: isBehind(now, lastJournalAt) },
    problems,
    isReadOnly,
  }
}

function slotView(slot: Slot): SlotView {
  const { id, kind, label, createdAt } = slot
  const iterations = slot.kind === 'passphrase' ? slot.iterations : null
  const set = slot.kind === 'quorum' ? setView(slot) : null
  return { id, kind, label, createdAt: new Date(createdAt), iterations, set }
}
