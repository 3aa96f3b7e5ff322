import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { story } from '../support/story.ts'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

// Who may connect, as conditions and as text.

let app: App
let page: Page
let server: Locator
let dialog: Locator

beforeAll(async () => {
  app = await startApp()
  ;({ page } = app)
  server = page.getByRole('region', { name: 'Server' })
  dialog = page.getByRole('dialog', { name: 'Who may connect' })
  await visit(page, '#/lab')
  await outcome('They connect')
})
afterAll(() => app.close())

const outcome = (text: string): Promise<void> => page.getByRole('heading', { name: text }).waitFor()
const condition = (n: number): Locator => dialog.getByRole('group', { name: `Condition ${n}` })
const use = (): Promise<void> => dialog.getByRole('button', { name: 'Use this rule' }).click()
const edit = async (): Promise<void> => {
  await server.getByRole('button', { name: 'Edit the rule…' }).click()
  await dialog.waitFor()
}
const next = story()

next('a value that cannot be read is named at its field, and stays', async () => {
  await edit()
  await condition(1).getByLabel('What').selectOption('address')
  await condition(1).getByLabel('Value').fill('198.51.100.0/33')
  await use()
  const value = condition(1).getByLabel('Value')
  await expect.poll(() => value.getAttribute('aria-invalid')).toBe('true')
  expect(await condition(1).innerText()).toMatch(/198\.51\.100\.0\/33/)
  expect(await value.inputValue()).toBe('198.51.100.0/33')
  await screenshots(page, 'lab-rule-fault')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await value.fill('198.51.100.0/24')
  await use()
  await dialog.waitFor({ state: 'detached' })
  await outcome('The server refuses the client')
})

next('the address that the client connects from decides', async () => {
  const client = page.getByRole('region', { name: 'Client' })
  await client.getByText('Settings').click()
  await client.getByLabel('Connects from').fill('198.51.100.7')
  await client.getByLabel('Connects from').blur()
  await outcome('They connect')
  await client.getByLabel('Connects from').fill('203.0.113.7')
  await client.getByLabel('Connects from').blur()
  await outcome('The server refuses the client')
})

next('conditions are combined, negated, and taken from a certificate', async () => {
  await edit()
  await dialog.getByRole('button', { name: 'Add a condition' }).click()
  await condition(2).getByLabel('Holds if').selectOption('no')
  await condition(2).getByLabel('What').selectOption('issuer')
  await condition(2).getByLabel('Of a certificate here').selectOption({ label: 'Example Server CA' })
  expect(await condition(2).getByLabel('Value').inputValue()).toMatch(/^[0-9a-f]{64}$/)
  await dialog.getByLabel('one condition holds').check()
  await use()
  await outcome('They connect')
  const said = server.getByText(
    /Lets in only connections from 198\.51\.100\.0\/24 or anyone but certificates/,
  )
  expect(await said.count()).toBeGreaterThan(0)
  await server.getByText('It can be enforced').waitFor()
})

next('as text it goes deeper, and what is wrong is told with its line', async () => {
  await edit()
  await dialog.getByRole('button', { name: 'Edit it as text…' }).click()
  const text = dialog.getByLabel('The rule as JSON')
  const written = JSON.parse(await text.inputValue()) as { kind: string; of: unknown[] }
  expect([written.kind, written.of.length]).toEqual(['any', 2])
  await text.fill('{\n  "kind": "any",\n  "off": []\n}')
  await use()
  await dialog.getByRole('alert').first().waitFor()
  expect((await dialog.getByRole('alert').allInnerTexts()).join(' ')).toContain('off (line 3)')
  await text.fill('{ "kind": "any"')
  await use()
  await dialog.getByText('This is not JSON in line 1.').waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await text.fill(JSON.stringify({ kind: 'not', of: { kind: 'any', of: [written] } }))
  await use()
  await outcome('The server refuses the client')
  await edit()
  await dialog.getByText('nested deeper than a list of conditions').waitFor()
  await screenshots(page, 'lab-rule-text')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(app.complaints).toEqual([])
})
