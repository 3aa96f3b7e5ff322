import { expect, test } from 'vitest'
import { lookedLike, skeleton, takenFor } from '../../../src/messages/look-alikes.ts'
import { safeLine, safeText } from '../../../src/messages/safe-text.ts'

const marked = (text: string) => safeText(text, 400).pieces.filter(({ kind }) => kind === 'look-alike').length

test.each([
  ['a no-break space', '\u00a0'],
  ['a figure space', '\u2007'],
  ['an ideographic space', '\u3000'],
  ['an empty braille cell', '\u2800'],
  ['a variation selector', '\ufe0f'],
  ['a grapheme joiner', '\u034f'],
  ['a Khmer vowel that is not drawn', '\u17b4'],
  ['a Mongolian selector', '\u180b'],
])('%s is named', (_what, character) => {
  expect(safeLine(`a${character}b`)).toMatch(/^a‹U\+[0-9A-F]{4}›b$/)
})

test.each([
  ['Cyrillic', 'аррӏе', 5],
  ['Armenian', 'օոս', 3],
  ['Cherokee', 'ᎪᏢᏞᎬ', 4],
  ['full width', 'ＡＢｃ', 3],
  ['mathematical', '\u{1d41a}\u{1d41b}', 2],
  ['dotless i', 'pa\u0131', 1],
  ['a Roman numeral', 'examp\u217ce', 1],
  ['a letter of physics', '\u212fxample', 1],
  ['a ligature', 'o\ufb03ce', 1],
  ['a click', 'examp\u01c0e', 1],
  ['a small capital', '\u0280oot', 1],
  ['Georgian', 'r\u10ffot', 1],
  ['Hebrew', 'r\u05e1\u05e1t', 2],
  ['a digit of Lao', 'r\u0ed0ot', 1],
])('letters in %s that are taken for Latin ones are marked, every one', (_what, text, count) => {
  expect(marked(text)).toBe(count)
})

test('words that could not be taken for Latin ones are left as they are', () => {
  for (const text of [
    'Пример',
    'Żółć',
    'Δοκιμή',
    'Việt Nam',
    '例え',
    'NTT西日本',
    'Ørsted Łódź',
    '٥٥١',
    '10 m²',
    'שָׁלוֹם',
  ]) {
    expect(safeText(text, 400).pieces).toEqual([{ kind: 'plain', text }])
  }
})

test('more than four marks on one letter are named', () => {
  expect(safeLine('a' + '\u0301'.repeat(6) + 'b')).toBe(`a${'\u0301'.repeat(4)}‹U+0301›‹U+0301›b`)
})

test('a letter stands in the table once, and never for itself', () => {
  expect(takenFor('а')).toBe('a')
  expect(takenFor('a')).toBeNull()
})

test('a name looks like a CA’s that it is not', () => {
  const known = ['Example Root CA', 'Internal Issuing 1']
  for (const name of [
    'Еxample Root CA',
    'Example  Root CA',
    'Exarnple Root CA',
    'Ｅxample Root CA',
    'Examp\u0131e Root CA',
    'Example\u200bRoot CA',
    'EXAMPLE R00T CA',
    'Exámple Root CA',
  ])
    expect(lookedLike([name], known)).toEqual([{ name, like: 'Example Root CA' }])
  for (const name of ['Example Root CA', 'Example Root CB', '', '\u200b'])
    expect(lookedLike([name], known)).toEqual([])
  const [one, another] = ['EXAMPLE R00T CA', 'Exarnple Root CA']
  expect(lookedLike(['Other', one, another, one], known).map(({ name }) => name)).toEqual([one, another])
  expect(skeleton('x'.repeat(1_000_000))).toHaveLength(400)
})

test.each([
  ['Cyrillic', 'соре', 'cope'],
  ['Coptic', 'ⲟⲣⲟ', 'opo'],
  ['Georgian', 'ყჿჿ', 'yoo'],
  ['Lisu', 'ꓚꓲꓢꓚꓳ', 'CISCO'],
  ['Osage, Deseret and Old Italic', '𐓂𐐄𐌂', 'OOC'],
  ['digits of other scripts', '۱०௦۱', '1001'],
  ['Warang Citi', '𑣈𑣘', 'OU'],
])('a whole name in %s is taken for a Latin one', (_what, name, like) => {
  expect(lookedLike([name], [like])).toEqual([{ name, like }])
})

test('names of other scripts that look like no CA’s are taken for none', () => {
  const known = ['Example Root CA', 'Корневой ЦС', 'Ρίζα']
  for (const name of ['Пример', 'Δοκιμή', '例え', 'שלום', 'Корневой ЦС 2', 'مثال'])
    expect(lookedLike([name], known)).toEqual([])
  expect(lookedLike(['Kopнeвoй ЦC'], known)[0]?.like).toBe('Корневой ЦС')
})

test.each([
  ['a middle dot', 'Example·Root CA'],
  ['a bullet operator', 'Example∙Root CA'],
  ['a hyphen', 'Example-Root CA'],
  ['a hyphen that does not break', 'Example\u2011Root CA'],
  ['a point at its end', 'Example Root CA.'],
  ['an apostrophe', 'Example Root’CA'],
  ['small capitals', 'Exᴀᴍᴘʟᴇ Rᴏᴏᴛ Cᴀ'],
  ['Coptic letters', 'Examplⲉ Rⲟⲟⲧ ⲤⲀ'],
])('%s does not make another name', (_what, name) => {
  expect(lookedLike([name], ['Example Root CA'])[0]?.like).toBe('Example Root CA')
})

test('a point between digits makes another name, and digits in other forms do not', () => {
  expect(lookedLike(['Root CA 1.1'], ['Root CA 11'])).toEqual([])
  for (const name of ['Root CA １１', 'Root CA \u{1d7cf}\u{1d7d9}'])
    expect(lookedLike([name], ['Root CA 11'])[0]?.like).toBe('Root CA 11')
})

test.each([
  ['full-width digits', 'CA １２', 2],
  ['mathematical digits', 'CA \u{1d7cf}', 1],
  ['small capitals', 'Exᴀᴍple', 2],
  ['a Coptic letter', 'Examplⲉ', 1],
])('%s are marked', (_what, text, count) => {
  expect(marked(text)).toBe(count)
})
