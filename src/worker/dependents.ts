/** What stands below an authority, all levels down, and falls with it. */
import type { CertificateRow, AuthorityView } from './views.ts'
import type { Session } from './session.ts'

/** All certificates below, cross-certificates of a key that took over left out; nearest first. */
export async function certificatesBelow(session: Session, authorityId: string): Promise<CertificateRow[]> {
  const authorities = await session.inventory.authorities()
  const left = new Set<string | null>([
    ...successorsOf(authorities, authorityId),
    ...authorities.filter(({ successorId }) => successorId === authorityId).map(({ id }) => id),
  ])
  const seen = new Set<string>([authorityId])
  const found: CertificateRow[] = []
  for (const id of seen) {
    const rows = await session.inventory.matching({ authorityId: id }, session.now)
    for (const row of rows) {
      const own = row.ownAuthorityId
      if (own === authorityId || (own !== null && left.has(own))) continue
      found.push(row)
      // A Set is walked to its end, what is added on the way too.
      if (own !== null) seen.add(own)
    }
  }
  return found
}

function successorsOf(authorities: readonly AuthorityView[], authorityId: string): string[] {
  const found: string[] = []
  let next = authorities.find(({ id }) => id === authorityId)?.successorId ?? null
  while (next !== null && !found.includes(next)) {
    found.push(next)
    const id: string = next
    next = authorities.find((authority) => authority.id === id)?.successorId ?? null
  }
  return found
}
