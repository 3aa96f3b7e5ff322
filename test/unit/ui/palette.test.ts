import '../../support/english.ts'
import { expect, test, vi } from 'vitest'
import type { Calls } from '../../../src/state/calls.ts'
import { Palette } from '../../../src/state/palette.svelte.ts'
import { rulesIn } from '../../../src/ui/palette/rules.ts'
import { ranked, type Entry } from '../../../src/ui/palette/ranked.ts'

const entry = (label: string, also?: string): Entry => ({
  id: label,
  label,
  ...(also === undefined ? {} : { also }),
  do: () => undefined,
})
const found = (entries: readonly Entry[], text: string, most = 8): string[] =>
  ranked(entries, text, most).map(({ label }) => label)

test('what begins with the words comes first, then a word of it, then what holds them', () => {
  const all = ['Dismissed', 'To miss', 'Missing issuer', 'Nothing'].map((label) => entry(label))
  expect(found(all, 'miss')).toEqual(['Missing issuer', 'To miss', 'Dismissed'])
  expect(found(all, ' MISS  issuer ')).toEqual(['Missing issuer'])
  expect(found(all, '')).toHaveLength(4)
  expect(found(all, '', 2)).toEqual(['Dismissed', 'To miss'])
})

test('accents do not keep a name from being found', () => {
  expect(found([entry('Zertifikate für Köln')], 'koln fur')).toEqual(['Zertifikate für Köln'])
})

test('a rule is found by its title and by its code', () => {
  const rules = rulesIn()
  expect(found(rules, 'expired certificate')[0]).toBe('Expired certificate')
  expect(found(rules, 'path-len-without-ca')).toHaveLength(1)
})

test('while a search runs no other is started; what was typed last is searched for after it', async () => {
  const answers: ((rows: string) => void)[] = []
  const ask = vi.fn(
    (_method: string, query: { search: string }) =>
      new Promise((resolve) => answers.push(() => resolve({ total: 1, rows: [query.search] }))),
  )
  const palette = new Palette({ ask } as unknown as Pick<Calls, 'ask'>, { isReadable: true })
  for (const text of ['a', 'ab', 'abc', 'abcd']) {
    palette.text = text
    palette.search()
  }
  expect(ask).toHaveBeenCalledTimes(1)
  answers[0]!('')
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2))
  expect(palette.rows).toEqual([])
  answers[1]!('')
  await vi.waitFor(() => expect(palette.rows).toEqual(['abcd']))
  expect(ask.mock.calls.map(([, { search }]) => search)).toEqual(['a', 'abcd'])
})

test('records that cannot be read are not asked for', () => {
  const ask = vi.fn()
  const palette = new Palette({ ask }, { isReadable: false })
  palette.text = 'a'
  palette.search()
  expect(ask).not.toHaveBeenCalled()
})
