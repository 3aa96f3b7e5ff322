/** Dates are compared with other screens and printouts: UTC, year first, the same in every language. */

/** 2026-11-21 14:05 UTC; null for a date that does not exist. */
export const momentText = (date: Date): string | null => atPrecision(date, 5)

/** 2026-11-21 14:05:09 UTC: as it is written in a file, to the second; null for a date that does not exist. */
export const secondText = (date: Date): string | null => atPrecision(date, 8)

function atPrecision(date: Date, characters: number): string | null {
  if (!exists(date)) return null
  const [day = '', time = ''] = date.toISOString().split('T')
  return `${day} ${time.slice(0, characters)} UTC`
}

/** 2026-11-21; null for a date that does not exist. */
export const dayText = (date: Date): string | null =>
  exists(date) ? (date.toISOString().split('T')[0] ?? null) : null

const exists = (date: Date): boolean => !Number.isNaN(date.getTime())

/** Reads a day, or a day with a time to the minute or the second, as UTC; null if it is neither, or no such day exists. */
export function readMoment(text: string): Date | null {
  const [, day, time = '00:00'] =
    /^\s*(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d:\d\d(?::\d\d)?))?\s*(?:Z|UTC)?\s*$/i.exec(text) ?? []
  if (day === undefined) return null
  const at = new Date(`${day}T${time}Z`)
  // Engines read 31 April as 1 May.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? at : null
}
