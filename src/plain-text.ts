import { utf8 } from './octets.ts'

/** Text of others on its way into lines that something else reads: where it would not keep its meaning it is not written. */

/**
 * What is not seen, ends a line or turns its direction: Unicode's "other", its separators and its ignorables, the Braille cell
 * without dots, and every space but the space: one that is wider is another name to a program and none to a reader.
 */
export const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u
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

/** One word of a POSIX shell, in quotes whatever it is; the text is plain. */
export const quotedWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** One word of a POSIX shell that is what `text` is, and no option; null where it cannot be written. */
export function shellWord(text: string): string | null {
  if (!isPlain(text) || text === '' || text.startsWith('-')) return null
  return /^[\w@:./][\w@:./+-]*$/.test(text) ? text : quotedWord(text)
}

/** `text` without the characters of `set` at its end: step by step, because a name may be nothing else, a million of them. */
export function withoutEnd(text: string, set: string): string {
  let end = text.length
  while (end > 0 && set.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

/** Whether a line may be pasted into a terminal, which takes 4,095 octets of one and cuts off what follows, quotes too. */
export const isPasteable = (line: string): boolean => !UNSEEN.test(line) && utf8(line).length <= 4_000

/** Whether an address may be copied: pasted behind a command without quotes, it is one word of any shell. */
export const isCopyable = (address: string): boolean =>
  address.length <= LONGEST && /^[A-Za-z][\w+.-]*:[\w.~:/?@+=%,-]*$/.test(address)

/**
 * What a general name may be in OpenSSL's own lists, where no quotes count: a comma parts names, # and ; begin a comment,
 * quotes are taken off, and `email:copy` is an order.
 */
const LISTED = {
  DNS: /^[\w*][\w.*-]*$/,
  IP: /^[0-9a-f.:]+$/i,
  email: /^[A-Za-z0-9][\w.+=~-]*@[A-Za-z0-9.-]+$/,
  URI: /^[A-Za-z][A-Za-z0-9+.-]*:[\w.~:/?@&=%+*-]*$/,
} as const

/** A general name as OpenSSL's lists have it; null where it might be taken for something else. */
export const opensslName = (keyword: keyof typeof LISTED, value: string): string | null =>
  LISTED[keyword].test(value) ? `${keyword}:${value}` : null
