import { utf8 } from './octets.ts'

/** Untrusted text for lines that another program reads: text that would change its meaning there is not written. */

/**
 * Characters that are invisible, end a line or change its direction: Unicode's "other", its separators and its
 * ignorables, the Braille cell without dots, and every space but the space: a wider one makes another name to a program
 * and the same to a reader.
 */
export const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u
const EACH_UNSEEN = new RegExp(UNSEEN, 'gu')
/** In characters; terminals truncate a pasted line at 4,096 octets. */
const LONGEST = 1_000

/** Whether a text is fully visible, on one line, in the order it is written. */
export const isPlain = (text: string): boolean => text.length <= LONGEST && !UNSEEN.test(text)

/** Such as U+202E, with four digits or more. */
export const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

/** Most text; much cheaper to tell than the properties of Unicode. */
const ASCII = /^[ -~]*$/

/** Returns the text with every invisible character replaced by its name. */
export const seen = (text: string): string =>
  ASCII.test(text) ? text : text.replace(EACH_UNSEEN, (character) => `‹${codePoint(character)}›`)

/** Returns one word of a POSIX shell, always quoted; the text must be plain. */
export const quotedWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Returns `text` as one word of a POSIX shell that is not an option; null if that is impossible. */
export function shellWord(text: string): string | null {
  if (!isPlain(text) || text === '' || text.startsWith('-')) return null
  return /^[\w@:./][\w@:./+-]*$/.test(text) ? text : quotedWord(text)
}

/**
 * Returns `text` without trailing characters of `set`. A loop rather than a regular expression: a name may be a million
 * of them.
 */
export function withoutEnd(text: string, set: string): string {
  let end = text.length
  while (end > 0 && set.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

/** Whether a line may be pasted into a terminal, which truncates it at 4,095 octets, including any closing quote. */
export const isPasteable = (line: string): boolean => !UNSEEN.test(line) && utf8(line).length <= 4_000

/** Whether an address may be copied: pasted after a command without quotes, it is one word in any shell. */
export const isCopyable = (address: string): boolean =>
  address.length <= LONGEST && /^[A-Za-z][\w+.-]*:[\w.~:/?@+=%,-]*$/.test(address)

/**
 * Whether the value of a header may be copied: fully visible, on one line, and nothing in it is expanded between the quotes of
 * a shell, or ends single ones.
 */
export const isQuotable = (value: string): boolean => !UNSEEN.test(value) && !/['$`\\!]/.test(value)

/**
 * The values a general name may have in OpenSSL's own lists, where quoting does not help: a comma separates names, #
 * and ; begin a comment, quotes are removed, and `email:copy` is a command.
 */
const LISTED = {
  DNS: /^[\w*][\w.*-]*$/,
  IP: /^[0-9a-f.:]+$/i,
  email: /^[A-Za-z0-9][\w.+=~-]*@[A-Za-z0-9.-]+$/,
  URI: /^[A-Za-z][A-Za-z0-9+.-]*:[\w.~:/?@&=%+*-]*$/,
} as const

/** Returns a general name in the form of OpenSSL's lists; null if it might be misread. */
export const opensslName = (keyword: keyof typeof LISTED, value: string): string | null =>
  LISTED[keyword].test(value) ? `${keyword}:${value}` : null
