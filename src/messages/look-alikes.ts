/**
 * Names that can be mistaken for one another, based on the skeletons of UTS 39 §4. Forms of one letter (full width,
 * mathematical, with marks) are unified by decomposition; similar letters by Unicode's table of confusables.
 */
import { CONFUSABLES } from './confusables.ts'

/** Similar in common fonts, but distinct in or missing from that table. */
const BESIDES = new Map(
  Object.entries({ ƅ: 'b', ϲ: 'c', Ϲ: 'c', ϝ: 'f', ԍ: 'g', յ: 'j', ȷ: 'j', ĸ: 'k', κ: 'k' }),
)
for (const [from, to] of Object.entries({ Լ: 'l', ʟ: 'l', ʍ: 'm', π: 'n', Ꮑ: 'n', ᴛ: 't', ω: 'w', χ: 'x' }))
  BESIDES.set(from, to)

const drawn = (text: string, table: ReadonlyMap<string, string>): string =>
  [...text].map((character) => table.get(character) ?? character).join('')

function tableOf(text: string): Map<string, string> {
  const table = new Map(BESIDES)
  let point = 0
  for (const [, step = '', to = ''] of text.matchAll(/([A-Z]+)([^A-Z]+)/g)) {
    point += [...step].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 65, 0)
    const from = String.fromCodePoint(point)
    if (!table.has(from)) table.set(from, drawn(to, BESIDES))
  }
  return table
}
const TABLE = tableOf(CONFUSABLES)

/** Small capitals and Coptic letters that the table lacks or takes for rare ones, each above the letter that it is taken for. */
const MORE = [
  ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnopqrstuvwyz'],
  ['ⲀⲂⲈⲎⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬⲌϹ', 'abehikmnopctyxzc'],
  ['ⲁⲃⲉⲏⲓⲕⲙⲛⲟⲣⲥⲧⲩⲭⲍ', 'abehikmnopctyxz'],
] as const
for (const [from, to] of MORE)
  for (const [at, character] of Array.from(from).entries())
    if (takenFor(character) === null) TABLE.set(character, to[at]!)

/** Signs that are overlooked in a name; a point between two digits is not. */
const OVERLOOKED = /(?!(?<=\p{N})[.,]\p{N})[\p{P}\p{Sk}\u2219\u22c5]/gu

/** Nobody reads longer names to the end. */
const LONGEST = 400

/** Returns the Latin letter that a character of another script or form is mistaken for; null for all others. */
export function takenFor(character: string): string | null {
  const to = TABLE.get(character) ?? ''
  return /^[a-z]$/.test(to) ? to : null
}

/** Returns a name as it looks at a glance: no case, marks, spaces, signs or scripts; 0, 1 and l, rn and vv as they seem. */
export function skeleton(name: string): string {
  // Some letters fold into others that look different, by compatibility or by case.
  const bare = drawn(name.slice(0, LONGEST), TABLE)
    .normalize('NFKD')
    .replace(/[\p{M}\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
    .replace(OVERLOOKED, '')
  return drawn(drawn(bare, TABLE).toLowerCase(), TABLE)
    .replace(/[il|]/g, '1')
    .replace(/o/g, '0')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
}

export interface LookAlike {
  readonly name: string
  readonly like: string
}

/** Returns those of these names that look like one of `known` but differ, each once, and which it looks like. */
export function lookedLike(names: readonly string[], known: readonly string[]): LookAlike[] {
  const seen = known.map((like) => ({ like, skeleton: skeleton(like) }))
  return [...new Set(names)].flatMap((name) => {
    const own = skeleton(name)
    const found = own === '' ? undefined : seen.find((each) => each.like !== name && each.skeleton === own)
    return found ? [{ name, like: found.like }] : []
  })
}
