import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isCommon } from '../../../src/vault/common.ts'
import { checkPassphrase } from '../../../src/vault/key-slots.ts'
import { suggestPassphrase } from '../../../src/vault/suggestion.ts'
import { commonStems, HOW_MANY } from '../../support/common-stems.ts'

/** One passphrase per line. */
const linesOf = (name: string): string[] =>
  readFileSync(new URL(`../../fixtures/passphrases/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)

function refusalOf(passphrase: string): string | null {
  try {
    checkPassphrase(passphrase)
    return null
  } catch (error) {
    const { code, detail } = error as { code: string; detail: { reason?: string } }
    return detail.reason ?? code
  }
}

describe('a passphrase that guards a CA', () => {
  test.each([
    ['', 'passphrase-too-short'],
    ['eleven char', 'passphrase-too-short'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['abababababab', 'repeated'],
    ['abcabcabcabc', 'repeated'],
    ['Hunter7Hunter7Hunt', 'repeated'],
    ['qwertyuiopas', 'row'],
    ['QWERTZUIOPasdf', 'row'],
    ['1qaz2wsx3edc', 'row'],
    ['abcdefghijklmnop', 'row'],
    ['9876543210abc', 'row'],
    ['24 December 1987', 'number'],
    ['1987-12-24 07:31', 'number'],
    ['+49 89 636 48018', 'number'],
    ['Password2024!', 'common'],
    ['p@ssw0rd!!!!!2', 'common'],
    ['!!sunshine1999', 'common'],
    ['iloveyou-2026', 'common'],
  ])('%s is refused', (passphrase, reason) => {
    expect(refusalOf(passphrase)).toBe(reason)
  })

  test.each([
    'seven horses under a bridge',
    'k3#vR9!mQzt7',
    'Die Füße im Bach, 1987',
    'вода под мостом течёт',
  ])('%s is taken', (passphrase) => {
    expect(refusalOf(passphrase)).toBe(null)
  })

  test('every weak one of the table is refused, and every strong one taken', () => {
    const [weak, strong] = [linesOf('weak'), linesOf('strong')]
    expect(weak.length).toBeGreaterThanOrEqual(180)
    expect(strong.length).toBeGreaterThanOrEqual(130)
    expect(weak.filter((passphrase) => refusalOf(passphrase) === null)).toEqual([])
    expect(strong.filter((passphrase) => refusalOf(passphrase) !== null)).toEqual([])
  })

  test('sixteen random letters are taken', () => {
    let state = 1
    const letter = () => String.fromCharCode(97 + (((state = (state * 48_271) % 2_147_483_647) >> 8) % 26))
    const drawn = Array.from({ length: 500 }, () => Array.from({ length: 16 }, letter).join(''))
    expect(drawn.filter((passphrase) => refusalOf(passphrase) !== null)).toEqual([])
  })

  test.each([
    ['passwordpassword1', 'common'],
    ['dragon monkey 12', 'common'],
    ['Root CA 2026 Key', 'guessable'],
    ['acid acorn acre actor agent', 'listed'],
    ['acid-acorn-acre-actor-agent', 'listed'],
    ['p-a-s-s-w-o-r-d', 'common'],
    ['p!@!s!$!w!0!r!d', 'common'],
    ['a.b.c.d.e.f.g.h', 'row'],
    ['qpwoeiruty12', 'row'],
    ['1a2b3c4d5e6f7g', 'row'],
    ['deadbeefcafebabe', 'guessable'],
    ['dead-beef-cafe-babe-2026', 'guessable'],
    ['nimda-toor-2026', 'guessable'],
    ['eniHsnus-2026!!', 'common'],
    ['drowssap83749204', 'common'],
    ['p1a2s3s4w5o6r7d8', 'common'],
    ['xkqzvbtrwm xkqzvbtrwm', 'repeated'],
    ['Xkqzvbtrwm-xkqzvbtrwm!', 'repeated'],
    ['xkqzvbtrwm--xkqzvbtrwm-2026', 'repeated'],
    ['pass\u200bword\u200c\u200d\u2060\u00ad\ufeff', 'common'],
    [String.fromCodePoint(...Array.from({ length: 16 }, (_, i) => 0xe0020 + 3 * i)), 'guessable'],
    [String.fromCharCode(...Array.from({ length: 16 }, (_, i) => 0xd800 + 5 * i)), 'guessable'],
    ['αβγδεζηθικλμ', 'row'],
    ['אבגדהוזחטיכל', 'row'],
    ['あいうえおかきくけこさし', 'row'],
    ['ㅎㅍㅌㅋㅊㅈㅇㅆㅅㅄㅃㅂ', 'row'],
  ])('%s is refused as %s', (passphrase, reason) => {
    expect(refusalOf(passphrase)).toBe(reason)
  })

  test('what is suggested here is always taken, with other signs between the words too', () => {
    const drawn = Array.from({ length: 2000 }, (_, i) => suggestPassphrase(5 + (i % 3)).words)
    const written = drawn.flatMap((words, i) => [words, words.replaceAll(' ', ['-', '.', '_', ''][i % 4]!)])
    expect(written.filter((words) => refusalOf(words) !== null)).toEqual([])
  })

  test('of words that are suggested here, four are taken and three are not: a list of a thousand is tried', () => {
    const drawn = Array.from({ length: 300 }, () => suggestPassphrase(5).words.split(' '))
    const first = (count: number) => drawn.map((words) => refusalOf(words.slice(0, count).join(' ')))
    expect(first(3)).not.toContain(null)
    expect(first(4).filter((refusal) => refusal !== null).length).toBeLessThan(30)
  })

  test('a very long one is looked at in no time to speak of', () => {
    refusalOf('4@8({[<369&#!1/|0$5+7%2'.repeat(10_000))
    expect(refusalOf('ab'.repeat(100_000))).toBe('repeated')
  })
})

test('not one of the most common is taken for another', () => {
  const stems = commonStems()
  expect(stems).toHaveLength(HOW_MANY)
  expect(stems.filter((stem) => !isCommon(stem))).toEqual([])
})

test('few others are taken for one of them', () => {
  const others = Array.from(
    { length: 5000 },
    (_, i) => `${(i * 7919).toString(36)}xvq${(i * 104_729).toString(26)}jz`,
  )
  const letters = others.map((text) => text.replaceAll(/\d/g, 'y'))
  expect(letters.filter(isCommon).length / letters.length).toBeLessThan(0.03)
})
