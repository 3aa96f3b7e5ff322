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
