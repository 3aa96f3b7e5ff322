/**
 * Remembers outside the database that there was a vault, so that a page can detect that the browser has deleted its
 * database, or that it was set back to an earlier state. Opens nothing and names nothing.
 */
export interface VaultMarker {
  readonly createdAt: Date
  readonly lastBackupAt: Date | null
  /** The latest revision seen here; null if none was. */
  readonly revision: number | null
  /** An earlier state was found, and is not yet confirmed as intended. */
  readonly isDoubted: boolean
}

const KEY = 'rootcellar.vault'

/** Returns null if there was none, or if the browser stores nothing for this page. */
export function readMarker(): VaultMarker | null {
  try {
    // On a page opened from a file, any other local page may have written it.
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
 * Returns whether a just unlocked vault is older than the one last seen here: unlocking is itself a write, so it must
 * be one revision later.
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
    // Then it could not be written either.
  }
}

function dateOf(text: unknown): Date | null {
  const date = typeof text === 'string' ? new Date(text) : null
  return date && !Number.isNaN(date.getTime()) ? date : null
}
