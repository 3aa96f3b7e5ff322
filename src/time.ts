/** Times are in milliseconds, as in Date; certificates count whole seconds (RFC 5280 §4.1.2.5). */
export const SECOND = 1_000

/** BR §6.3.2: a day is 86,400 seconds. */
export const DAY = 86_400 * SECOND

/** The time without its fraction of a second. */
export const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / SECOND) * SECOND)

/** What ends within so many days of the day on view is due, and never hidden in a count. */
export const SOON_DAYS = 30

/** Whether something that ends at `end` ends soon after `at`; the same as the inventory's filter. */
export const endsSoon = (end: number, at: number): boolean => end >= at && end < at + SOON_DAYS * DAY

/** The month an instant is in, counted from the year 0. */
export function monthNumber(time: number): number {
  const date = new Date(time)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** When a month begins. */
export function monthStart(number: number): number {
  const date = new Date(0)
  // Not Date.UTC, which takes the year 50 for 1950.
  return date.setUTCFullYear(Math.floor(number / 12), ((number % 12) + 12) % 12, 1)
}
