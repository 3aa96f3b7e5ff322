import { DAY, SECOND, wholeSecond } from '../time.ts'

/** Two keys of one root and the certificates that link them (RFC 4210 §4.4): which clients accept what, and when. */

export interface Span {
  readonly notBefore: Date
  readonly notAfter: Date
}

export interface Rollover {
  readonly old: Span
  readonly fresh: Span
  /** The old key certified by the new one, and vice versa; null if there is no valid one. */
  readonly oldWithNew: Span | null
  readonly newWithOld: Span | null
  /** When the last certificate below the old key expires; null if there is none. */
  readonly lastBelow: Date | null
}

/** The roots a client trusts. */
export const CLIENTS = ['old', 'both', 'new'] as const
export type RolloverClient = (typeof CLIENTS)[number]
/** The key at the top of a certificate's chain. */
export type RolloverSide = 'old' | 'new'

/** From `from` to the next era, including `until`, the same clients accept the same certificates. */
export interface RolloverEra {
  readonly from: Date
  readonly until: Date
  readonly accepts: Readonly<Record<RolloverClient, Readonly<Record<RolloverSide, boolean>>>>
}

/** The steps of the plan, in order of date. */
export interface RolloverStep {
  readonly at: Date
  readonly step:
    | 'install-new-root'
    | 'send-cross'
    | 'issue-from-new'
    | 'clients-done'
    | 'last-below-ends'
    | 'clients-deadline'
    | 'old-ends'
}

export interface RolloverPlan {
  readonly steps: readonly RolloverStep[]
  readonly eras: readonly RolloverEra[]
}

const YEAR = 365 * DAY

/** Returns the plan by date, and what is accepted in between. A validity includes both ends (RFC 5280 §4.1.2.5). */
export function planRollover(rollover: Rollover): RolloverPlan {
  return { steps: stepsOf(rollover), eras: erasOf(rollover) }
}

/** Returns the dates for a CA below an anchor that stays: clients need no change. */
export function planSuccession({
  old,
  fresh,
  lastBelow,
}: Pick<Rollover, 'old' | 'fresh' | 'lastBelow'>): RolloverPlan {
  const rollover = { old, fresh, oldWithNew: null, newWithOld: null, lastBelow }
  const steps = stepsOf(rollover).filter(({ step }) => SUCCESSION.has(step))
  return { steps, eras: [] }
}

const SUCCESSION: ReadonlySet<RolloverStep['step']> = new Set([
  'issue-from-new',
  'last-below-ends',
  'old-ends',
])

/** Whether a client finds a path to a valid certificate on that side, if servers send what the plan says. */
export function isAccepted(
  { old, fresh, oldWithNew, newWithOld }: Rollover,
  client: RolloverClient,
  side: RolloverSide,
  at: Date,
): boolean {
  const [own, other] = side === 'old' ? [old, fresh] : [fresh, old]
  const cross = side === 'old' ? oldWithNew : newWithOld
  const trustsOwn = client === 'both' || client === side
  const trustsOther = client === 'both' || client !== side
  return (
    (trustsOwn && covers(own, at)) ||
    (trustsOther && covers(other, at) && cross !== null && covers(cross, at))
  )
}

const covers = ({ notBefore, notAfter }: Span, at: Date): boolean => notBefore <= at && at <= notAfter

function stepsOf({ old, fresh, oldWithNew, newWithOld, lastBelow }: Rollover): RolloverStep[] {
  const begin = fresh.notBefore
  const deadline = newWithOld?.notAfter ?? old.notAfter
  // Half of the overlap, and at most a year: the other half is for anything overlooked.
  const half = (deadline.getTime() - begin.getTime()) / 2
  const steps: RolloverStep[] = [
    { at: begin, step: 'install-new-root' },
    ...(oldWithNew || newWithOld ? [{ at: begin, step: 'send-cross' } as const] : []),
    { at: begin, step: 'issue-from-new' },
    { at: wholeSecond(new Date(begin.getTime() + Math.min(half, YEAR))), step: 'clients-done' },
    ...(lastBelow ? [{ at: earlier(lastBelow, old.notAfter), step: 'last-below-ends' } as const] : []),
    { at: deadline, step: 'clients-deadline' },
    { at: old.notAfter, step: 'old-ends' },
  ]
  return steps.sort((one, other) => one.at.getTime() - other.at.getTime())
}

function erasOf(rollover: Rollover): RolloverEra[] {
  const spans = [rollover.old, rollover.fresh, rollover.oldWithNew, rollover.newWithOld].filter(
    (span) => span !== null,
  )
  const starts = [
    ...new Set(
      spans.flatMap(({ notBefore, notAfter }) => [notBefore.getTime(), notAfter.getTime() + SECOND]),
    ),
  ].sort((one, other) => one - other)
  const eras = starts.slice(0, -1).map((start, index): RolloverEra => {
    const from = new Date(start)
    const side = (client: RolloverClient) => ({
      old: isAccepted(rollover, client, 'old', from),
      new: isAccepted(rollover, client, 'new', from),
    })
    return {
      from,
      until: new Date(starts[index + 1]! - SECOND),
      accepts: { old: side('old'), both: side('both'), new: side('new') },
    }
  })
  return eras.reduce<RolloverEra[]>((merged, era) => {
    const last = merged.at(-1)
    if (!last || !isSame(last, era)) return [...merged, era]
    return [...merged.slice(0, -1), { ...last, until: era.until }]
  }, [])
}

const isSame = ({ accepts: one }: RolloverEra, { accepts: other }: RolloverEra): boolean =>
  CLIENTS.every((client) => one[client].old === other[client].old && one[client].new === other[client].new)

const earlier = (one: Date, other: Date): Date => (one < other ? one : other)
