/** CAs in order, and as a tree. */
import type { AuthorityNode, AuthorityView } from '../../border/views.ts'

/** Sorts them by name; two keys of one name by notBefore, so that their order never changes. */
export function sorted(views: readonly AuthorityView[]): AuthorityView[] {
  return views.toSorted(
    (one, other) =>
      (one.subject ?? '').localeCompare(other.subject ?? '', 'en') ||
      one.notBefore.getTime() - other.notBefore.getTime() ||
      one.id.localeCompare(other.id, 'en'),
  )
}

/**
 * Returns the tree, roots first. An authority whose parent is not here is listed as a root, and so is the first of those
 * that are below each other: records that anyone may have written must not make them disappear.
 */
export function treeOf(all: readonly AuthorityView[]): AuthorityNode[] {
  const children = new Map<string, AuthorityView[]>()
  for (const each of all)
    if (each.parentId !== null) children.set(each.parentId, [...(children.get(each.parentId) ?? []), each])
  const placed = new Set(all.map(({ id }) => id))
  const isRoot = ({ parentId }: AuthorityView): boolean => parentId === null || !placed.has(parentId)
  const seen = new Set<string>()
  const nodeOf = (authority: AuthorityView): AuthorityNode[] => {
    if (seen.has(authority.id)) return []
    seen.add(authority.id)
    return [{ authority, children: (children.get(authority.id) ?? []).flatMap(nodeOf) }]
  }
  return [...all.filter(isRoot), ...all].flatMap(nodeOf)
}
