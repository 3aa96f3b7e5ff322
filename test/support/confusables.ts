import { readFileSync } from 'node:fs'

/** Unicode's confusables from Debian's python3-confusable-homoglyphs: each character, and all it is confused with. */
const LIST = '/usr/lib/python3/dist-packages/confusable_homoglyphs/confusables.json'

/**
 * Letters and digits of every script, and the Latin, Greek, Cyrillic letters or digits that they look like (UTS 39 §4).
 */
export function confusables(): Map<string, string> {
  const list = JSON.parse(readFileSync(LIST, 'utf8')) as Record<string, readonly { c: string }[]>
  const order = new Map(Object.keys(list).map((key, at) => [key, at]))
  const found = new Map<string, string>()
  for (const [from, all] of Object.entries(list)) {
    const [to, ...more] = all.map(({ c }) => c)
    if (to === undefined || more.length > 0) continue
    // The list has both directions: the character with many entries is the prototype; in a single pair, the second.
    if (list[to]!.length === 1 && order.get(to)! < order.get(from)!) continue
    const [source, target] = [bare(from), folded(to)]
    if (isFolded(source) && TARGET.test(target) && target !== source.toLowerCase()) found.set(source, target)
  }
  return found
}

/** Right-to-left letters are between marks in the list. */
const bare = (text: string): string => text.replace(/\u200e/g, '')
const folded = (text: string): string =>
  bare(text)
    .normalize('NFKD')
    .replace(/[\p{M}\p{C}\p{Z}]/gu, '')
    .toLowerCase()
/** One letter or digit that decomposition leaves unchanged: its other forms decompose to it anyway. */
const isFolded = (text: string): boolean =>
  /^[\p{L}\p{N}]$/u.test(text) && text > '\x7f' && text.normalize('NFKD') === text
const TARGET = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}0-9]+$/u

/**
 * The table in the form that messages/look-alikes.ts reads: each step to the next character in base 26, then its
 * target.
 */
export function confusablesText(table: ReadonlyMap<string, string>): string {
  let before = 0
  return [...table]
    .map(([from, to]) => [from.codePointAt(0)!, to] as const)
    .sort(([one], [other]) => one - other)
    .map(([point, to]) => {
      const step = point - before
      before = point
      return inLetters(step) + to
    })
    .join('')
}

const inLetters = (step: number): string =>
  (step >= 26 ? inLetters(Math.floor(step / 26)) : '') + String.fromCharCode(65 + (step % 26))
