/** What of the whole vault is valid on a day that is not today. */
import type { AsOfView } from '../protocol/rollover.ts'
import type { Session } from '../session.ts'
import type { AuthorityView } from '../views.ts'

/** Counts every certificate as it stands at `at`, the CAs above it included. */
export async function standingAt(session: Session, at: Date): Promise<AsOfView> {
  const holding = holdingAt(await session.inventory.authorities(), at)
  const time = at.getTime()
  const counts = { valid: 0, future: 0, expired: 0, broken: 0, revoked: 0 }
  const revoked = await session.inventory.ask(({ segments, hidden }) => {
    const ids: string[] = []
    let position = 0
    for (const segment of segments)
      for (const [index, id] of segment.ids.entries()) {
        if (hidden.has(position++)) continue
        const issuer = segment.authorityId[index] ?? null
        const isOwn = issuer !== null && issuer === segment.ownAuthorityId[index]
        if (segment.notAfter[index]! < time) counts.expired++
        else if (segment.notBefore[index]! > time) counts.future++
        else if (segment.status[index] !== 'good') ids.push(id)
        else if (issuer !== null && !isOwn && !holding.has(issuer)) counts.broken++
        else counts.valid++
      }
    return ids
  })
  const { later, earlier } = await bySince(session, revoked, time)
  return { ...counts, valid: counts.valid + later, revoked: counts.revoked + earlier }
}

/** Before the day of its revocation a certificate stood; only in the past is there such a day. */
async function bySince(
  session: Session,
  ids: readonly string[],
  time: number,
): Promise<{ later: number; earlier: number }> {
  if (time >= session.now) return { later: 0, earlier: ids.length }
  const rows = await session.inventory.rows(ids)
  const later = rows.filter(({ revocation }) => revocation && revocation.since.getTime() > time).length
  return { later, earlier: rows.length - later }
}

/** CAs that are valid then, and all above them. */
function holdingAt(authorities: readonly AuthorityView[], at: Date): ReadonlySet<string> {
  const byId = new Map(authorities.map((authority) => [authority.id, authority]))
  const holds = (id: string, depth: number): boolean => {
    const authority = byId.get(id)
    if (!authority || depth > byId.size || !isValidAt(authority, at)) return false
    return (
      authority.parentId === null || !byId.has(authority.parentId) || holds(authority.parentId, depth + 1)
    )
  }
  return new Set([...byId.keys()].filter((id) => holds(id, 0)))
}

const isValidAt = ({ notBefore, notAfter, revocation }: AuthorityView, at: Date): boolean =>
  notBefore <= at && at <= notAfter && !(revocation && revocation.since <= at)
