import { expect, test } from 'vitest'
import { CONFUSABLES } from '../../src/messages/confusables.ts'
import { takenFor } from '../../src/messages/look-alikes.ts'
import { confusables, confusablesText } from '../support/confusables.ts'

test('the table of look-alikes is what tools/confusables.ts makes of Unicode’s list', () => {
  const table = confusables()
  expect(table.size).toBeGreaterThan(700)
  expect(confusablesText(table)).toBe(CONFUSABLES)
})

test('what the list has drawn like one Latin letter is taken for it', () => {
  const single = [...confusables()].filter(([, to]) => /^[a-z]$/.test(to))
  expect(single.filter(([from, to]) => takenFor(from) !== to)).toEqual([])
})
