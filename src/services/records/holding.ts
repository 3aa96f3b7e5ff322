import type { AuthorityView } from '../../border/views.ts'

/** Returns the CAs that are valid at that time along with all CAs above them. */
export function holdingAt(authorities: readonly AuthorityView[], at: Date): ReadonlySet<string> {
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
