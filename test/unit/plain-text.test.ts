import { describe, expect, test } from 'vitest'
import {
  isCopyable,
  isPasteable,
  isPlain,
  opensslName,
  seen,
  shellWord,
  withoutEnd,
} from '../../src/plain-text.ts'
import { csvText } from '../../src/paper/csv.ts'
import { fileName } from '../../src/paper/file.ts'
import { nginxFor } from '../../src/paper/nginx.ts'

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
    ['a;"=1+1;"', `"a;'""=1+1;"""`],
    ['a;" "@x', `"a;'"" ""@x"`],
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
  expect(fileName(`a${many('-.')}`, 'x')).toBe('a_x')
})

test('a line has at most 4,000 octets', () => {
  expect(isPasteable('ü'.repeat(2_000))).toBe(true)
  expect(isPasteable('ü'.repeat(2_001))).toBe(false)
})

test('an address is copied only where any shell takes it for one word', () => {
  for (const address of ['http://a.example/b?c=d', 'https://a.example:80/~b/%20'])
    expect(isCopyable(address)).toBe(true)
  for (const address of [
    'http://a/$(id)',
    'http://a/`id`',
    'http://a/;id',
    'http://a/&id',
    "http://a/'",
    '-a:b',
    'a',
  ])
    expect(isCopyable(address)).toBe(false)
})

test('a general name stands in a list of OpenSSL’s only where nothing of it has a meaning there', () => {
  expect(opensslName('DNS', '*.example.com')).toBe('DNS:*.example.com')
  expect(opensslName('email', 'a+b@example.com')).toBe('email:a+b@example.com')
  expect(opensslName('URI', 'http://example.com/a?b=c')).toBe('URI:http://example.com/a?b=c')
  for (const text of [
    'www.example.com;#x',
    'a#b',
    `a'b`,
    'a`b',
    'a"b',
    'a,b',
    'a\\b',
    'a$b',
    'a b',
    '@x',
    'ü',
    '-a',
  ])
    expect(opensslName('DNS', text)).toBeNull()
  for (const text of ['copy', 'move', '@', 'a@', '@b']) expect(opensslName('email', text)).toBeNull()
})
