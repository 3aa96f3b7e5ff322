import { describe, expect, test } from 'vitest'
import { isPasteable, isPlain, seen, shellWord, withoutEnd } from '../../src/plain-text.ts'
import { csvText } from '../../src/worker/issuing/csv.ts'
import { fileName } from '../../src/state/files.ts'
import { nginxFor } from '../../src/worker/lists/static-responder.ts'

const UNSEEN = [
  '\0',
  '\x1b[201~',
  '\x15',
  '\r',
  '\n',
  '\x7f',
  '\x85',
  '\x9b',
  '\u00ad',
  '\u061c',
  '\u200b',
  '\u200e',
  '\u202e',
  '\u2028',
  '\u2029',
  '\u2066',
  '\ufeff',
  '\u00a0',
  '\u3000',
  '\u3164',
  '\ufe0f',
  '\u{e0041}',
  '\ud800',
]

describe('a word of a shell', () => {
  test.each(UNSEEN)('is not made of a text with %j in it', (character) => {
    expect(shellWord(`a${character}b`)).toBeNull()
    expect(isPlain(`a${character}b`)).toBe(false)
    expect(isPasteable(`openssl ${character}`)).toBe(false)
    expect(seen(`a${character}b`)).toMatch(/^a‹U\+[0-9A-F]{4,6}›.*b$/)
  })
  test.each([
    ['www.example.com', 'www.example.com'],
    ["it's", String.raw`'it'\''s'`],
    ['$(id)`id`!x', "'$(id)`id`!x'"],
    ['~root', "'~root'"],
    ['=ls', "'=ls'"],
    ['*.example.com', "'*.example.com'"],
    ['bücher.example', "'bücher.example'"],
    ['2001:db8::1', '2001:db8::1'],
  ])('%s is written %s', (text, word) => {
    expect(shellWord(text)).toBe(word)
  })
  test.each(['', '-help', '--', 'x'.repeat(1_001)])('%.20s is none', (text) => {
    expect(shellWord(text)).toBeNull()
  })
})

describe('a cell of a table', () => {
  test.each([
    ['=1+1', `"'=1+1"`],
    ['  =1+1', `"'  =1+1"`],
    ['＝cmd', `"'＝cmd"`],
    ["a;=cmd|' /C calc'!A0", `"a;'=cmd|' /C calc'!A0"`],
    ['1,@x', `"1,'@x"`],
    ['a\r\n=b\tc', '"a‹U+000D›‹U+000A›=b‹U+0009›c"'],
    ['say "x"', '"say ""x"""'],
    ['plain', '"plain"'],
  ])('%j', (cell, written) => {
    expect(csvText([[cell]])).toBe(`${written}\r\n`)
  })
})

test('work grows with the length of a text, not with its square', () => {
  const many = (character: string) => `${character.repeat(500_000)}b`
  expect(withoutEnd(`${many('/')}//`, '/')).toBe(many('/'))
  expect(nginxFor(`http://a.example${many('/')}`)).toContain('server_name a.example')
  expect(fileName(many('-.'), 'x')).toBe('b_x')
})
