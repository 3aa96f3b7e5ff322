/** When what each CA issued ends, counted from the catalogue without reading a record. */
import type { CatalogueIndex } from '../catalogue/index.ts'
import type { EndsView } from '../../border/protocol/rollover.ts'
import { endsSoon, monthNumber, monthStart } from '../../time.ts'

interface Ends {
  readonly months: Map<number, number>
  readonly soon: number[]
}

/** Counts by CA and month of end what is not revoked; what ends within 30 days of `at` is also listed one by one. */
export function endsIn({ segments, hidden }: CatalogueIndex, at: number): EndsView[] {
  const found = new Map<string, Ends>()
  let base = 0
  for (const { ids, notAfter, status, authorityId, ownAuthorityId } of segments) {
    for (let place = 0; place < ids.length; place++) {
      const issuer = authorityId[place] ?? null
      // A root is not below itself.
      if (issuer === null || issuer === ownAuthorityId[place] || status[place] === 'revoked') continue
      if (!hidden.has(base + place)) note(endsOf(found, issuer), notAfter[place]!, at)
    }
    base += ids.length
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
  const known = found.get(authorityId) ?? { months: new Map(), soon: [] }
  found.set(authorityId, known)
  return known
}

function note({ months, soon }: Ends, end: number, at: number): void {
  const month = monthNumber(end)
  months.set(month, (months.get(month) ?? 0) + 1)
  if (endsSoon(end, at)) soon.push(end)
}
