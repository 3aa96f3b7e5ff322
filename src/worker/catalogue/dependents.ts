/** What stands below an authority, all levels down, and falls with it. */
import type { CertificateRecord } from '../../vault/shapes.ts'
import type { CatalogueIndex } from './index.ts'
import type { Session } from '../session.ts'
import type { AuthorityView } from '../views.ts'

export interface Below {
  readonly id: string
  readonly notAfter: number
  readonly status: CertificateRecord['status']
  readonly isAuthority: boolean
}

/** All certificates below, nearest first; cross-certificates with the keys before and after it are left out. */
export async function certificatesBelow(session: Session, authorityId: string): Promise<Below[]> {
  const line = lineOf(await session.inventory.authorities(), authorityId)
  return session.inventory.ask((index) => {
    const found: Below[] = []
    const seen = new Set([authorityId])
    for (let level = new Set([authorityId]); level.size > 0;) {
      const next = new Set<string>()
      for (const { own, ...entry } of issuedBy(index, level)) {
        if (own !== null && line.has(own)) continue
        found.push({ ...entry, isAuthority: own !== null })
        if (own !== null && !seen.has(own)) next.add(own)
        if (own !== null) seen.add(own)
      }
      level = next
    }
    return found
  })
}

function* issuedBy({ segments, hidden }: CatalogueIndex, authorityIds: ReadonlySet<string>) {
  let position = 0
  for (const { ids, authorityId, ownAuthorityId, notAfter, status } of segments)
    for (const [at, id] of ids.entries()) {
      const issuer = authorityId[at] ?? null
      if (hidden.has(position++) || issuer === null || !authorityIds.has(issuer)) continue
      yield { id, notAfter: notAfter[at]!, status: status[at]!, own: ownAuthorityId[at] ?? null }
    }
}

/** The authority, and those of the keys before and after it. */
function lineOf(authorities: readonly AuthorityView[], authorityId: string): ReadonlySet<string> {
  const line = new Set([authorityId])
  // A Set is walked to its end, what is added on the way too.
  for (const id of line)
    for (const authority of authorities) {
      if (authority.successorId === id) line.add(authority.id)
      if (authority.id === id && authority.successorId !== null) line.add(authority.successorId)
    }
  return line
}
