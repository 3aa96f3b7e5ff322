/**
 * How long, in milliseconds, a test waits for what must come before it says that it does not: far longer than it takes,
 * because machines are shared and may stand still for half a minute. No test asserts how long something took.
 */
export const PATIENCE = 120_000
