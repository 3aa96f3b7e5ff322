import { reversed, unravelled } from './plain-forms.ts'

/** Keys in the order in which fingers run over them: rows and columns of the usual keyboards, alphabets, digits. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  'acegikmoqsuwybdfhjlnprtvxz',
  '012345678901234567890',
  'qwertyuiop[]',
  'qwertzuiop',
  'azertyuiop',
  "asdfghjkl;'",
  'qsdfghjklm',
  'zxcvbnm,./',
  'yxcvbnm,.-',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujm',
  'zaq12wsxcde34rfvbgt56yhnmju7',
  'zsexdrcftvgybhunjimko',
  '147258369',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  '!@#$%^&*()_+',
  '!"§$%&/()=',
]

/** The upper signs of the American keyboard, each with its key. */
const UPPER: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('!@#$%^&*()', (sign, i) => [sign, '1234567890'[i]!]),
)
const lowered = (text: string): string => Array.from(text, (one) => UPPER[one] ?? one).join('')

const all = ROWS.flatMap((row) => [row, reversed(row)]).join('\n')

/** Whether a piece is a run of neighbours, in either direction, with or without the shift key. */
export const isRow = (piece: string): boolean =>
  all.includes(piece) || all.includes(lowered(piece)) || isOrdered(piece)

/** Unicode's order has a letter between most neighbours of the kana, and none in other alphabets. */
const STEPS: ReadonlySet<number> = new Set([-2, -1, 1, 2])

/** Whether a piece of another script than ours goes through its alphabet, or through Unicode's faces. */
function isOrdered(piece: string): boolean {
  const step = piece.charCodeAt(1) - piece.charCodeAt(0)
  if (!STEPS.has(step)) return false
  for (let i = 0; i < piece.length; i++)
    if (piece.charCodeAt(i) < 0x250 || piece.charCodeAt(i) !== piece.charCodeAt(0) + i * step) return false
  return true
}

/** Returns of how many runs of three or more a piece is interleaved, one if it is a run itself; null if it is not. */
export function rowsIn(piece: string): number | null {
  if (isRow(piece)) return 1
  if (piece.length < 6) return null
  const [even, odd] = unravelled(piece)
  const rows = rowsIn(even)
  const others = rows && rowsIn(odd)
  return rows && others && rows + others
}
