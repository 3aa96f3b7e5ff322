import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeLine, safeText } from '../../../src/messages/safe-text.ts'

test('control characters, NUL and bidi marks are shown by their code points', () => {
  expect(safeLine('a\u0000b\u202egpj.exe\u2066\n')).toBe('a‹U+0000›b‹U+202E›gpj.exe‹U+2066›‹U+000A›')
})

test('a Cyrillic or Greek letter in a Latin word is marked, in a word of its own script it is not', () => {
  expect(safeText('p\u0430ypal', 99).pieces).toContainEqual({
    kind: 'look-alike',
    text: '\u0430',
    script: 'Cyrillic',
  })
  expect(safeText('\u03bfnline', 99).pieces[0]).toEqual({
    kind: 'look-alike',
    text: '\u03bf',
    script: 'Greek',
  })
  expect(safeText('Пример Example', 99).pieces).toEqual([{ kind: 'plain', text: 'Пример Example' }])
})

test('a name of a megabyte is cut, and says by how much', () => {
  const { pieces, cut } = safeText('x'.repeat(1_000_000), 400)
  expect(pieces).toEqual([{ kind: 'plain', text: 'x'.repeat(400) }])
  expect(cut).toBe(999_600)
})

test('whatever comes in, nothing invisible comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(safeLine(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
    }),
  )
})
