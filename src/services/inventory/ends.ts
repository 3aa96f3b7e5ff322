/** When what each CA issued ends, counted from the catalogue without reading a record. */
import type { CatalogueIndex } from '../catalogue/index.ts'
import type { EndsView } from '../../border/protocol/rollover.ts'
import { DAY, endsSoon, monthNumber, monthStart } from '../../time.ts'

interface Ends {
  /** Counts by month. */
  readonly months: Map<number, number>
  readonly soon: number[]
}

/**
 * Counts by CA and month of end what is not revoked; what ends within 30 days of `at`, and was not replaced, is also
 * listed one by one.
 */
export function endsIn({ segments, hidden }: CatalogueIndex, at: number): EndsView[] {
  const found = new Map<string, Ends>()
  const monthOf = monthsByDay()
  let base = 0
  for (const { notAfter, status, authorityId, ownAuthorityId, isReplaced } of segments) {
    for (let place = 0; place < notAfter.length; place++) {
      const issuer = authorityId[place] ?? null
      // A root is not below itself.
      if (issuer === null || issuer === ownAuthorityId[place] || status[place] === 'revoked') continue
      if (hidden.size > 0 && hidden.has(base + place)) continue
      const { months, soon } = endsOf(found, issuer)
      const end = notAfter[place]!
      const month = monthOf(end)
      months.set(month, (months.get(month) ?? 0) + 1)
      if (endsSoon(end, at) && !isReplaced[place]!) soon.push(end)
    }
    base += notAfter.length
  }
  return Array.from(found, ([authorityId, { months, soon }]) => ({
    authorityId,
    months: [...months]
      .sort(([one], [other]) => one - other)
      .map(([month, count]) => ({ from: new Date(monthStart(month)), count })),
    soon: soon.sort((one, other) => one - other).map((end) => new Date(end)),
  }))
}

function endsOf(found: Map<string, Ends>, authorityId: string): Ends {
  const known = found.get(authorityId)
  if (known) return known
  const ends: Ends = { months: new Map(), soon: [] }
  found.set(authorityId, ends)
  return ends
}

/** The calendar is asked once for each day, not for each certificate. */
function monthsByDay(): (time: number) => number {
  const known = new Map<number, number>()
  return (time) => {
    const day = Math.floor(time / DAY)
    const before = known.get(day)
    if (before !== undefined) return before
    const month = monthNumber(time)
    known.set(day, month)
    return month
  }
}
