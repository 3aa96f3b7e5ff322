/** A fixed day, so that an example says the same next year. */
export const AT = new Date('2026-06-15T12:00:00Z')
