import { messages } from '../../messages/messages.ts'
import type { PileView, StoreSource } from '../../border/protocol/validate.ts'

/** The user's choice for the source of a trust store's certificates. */
export type SourceChoice = 'roots' | 'trusted' | 'hierarchy'

/** Returns the currently available choices. */
export function sourcesFor(
  { guess: { roots } }: PileView,
  trusted: readonly number[],
  ownRoots: number,
): { value: SourceChoice; label: string }[] {
  const words = messages().ui.trust.keep
  return [
    ...(roots.length > 0 ? [{ value: 'roots', label: words.roots(roots.length) } as const] : []),
    ...(trusted.length > 0 ? [{ value: 'trusted', label: words.trusted(trusted.length) } as const] : []),
    ...(ownRoots > 0 ? [{ value: 'hierarchy', label: words.hierarchy(ownRoots) } as const] : []),
  ]
}

export function sourceOf(
  choice: SourceChoice,
  { guess: { roots } }: PileView,
  trusted: readonly number[],
): StoreSource {
  if (choice === 'hierarchy') return { kind: 'hierarchy' }
  return { kind: 'pile', certificates: choice === 'trusted' ? [...trusted] : [...roots] }
}
