import type { ListView } from '../../border/protocol/list.ts'

/** The most urgent action due for an authority's lists. */
export type Due = 'none' | 'first' | 'next' | 'ended' | 'unlisted'

const DAY = 86_400_000

/** How long before its end the next list is due: a fifth of its life, but a day at least, and of short lists half their life. */
const timeToSign = (life: number): number => Math.min(life / 2, Math.max(life / 5, DAY))

/** `ahead`: lists signed ahead. */
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
  return left < timeToSign(nextUpdate.getTime() - thisUpdate.getTime()) ? 'next' : 'none'
}
