/**
 * Remembers outside the database that there was a vault, so that a page whose database the browser has deleted can say
 * so. Dates only: nothing here opens or names anything.
 */
export interface VaultMarker {
  readonly createdAt: Date
  readonly lastBackupAt: Date | null
}

const KEY = 'rootcellar.vault'

/** Null where there was none, or where the browser keeps nothing for this page. */
export function readMarker(): VaultMarker | null {
  try {
    // On a file's page any other local page may have written it.
    const { createdAt, lastBackupAt } = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Record<
      string,
      unknown
    >
    const made = dateOf(createdAt)
    return made && { createdAt: made, lastBackupAt: dateOf(lastBackupAt) }
  } catch {
    return null
  }
}

export function writeMarker({ createdAt, lastBackupAt }: VaultMarker): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ createdAt, lastBackupAt }))
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
