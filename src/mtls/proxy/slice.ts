import { refusal } from './fault.ts'

/** A piece of what was pasted; `offset` is where it begins there. */
export interface Slice {
  readonly text: string
  readonly offset: number
}

export const sliceOf = ({ text, offset }: Slice, start: number, end?: number): Slice => ({
  text: text.slice(start, end),
  offset: offset + start,
})

const BLANK = ' \t\r\n'

/** Without white space around it. */
export function trimmed(slice: Slice): Slice {
  let [start, end] = [0, slice.text.length]
  while (start < end && BLANK.includes(slice.text[start]!)) start++
  while (end > start && BLANK.includes(slice.text[end - 1]!)) end--
  return sliceOf(slice, start, end)
}

/** Splits at each of one character, outside double quotes; in them a backslash takes the next character with it. */
export function splitOutsideQuotes(slice: Slice, separator: string): Slice[] {
  const parts: Slice[] = []
  const { text } = slice
  let start = 0
  for (let at = 0; at < text.length; at++)
    if (text[at] === '"') at = endOfQuoted(slice, at)
    else if (text[at] === separator) {
      parts.push(sliceOf(slice, start, at))
      start = at + 1
    }
  parts.push(sliceOf(slice, start))
  return parts
}

/** Returns the index of the quote that ends the text which one at `start` begins. */
export function endOfQuoted({ text, offset }: Slice, start: number): number {
  for (let at = start + 1; at < text.length; at++)
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  throw refusal('header-cut', { offset: offset + text.length, missing: 'quote' })
}
