import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parts } from '../../src/messages/en/ui/frame.ts'
import { succeed } from '../support/run.ts'
import { startApp, temporaryFolder, type App } from './support/app.ts'
import { createVault, issue, validatePasted, visit } from './support/operator.ts'
import { expectSound } from './support/sound.ts'

// What looks like a CA of ours and is another name is told wherever a name comes from outside.

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
let app: App
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
  await issue(app.page, { name: 'Example Root CA' })
  await succeed('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '300'],
    ...['-utf8', '-subj', '/CN=Ехаmрlе Root CA', '-keyout', at('key.pem'), '-out', at('ca.pem')],
  ])
  await succeed('openssl', [
    ...['req', '-new', '-key', at('key.pem'), '-subj', '/CN=Example R00t CA', '-out', at('request.pem')],
  ])
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

const told = (): Promise<void> =>
  app.page.getByText(/looks like “Example Root CA”, one of your CAs/).waitFor()

test('of a certificate that is validated', async () => {
  await validatePasted(app.page, readFileSync(at('ca.pem'), 'utf8'))
  await told()
})

test('of a request that asks to be certified', async () => {
  await visit(app.page, '#/certify')
  await app.page.setInputFiles('main input[type=file]', at('request.pem'))
  await told()
})

test('of a CA that is to be certified', async () => {
  const { page } = app
  await visit(page, '#/cross')
  await page.setInputFiles('main input[type=file]', at('ca.pem'))
  await told()
  await expectSound(page, 'looks-like-cross')
})

test('of each CA that is brought in, and one with the same name and another key is told too', async () => {
  const { page } = app
  for (const [name, file] of [
    ['Example\u200b Root CA', 'hidden.pem'],
    ['Example Root CA', 'same.pem'],
  ] as const)
    await succeed('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '300'],
      ...['-utf8', '-subj', `/CN=${name}`, '-keyout', at(`key-${file}`), '-out', at(file)],
    ])
  await visit(page, '#/import')
  const files = ['ca.pem', 'key.pem', 'hidden.pem', 'key-hidden.pem', 'same.pem', 'key-same.pem']
  await page.setInputFiles('main input[type=file]', files.map(at))
  const looks = page.getByText(/looks like “Example Root CA”, one of your CAs/)
  await looks.nth(1).waitFor()
  expect(await looks.count()).toBe(2)
  await page.getByText(parts.sameName).waitFor()
  expect(await page.getByText(parts.sameName).count()).toBe(1)
  await expectSound(page, 'looks-like-import')
})

test('of a line of a table, which is named', async () => {
  const { page } = app
  await visit(page, '#/batch')
  await page
    .getByLabel('The table')
    .fill('CN,SAN\na.example.com,a.example.com\nΕxаmple Root CА,b.example.com')
  await page.getByRole('button', { name: 'Read the table' }).click()
  await told()
  await expectSound(page, 'looks-like-batch')
})

test('nothing was complained about', () => {
  expect(app.complaints).toEqual([])
})
