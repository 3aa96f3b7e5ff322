import type { PassphraseSuggestion } from '../../border/views.ts'

type Recovery = Pick<PassphraseSuggestion, 'words' | 'asked'>

/** How a typed word compares with the one that was asked for. */
export type TypedWord = 'right' | 'missing' | 'wrong'

/** Returns how `typed` compares with the word at `place`, from 0; its beginning alone is still missing the rest. */
export function compareWord({ words }: Recovery, place: number, typed: string): TypedWord {
  const word = words.split(' ')[place] ?? ''
  const read = typed.trim().toLowerCase()
  if (read === word) return 'right'
  return word.startsWith(read) ? 'missing' : 'wrong'
}

/** Returns whether both words that were asked for are typed. */
export const isTyped = (recovery: Recovery, typed: readonly string[]): boolean =>
  recovery.asked.every((place, i) => compareWord(recovery, place, typed[i] ?? '') === 'right')
