import { CODES_BY_TABLE, type FindingCode } from '../../findings.ts'
import { schedulePeriods } from '../../ca/list-schedule.ts'
import { DAY } from '../../time.ts'
import { authoritiesOf, type Authority } from '../authorities.ts'
import type { PlannedLists } from '../plan.ts'
import type { Linted } from './finding.ts'

/** When the last list of a schedule takes over, and when it is no longer current. */
const endsOf = ({ thisUpdate, days, overlapDays, count }: PlannedLists): Date =>
  new Date(thisUpdate.getTime() + (count * days + overlapDays) * DAY)

/** Lists follow one another without a gap, with rising numbers, and end before their issuer does. */
export function lintLists({ plan, add }: Linted): void {
  const authorities = authoritiesOf(plan)
  for (const lists of plan.lists) {
    const issuer = authorities.get(lists.issuer)
    if (lists.overlapDays === 0) add('lists-no-overlap', { on: lists.id })
    if (issuer) lintEnds(lists, issuer, add)
  }
  for (const issuer of new Set(plan.lists.map((each) => each.issuer))) {
    const those = plan.lists.filter((each) => each.issuer === issuer)
    const inOrder = those.toSorted((a, b) => a.thisUpdate.getTime() - b.thisUpdate.getTime())
    inOrder.slice(1).forEach((each, index) => lintNext(inOrder[index]!, each, add))
  }
  for (const { id: on } of plan.certificates) {
    const issues = plan.certificates.some(({ issuer }) => issuer === on)
    if (issues && !plan.lists.some(({ issuer }) => issuer === on)) add('authority-without-lists', { on })
  }
}

function lintEnds(
  lists: PlannedLists,
  { id: issuer, notBefore, notAfter, signsBy }: Authority,
  add: Linted['add'],
): void {
  const { id: on, thisUpdate: from, days, overlapDays, count } = lists
  if (signsBy === null) add('issuer-elsewhere', { on, issuer })
  if (from < notBefore) add('lists-before-issuer', { on, issuer })
  if (endsOf(lists) <= notAfter) return
  const periods = schedulePeriods({ from, days, overlapDays, count, firstNumber: 1n, until: notAfter })
  const whole = periods.filter(
    ({ publishUntil, nextUpdate }) => nextUpdate.getTime() - publishUntil.getTime() === overlapDays * DAY,
  )
  add('lists-beyond', { on, issuer, fit: whole.length, count })
}

function lintNext(former: PlannedLists, next: PlannedLists, add: Linted['add']): void {
  const gap = next.thisUpdate.getTime() - endsOf(former).getTime()
  if (gap > 0) add('lists-gap', { on: next.id, former: former.id, days: Math.ceil(gap / DAY) })
  if (BigInt(next.number) < BigInt(former.number) + BigInt(former.count))
    add('lists-numbers', { on: next.id, former: former.id })
}

const OF_LISTS: readonly FindingCode[] = CODES_BY_TABLE.list

/** A finding of lists is accepted on lists, any other on certificates, each once. */
export function lintAccepted({ plan, add }: Linted): void {
  const seen = new Set<string>()
  for (const { code, on } of plan.accepted) {
    const isOfLists = plan.lists.some(({ id }) => id === on)
    if (OF_LISTS.includes(code) !== isOfLists) add('accepted-other-kind', { code, on })
    if (seen.has(`${code} ${on}`)) add('accepted-twice', { code, on })
    seen.add(`${code} ${on}`)
  }
}
