/** Keys in the order in which fingers run over them: rows and columns of the usual keyboards, alphabets, digits. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
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

const all = ROWS.flatMap((row) => [row, Array.from(row).toReversed().join('')]).join('\n')

/** Whether a piece is a run of neighbours, in either direction, with or without the shift key. */
export const isRow = (piece: string): boolean => all.includes(piece) || all.includes(lowered(piece))
