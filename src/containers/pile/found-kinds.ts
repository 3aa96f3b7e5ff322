import type { PileItem } from './items.ts'

/** The number of items of each kind that were read: reported if the wanted kind is not among them. */
export type FoundKinds = Readonly<Partial<Record<PileItem['kind'], number>>>

export function foundKinds(items: readonly Pick<PileItem, 'kind'>[]): FoundKinds {
  const found: Partial<Record<PileItem['kind'], number>> = {}
  for (const { kind } of items) found[kind] = (found[kind] ?? 0) + 1
  return found
}
