import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contactSheet, fileOf } from '../../../tools/pictures/contact-sheet.ts'
import { NEWCOMER, OWN_VAULT } from '../../../tools/pictures/newcomer.ts'
import { SAMPLE } from '../../../tools/pictures/sample.ts'
import { VIEWS } from '../../support/views.ts'

// `npm run pictures` leaves no page out, and its sheet leaves out no picture and no fault.

const SCENES = [...NEWCOMER, ...SAMPLE, ...OWN_VAULT]

test('every page has a scene', () => {
  const table = readFileSync(new URL('../../../src/ui/pages.ts', import.meta.url), 'utf8')
  const pages = [...table.matchAll(/^ {2}'?([\w-]+)'?: (?:page|vaultPage|validatePage)\(/gm)]
  expect(pages.length).toBeGreaterThan(30)
  const pictured = new Set(SCENES.map(({ page }) => page))
  expect(pages.map(([, name]) => name!).filter((name) => !pictured.has(name))).toEqual([])
})

test('no picture is written over another', () => {
  const states = SCENES.map(({ page, state }) => `${page} ${state}`)
  expect(states.filter((state, i) => states.indexOf(state) !== i)).toEqual([])
})

test('the sheet has each view of each scene, and what is wrong, as text', () => {
  const sheet = contactSheet([
    { page: 'issue', state: 'a root', stem: 'issue-a-root', faults: [] },
    { page: 'review', state: '', stem: null, faults: ['not reached: <b>'] },
  ])
  for (const view of VIEWS) expect(sheet).toContain(`src="${fileOf('issue-a-root', view)}"`)
  expect(sheet.match(/<img/g)).toHaveLength(VIEWS.length)
  expect(sheet).toContain('<li>not reached: &lt;b></li>')
})
