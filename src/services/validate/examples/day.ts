/** A fixed day, so that an example gives the same result next year. */
export const AT = new Date('2026-06-15T12:00:00Z')
