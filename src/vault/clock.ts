/**
 * The latest time that a vault has seen, and how an earlier clock is handled. The mark is kept in the head: locking and
 * unlocking do not reset it, and only a confirmation in the journal lowers it, so that one start with a clock far in
 * the future does no lasting harm.
 */
import type { Head, JournalAct, JournalDraft } from './shapes.ts'

/** Tolerance for clocks adjusted while they run, and for tabs that write at the same time. */
const PLAY = 60_000

type Timed = Pick<JournalDraft, 'act' | 'at'>

/** A head of an earlier version has no mark; its last entry is the best estimate. */
export const markOf = ({ mark, journal }: Head): number => mark ?? journal.at

/** Returns the mark after these entries. */
export function markAfter(mark: number, entries: readonly Timed[]): number {
  return entries.reduce(
    (before, { act, at }) => (act === 'clock-confirmed' ? at : Math.max(before, at)),
    mark,
  )
}

export const isBehind = (now: number, mark: number | null): boolean => mark !== null && now < mark - PLAY

/** Returns the same entries; if time goes back among them unannounced, an entry that says so is inserted before. */
export function withClockNoted(head: Head, entries: readonly JournalDraft[]): JournalDraft[] {
  let last = head.journal.at
  let mark = markOf(head)
  return entries.flatMap((entry) => {
    const noted = isBehind(entry.at, last) && !SAYS_SO.has(entry.act) ? [clockBehind(entry, mark)] : []
    mark = markAfter(mark, [entry])
    last = entry.at
    return [...noted, entry]
  })
}

/** An entry recording that the clock was behind `mark`. */
export function clockBehind({ at, who }: Pick<JournalDraft, 'at' | 'who'>, mark: number): JournalDraft {
  return { at, who, act: 'clock-behind', subject: new Date(mark).toISOString(), recordId: null, remark: '' }
}

/**
 * Reads the times of a journal in order. Returns true for an entry that goes back unannounced, or signs while behind
 * the mark.
 */
export function timeReader(): (entry: Timed) => boolean {
  let last: number | null = null
  let mark: number | null = null
  return ({ act, at }) => {
    const isUnsaid = isBehind(at, last) && !SAYS_SO.has(act)
    const isSignedBehind = isBehind(at, mark) && SIGNS.has(act)
    last = at
    mark = markAfter(mark ?? at, [{ act, at }])
    return isUnsaid || isSignedBehind
  }
}

const SAYS_SO: ReadonlySet<JournalAct> = new Set(['clock-behind', 'clock-confirmed'])

const SIGNS: ReadonlySet<JournalAct> = new Set([
  'authority-created',
  'authority-rolled-over',
  'authority-cross-certified',
  'certificate-issued',
  'certificate-renewed',
  'list-signed',
  'responses-signed',
])
