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
