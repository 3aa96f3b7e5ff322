import { afterAll, beforeAll, expect } from 'vitest'
import { startApp, type App } from './support/app.ts'
import { createVault, heading, issue, PASSPHRASE, visit } from './support/operator.ts'
import { expectSound } from './support/sound.ts'
import { story } from '../support/story.ts'

// An old key is given up from the plan of its rollover, and everything says so.

const next = story()
let app: App
beforeAll(async () => {
  app = await startApp()
  const { page } = app
  await createVault(page)
  await issue(page, { name: 'Example Root' })
  await issue(page, { issuer: 'Example Root', purpose: 'Intermediate', name: 'Example Issuing CA' })
  await visit(page, '#/hierarchy')
  await page.getByRole('link', { name: 'Example Root', exact: true }).click()
  await page.getByRole('link', { name: 'Renew or replace…' }).click()
  await heading(page, 'Renew Example Root').waitFor()
  await page.getByRole('radio', { name: 'A new key: the two roots certify each other' }).check()
  await page.getByRole('button', { name: 'Review it…' }).click()
  await heading(page, 'Review before signing').waitFor()
  await page.getByRole('button', { name: 'Sign 3 certificates' }).click()
  await heading(page, 'Example Root is renewed').waitFor()
  await page.getByRole('link', { name: 'See what to install where and when' }).click()
  await heading(page, 'Rollover to a new key: Example Root').waitFor()
})
afterAll(() => app.close())

next('the step that retires it has the act, and says when it was done', async () => {
  const { page } = app
  const step = page.locator('main li').filter({ hasText: 'retire the CA, and destroy its key' })
  await step.getByText('It is not retired yet.').waitFor()
  expect(await step.getByRole('button', { name: 'Destroy its key…' }).count()).toBe(0)
  await expectSound(page, 'rollover-before')
  await step.getByRole('button', { name: 'Retire…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Retire the CA' }).click()
  await step.getByText('It was retired on').waitFor()
  await step.getByText('Its key is still in this vault.').waitFor()
  expect(await step.getByRole('button', { name: 'Retire…' }).count()).toBe(0)
})

next('the key is destroyed from there, and the plan says so', async () => {
  const { page } = app
  const step = page.locator('main li').filter({ hasText: 'retire the CA, and destroy its key' })
  await step.getByRole('button', { name: 'Destroy its key…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/Type the CA/).fill('Example Root')
  await dialog.getByLabel('The vault’s passphrase, once more').fill(PASSPHRASE)
  await dialog.getByRole('button', { name: 'Destroy the key' }).click()
  await step.getByText('Its key is destroyed.').waitFor()
  expect(await step.getByRole('button').count()).toBe(0)
  await expectSound(page, 'rollover-given-up')
})

next('so do its page and the hierarchy', async () => {
  const { page } = app
  await page.getByRole('link', { name: 'The page of Example Root' }).click()
  await heading(page, 'Example Root').waitFor()
  await page.getByText('Key destroyed').first().waitFor()
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()
  await page
    .getByText(/retired/i)
    .first()
    .waitFor()
  await expectSound(page, 'hierarchy-given-up')
  expect(app.complaints).toEqual([])
})
