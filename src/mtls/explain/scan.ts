/** A piece of a text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A phrase as it is looked for: in lower case, and in parts with a value between them. */
export type Needle = readonly string[]

/** A text on one line; in lower case; and with spaces for underscores too, as OpenSSL's reasons are written both ways. */
export interface Flattened {
  readonly flat: string
  readonly lower: string
  readonly loose: string
}

/** How far a value between two parts may reach. */
const LONGEST_VALUE = 160
/** More of one phrase tell nothing new. */
const MOST = 20

/** Colours: a control character that is no space, a bracket, and digits. */
const ESCAPES = /(?!\s)\p{Cc}\[[0-9;]*[a-zA-Z]/gu

/**
 * Returns a text on one line: terminals wrap what they print, logs indent it and colour it. In lower case it has the
 * same length.
 */
export function flattened(text: string): Flattened {
  const flat = text.replace(ESCAPES, '').replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ')
  const lower = lowered(flat)
  return { flat, lower, loose: spaced(lower) }
}

const lowered = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

const spaced = (text: string): string => text.replaceAll('_', ' ')

/** A sentence is found with underscores too; a name that has them is that name alone. */
export const needle = (phrase: string): Needle =>
  (isSentence([phrase]) ? spaced(lowered(phrase)) : lowered(phrase)).split('*')

const isSentence = (parts: readonly string[]): boolean => parts.some((part) => part.includes(' '))

/** Returns where a phrase is, as whole words, in time that grows with the text alone. */
export function places({ lower, loose }: Pick<Flattened, 'lower' | 'loose'>, parts: Needle): Span[] {
  const text = isSentence(parts) ? loose : lower
  const [head, ...rest] = parts
  const found: Span[] = []
  for (let at = text.indexOf(head!); at >= 0 && found.length < MOST; at = text.indexOf(head!, at + 1)) {
    const end = endOf(text, at + head!.length, rest)
    if (end !== null && isWhole(text, at, end)) found.push({ start: at, end })
  }
  return found
}

function endOf(text: string, from: number, rest: readonly string[]): number | null {
  let end = from
  for (const part of rest) {
    const next = text.slice(end, end + LONGEST_VALUE + part.length).indexOf(part)
    if (next < 0) return null
    end += next + part.length
  }
  return end
}

const WORD = /[a-z0-9_]/
const isWord = (text: string, at: number): boolean => WORD.test(text.charAt(at))

/** Not a part of a longer word. */
const isWhole = (text: string, start: number, end: number): boolean =>
  !(isWord(text, start) && isWord(text, start - 1)) && !(isWord(text, end - 1) && isWord(text, end))

/** Returns the spans that no longer one contains. */
export function outermost<T extends Span>(spans: readonly T[]): T[] {
  const kept: T[] = []
  let end = -1
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end))
    if (span.end > end || (kept.at(-1)?.start === span.start && kept.at(-1)?.end === span.end)) {
      kept.push(span)
      end = Math.max(end, span.end)
    }
  return kept
}
