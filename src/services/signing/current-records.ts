/** Records that a right is read from: none of an earlier state that was put back into the storage is believed. */
import { isCodedError } from '../../errors.ts'
import { currentState, requireCurrent, type Current } from '../../vault/current.ts'
import type { OpenVault } from '../../vault/open-vault.ts'
import type { Read } from '../../vault/reading.ts'
import type { StoreName } from '../../vault/shapes.ts'
import type { Session } from '../session/session.ts'

/** Where the catalogue has the certificates of CAs: they stay there until it is rebuilt. */
const places = new WeakMap<OpenVault, Map<string, number>>()

/** Returns these records for a change that is made only if they are current; reads the catalogue if there is none. */
export async function asCurrent(session: Session, reads: readonly Read<StoreName>[]): Promise<Current[]> {
  const open = await session.vault.requireOpen()
  const known = places.get(open) ?? new Map<string, number>()
  places.set(open, known)
  const ids = reads.flatMap(({ store, id }) => (store === 'certificates' ? [id] : []))
  if (ids.some((id) => !known.has(id))) {
    await session.inventory.askWhole(() => undefined)
    for (const [id, segment] of await session.inventory.segmentsOf(ids)) known.set(id, segment)
  }
  return reads.map((read) =>
    read.store === 'certificates' ? { ...read, segment: known.get(read.id) } : read,
  )
}

/** The catalogue was rebuilt, so that certificates may be elsewhere in it. */
export async function forgetPlaces(session: Session): Promise<void> {
  places.delete(await session.vault.requireOpen())
}

/**
 * Rejects with 'store-changed' or 'record-changed' if one of these was put back, and with 'record-outdated' or
 * 'write-conflict' if another tab has written since: see again().
 */
export async function requireCurrentNow(session: Session, reads: readonly Read<StoreName>[]): Promise<void> {
  const open = await session.vault.requireOpen()
  // It may be read, and signs nothing.
  if (open.isReadOnly) return
  const current = await asCurrent(session, reads)
  try {
    await requireCurrent(open, await currentState(open), current)
  } catch (error) {
    if (isCatalogueOutdated(error)) await forgetPlaces(session)
    throw error
  }
}

/** Whether something was compared with a catalogue that is no longer there. */
export const isCatalogueOutdated = (error: unknown): boolean =>
  isCodedError(error, 'record-outdated') && error.detail.store === 'catalogue'
