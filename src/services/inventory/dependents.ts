/** The certificates below an authority, at all levels, which become invalid with it. */
import type { CatalogueIndex, IndexSegment } from '../catalogue/index.ts'
import type { Session } from '../session/session.ts'
import type { AuthorityView } from '../../border/views.ts'

/** The certificates below an authority, counted. */
export interface Below {
  readonly total: number
  readonly authorities: number
  /** How many of these expire after `end`. */
  readonly outlive: number
  /** When the last of them expires; null if there is none. */
  readonly lastEnd: Date | null
  /** Ids of those that expire last, the latest first. */
  readonly longest: readonly string[]
}

interface Asked {
  /** Certificates that expired before this are left out. */
  readonly now: number
  readonly end: number
  /** How many of the longest-lived are named. */
  readonly named: number
}

/**
 * Returns all valid certificates below, at all levels; without revoked ones and cross-certificates with the keys before
 * and after it.
 */
export async function standingBelow(session: Session, authorityId: string, asked: Asked): Promise<Below> {
  const line = lineOf(await session.inventory.authorities(), authorityId)
  return session.inventory.ask((index) => {
    const counts = { total: 0, authorities: 0, outlive: 0, last: -Infinity }
    const longest = new Longest(asked.named)
    const seen = new Set([authorityId])
    for (let level = new Set([authorityId]); level.size > 0;) {
      const next = new Set<string>()
      eachIssuedBy(index, level, ({ ids, ownAuthorityId, notAfter, status }, at) => {
        const own = ownAuthorityId[at] ?? null
        if (own !== null && line.has(own)) return
        if (own !== null && !seen.has(own)) next.add(own)
        if (own !== null) seen.add(own)
        const end = notAfter[at]!
        if (status[at] === 'revoked' || end < asked.now) return
        counts.total++
        if (own !== null) counts.authorities++
        if (end > asked.end) counts.outlive++
        counts.last = Math.max(counts.last, end)
        longest.offer(end, ids[at]!)
      })
      level = next
    }
    const { last, ...found } = counts
    return { ...found, lastEnd: found.total === 0 ? null : new Date(last), longest: longest.ids() }
  })
}

function eachIssuedBy(
  { segments, hidden }: CatalogueIndex,
  authorityIds: ReadonlySet<string>,
  visit: (segment: IndexSegment, at: number) => void,
): void {
  let base = 0
  for (const segment of segments) {
    const { authorityId } = segment
    for (let at = 0; at < authorityId.length; at++) {
      const issuer = authorityId[at] ?? null
      if (issuer !== null && authorityIds.has(issuer) && !hidden.has(base + at)) visit(segment, at)
    }
    base += authorityId.length
  }
}

/** Keeps the few of many that expire last, without sorting them all. */
class Longest {
  readonly #most: number
  #kept: { end: number; id: string }[] = []
  #least = -Infinity

  constructor(most: number) {
    this.#most = most
  }

  offer(end: number, id: string): void {
    if (this.#most === 0 || end <= this.#least) return
    this.#kept.push({ end, id })
    if (this.#kept.length >= 2 * this.#most) this.#trim()
  }

  ids(): string[] {
    this.#trim()
    return this.#kept.map(({ id }) => id)
  }

  #trim(): void {
    this.#kept.sort((one, other) => other.end - one.end)
    this.#kept.length = Math.min(this.#kept.length, this.#most)
    if (this.#kept.length === this.#most) this.#least = this.#kept.at(-1)?.end ?? -Infinity
  }
}

/** Returns the authority, and those of the keys before and after it. */
function lineOf(authorities: readonly AuthorityView[], authorityId: string): ReadonlySet<string> {
  const line = new Set([authorityId])
  // Iterating a Set also visits items added during the iteration.
  for (const id of line)
    for (const authority of authorities) {
      if (authority.successorId === id) line.add(authority.id)
      if (authority.id === id && authority.successorId !== null) line.add(authority.successorId)
    }
  return line
}
