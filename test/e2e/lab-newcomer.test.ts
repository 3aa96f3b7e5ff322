import { afterAll, beforeAll, expect } from 'vitest'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { focused, tabTo } from './support/keys.ts'
import { createVault, heading, issue, openCertificate } from './support/operator.ts'
import { story } from '../support/story.ts'

// One's own hierarchy in the lab without a mouse: why the client is refused, what mends it, and the settings to take.

const next = story()
let app: App
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
  const issuer = 'Orbis Root'
  await issue(app.page, { name: issuer })
  for (const name of ['api.orbis.example', 'client.orbis.example'])
    await issue(app.page, { issuer, purpose: 'TLS server', name, names: name })
})
afterAll(() => app.close())

const outcome = (text: string): Promise<void> => app.page.getByRole('heading', { name: text }).waitFor()
const reach = (name: string | RegExp, keys?: string): Promise<void> => tabTo(app.page, name, keys)
const enter = (): Promise<void> => app.page.keyboard.press('Enter')

next('a scenario is made of the hierarchy, and says why the client is refused', async () => {
  const { page } = app
  await openCertificate(page, 'api.orbis.example')
  await reach('Try it in the mTLS lab')
  await enter()
  await outcome('They connect')
  expect(await focused(page)).toBe('mTLS lab')
  await reach('From this vault…')
  await enter()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await page.keyboard.type('client.orbis')
  await dialog.getByRole('button', { name: /api\.orbis/ }).waitFor({ state: 'hidden' })
  await reach(/^client\.orbis\.example/)
  await enter()
  await outcome('The server refuses the client')
  await page.getByText('For TLS servers, not for TLS clients').waitFor()
  expect(await focused(page)).toBe('From this vault…')
})

next('what is offered leads to another certificate, and back with it', async () => {
  const { page } = app
  await reach('Issue a certificate with clientAuth for client.orbis.example…', 'Shift+Tab')
  await enter()
  await heading(page, 'Issue a certificate').waitFor()
  await reach('Review it…')
  await enter()
  await heading(page, 'Review before signing').waitFor()
  await reach('Sign the certificate')
  await enter()
  await heading(page, 'client.orbis.example is issued').waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await reach('Let the lab’s client send it')
  await enter()
  await outcome('They connect')
})

next('settings are taken, and say where the key is', async () => {
  const { page } = app
  await reach('Settings to take away')
  await enter()
  await reach('Program')
  await page.keyboard.type('HAProxy')
  await page.getByText('haproxy -db -f haproxy.cfg').waitFor()
  await reach('Download these files')
  const [download] = await Promise.all([page.waitForEvent('download'), enter()])
  expect(download.suggestedFilename()).toBe('haproxy-server.zip')
  await reach('The key is in this vault: save it on the page of its certificate.')
  await enter()
  await heading(page, 'api.orbis.example').waitFor()
  expect(app.complaints).toEqual([])
})

next('a certificate that is issued otherwise is not for the lab', async () => {
  const { page } = app
  await issue(page, { issuer: 'Orbis Root', purpose: 'TLS client', name: 'other.orbis.example' })
  await heading(page, 'other.orbis.example is issued').waitFor()
  expect(await page.getByRole('button', { name: /^Let the lab/ }).count()).toBe(0)
})
