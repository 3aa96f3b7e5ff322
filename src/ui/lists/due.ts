import type { ListView } from '../../border/protocol/list.ts'

/** What is to be done about the lists of an authority, the most pressing alone. */
export type Due = 'none' | 'first' | 'next' | 'ended' | 'unlisted'

/** `ahead`: lists that are signed for later. The next list is due in the last fifth of the life of the one in force. */
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
