import type { ListView } from '../../border/protocol/list.ts'

/** The most urgent action due for an authority's lists. */
export type Due = 'none' | 'first' | 'next' | 'ended' | 'unlisted'

/** `ahead`: lists signed ahead. The next list is due in the last fifth of the current one's life. */
export function dueOf(
  newest: Pick<ListView, 'thisUpdate' | 'nextUpdate'> | null,
  { ahead, unlisted }: { ahead: number; unlisted: number },
  now: Date,
): Due {
  if (newest === null) return 'first'
  const { thisUpdate, nextUpdate } = newest
  if (nextUpdate !== null && nextUpdate <= now) return 'ended'
  if (unlisted > 0) return 'unlisted'
  if (nextUpdate === null || ahead > 0) return 'none'
  const left = nextUpdate.getTime() - now.getTime()
  return left < (nextUpdate.getTime() - thisUpdate.getTime()) / 5 ? 'next' : 'none'
}
