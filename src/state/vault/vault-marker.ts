/**
 * Remembers outside the database that there was a vault, so that a page whose database the browser has deleted can say
 * so, and one whose database was set back to an earlier state too. Nothing here opens or names anything.
 */
export interface VaultMarker {
  readonly createdAt: Date
  readonly lastBackupAt: Date | null
  /** The latest revision that was seen here; null where none was. */
  readonly revision: number | null
  /** An earlier state was found, and nobody has said yet that it is meant. */
  readonly isDoubted: boolean
}

const KEY = 'rootcellar.vault'

/** Null where there was none, or where the browser keeps nothing for this page. */
export function readMarker(): VaultMarker | null {
  try {
    // On a file's page any other local page may have written it.
    const { createdAt, lastBackupAt, revision, isDoubted } = JSON.parse(
      localStorage.getItem(KEY) ?? 'null',
    ) as Record<string, unknown>
    const made = dateOf(createdAt)
    if (!made) return null
    const seen = Number.isSafeInteger(revision) ? (revision as number) : null
    return {
      createdAt: made,
      lastBackupAt: dateOf(lastBackupAt),
      revision: seen,
      isDoubted: isDoubted === true,
    }
  } catch {
    return null
  }
}

/**
 * Whether a vault that has just been unlocked is of an earlier state than the one that was seen here last: to unlock it
 * is a write of its own, so that it must be later by one.
 */
export function isEarlier(
  marker: VaultMarker | null,
  { createdAt, revision, isReadOnly }: { createdAt: Date; revision: number; isReadOnly: boolean },
): boolean {
  if (marker?.createdAt.getTime() !== createdAt.getTime() || marker.revision === null) return false
  return marker.isDoubted || (isReadOnly ? revision < marker.revision : revision <= marker.revision)
}

export function writeMarker({ createdAt, lastBackupAt, revision, isDoubted }: VaultMarker): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ createdAt, lastBackupAt, revision, isDoubted }))
  } catch {
    // Without it a deleted database looks like a first visit; nothing else depends on it.
  }
}

export function removeMarker(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // It could not be written either.
  }
}

function dateOf(text: unknown): Date | null {
  const date = typeof text === 'string' ? new Date(text) : null
  return date && !Number.isNaN(date.getTime()) ? date : null
}
