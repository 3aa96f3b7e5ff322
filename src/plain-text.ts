/** Text of others on its way into lines that something else reads: where it would not keep its meaning it is not written. */

/** What is not seen, ends a line or turns its direction: Unicode's "other", its separators and its ignorables, all spaces but the space. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u
const EACH_UNSEEN = new RegExp(UNSEEN, 'gu')
/** Characters; terminals cut a line that is pasted at 4,096 octets. */
const LONGEST = 1_000

/** Whether a text is seen whole, on one line, in the order it is written. */
export const isPlain = (text: string): boolean => text.length <= LONGEST && !UNSEEN.test(text)

/** U+202E, in four digits or more. */
export const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

/** The same with everything that is not seen named in its place. */
export const seen = (text: string): string =>
  text.replace(EACH_UNSEEN, (character) => `‹${codePoint(character)}›`)

/** One word of a POSIX shell that is what `text` is, and no option; null where it cannot be written. */
export function shellWord(text: string): string | null {
  if (!isPlain(text) || text === '' || text.startsWith('-')) return null
  return /^[\w@:./][\w@:./+-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** Without the characters like this one at its end: step by step, because a name may be nothing else, a million of them. */
export function withoutEnd(text: string, character: string): string {
  let end = text.length
  while (text[end - 1] === character) end -= 1
  return text.slice(0, end)
}

/** Whether a whole line may be pasted into a terminal. */
export const isPasteable = (line: string): boolean => !UNSEEN.test(line) && line.length < 4_000
