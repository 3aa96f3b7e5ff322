import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, heading, issue, unlock, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

// The seal of one's own root greets whoever unlocks the vault; a locked page shows none.

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

test('right after unlocking the seals of the roots are there, large, and the first is the icon', async () => {
  const { page } = app
  const icon = () => page.locator('link[rel="icon"]').getAttribute('href')
  const greeting = page.getByRole('heading', { name: 'The seal of your root' })
  const usual = await icon()
  await createVault(page)
  await issue(page, { name: 'Example Root' })
  // The seal of a root that was just made is large; seen again, it is not.
  const large = page.locator('svg[width="160"]')
  await large.waitFor()
  // A vault that was just made greets nobody.
  expect(await greeting.count()).toBe(0)
  await page.reload()
  await unlock(page)
  await heading(page, 'Example Root is issued').waitFor()
  expect(await large.count()).toBe(0)
  await page.getByRole('button', { name: 'Hide', exact: true }).click()
  await greeting.waitFor({ state: 'detached' })
  await expect.poll(icon).not.toBe(usual)
  const own = await icon()
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()

  await page.getByRole('button', { name: 'Lock now' }).click()
  await expect.poll(icon).toBe(usual)
  await page.getByRole('img', { name: 'No key seal: not checked' }).first().waitFor()
  expect(await page.getByRole('img', { name: /^Key seal: / }).count()).toBe(0)

  await visit(page, '#/unlock')
  await unlock(page)
  await greeting.waitFor()
  await expect.poll(icon).toBe(own)
  await screenshots(page, 'greeting')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.getByRole('button', { name: 'Hide', exact: true }).click()
  await greeting.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Lock now' }).click()
  await visit(page, '#/unlock')
  await unlock(page)
  await greeting.waitFor()
  await visit(page, '#/inventory')
  await greeting.waitFor({ state: 'detached' })
  expect(app.complaints).toEqual([])
})
