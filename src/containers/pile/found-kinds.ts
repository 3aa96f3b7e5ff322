import type { PileItem } from './items.ts'

/** How many of each kind of thing were read: said where what was looked for is not among them. */
export type FoundKinds = Readonly<Partial<Record<PileItem['kind'], number>>>

export function foundKinds(items: readonly Pick<PileItem, 'kind'>[]): FoundKinds {
  const found: Partial<Record<PileItem['kind'], number>> = {}
  for (const { kind } of items) found[kind] = (found[kind] ?? 0) + 1
  return found
}
