import type { Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { Cast } from '../../src/services/lab/ready/stage.ts'
import { CN, type Drawing } from '../../src/services/validate/examples/draw.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { visit } from './support/operator.ts'
import { story } from '../support/story.ts'

// Many clients and many servers, in the file from disk and without a vault.

const next = story()
let app: App
let page: Page

beforeAll(async () => {
  app = await startApp('file')
  ;({ page } = app)
})
afterAll(() => app.close())

const connected = (text: string): Promise<void> =>
  page.getByRole('heading', { name: `Pairs that connect: ${text}`, exact: true }).waitFor()
const example = (id: string): Promise<unknown> => page.getByLabel('Example', { exact: true }).selectOption(id)

next('three examples keep two groups apart, each in its way', async () => {
  await visit(page, '#/lab/matrix')
  await connected('4 of 8')
  await page.getByRole('columnheader', { name: /^server-a\.example\.com\s+2 of 4$/ }).waitFor()
  await page.getByRole('rowheader', { name: /^client-b2\.example\.com\s+1 of 2$/ }).waitFor()
  await example('allow-list')
  await page.getByText('Each server has a list of the names that it lets in.').waitFor()
  await connected('4 of 8')
  await example('two-roots')
  await page.getByRole('gridcell', { name: 'not trusted by the server' }).first().waitFor()
  await connected('4 of 8')
})

next('a cell says why not, by which rule, and where that can be enforced; arrow keys walk', async () => {
  await example('issuing-ca')
  await page.getByRole('gridcell', { name: 'the server’s rule' }).first().waitFor()
  await page.getByRole('gridcell').first().click()
  await page.getByRole('heading', { name: 'client-a1.example.com reaches server-a.example.com' }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page
    .getByRole('heading', { name: 'client-a1.example.com does not reach server-b.example.com' })
    .waitFor()
  await page.getByText('Lets in only certificates issued by Group B CA.').first().waitFor()
  await page.getByText(/It can be enforced in the TLS stack, in the application or at a proxy/).waitFor()
  await page.keyboard.press('Control+End')
  await page.getByRole('heading', { name: 'client-b2.example.com reaches server-b.example.com' }).waitFor()
  expect(await page.locator('td[tabindex="0"]').count()).toBe(1)
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

next('a server that trusts nobody refuses everyone, and none of it surprises', async () => {
  await page.getByRole('group').filter({ hasText: 'Who may connect to' }).first().locator('summary').click()
  await page.getByLabel('Example Root').uncheck()
  await connected('2 of 8')
  await page.getByLabel('Only what surprises').check()
  await page.getByText('Nothing surprises').waitFor()
  await page.getByLabel('Only what surprises').uncheck()
})

next('certificates that are dropped become clients and servers; an expired one surprises', async () => {
  const cast = new Cast(new Date())
  const top = await cast.root('Dropped Root')
  const ca = await cast.ca(top, 'Dropped CA')
  const named = (name: string): Drawing => ({
    subject: [CN(name)],
    extensions: { subjectAltName: [{ kind: 'dNSName', value: name }] },
  })
  await cast.server(ca, named('one.example.net'))
  await cast.client(ca, named('worker.example.net'))
  await cast.client(ca, { ...named('old.example.net'), notAfter: cast.inDays(-1) })
  const file = cast.drawn.map(({ certificate }) => encodePem('CERTIFICATE', certificate.der)).join('')
  await example('lab')
  await connected('1 of 1')
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name: 'pile.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(file) })
  await connected('2 of 6')
  await page.getByLabel('Only what surprises').check()
  await page.getByRole('rowheader', { name: /^old\.example\.net/ }).waitFor()
  await page.getByText('old.example.net expired on').waitFor()
  expect(await page.getByRole('rowheader', { name: /^worker/ }).count()).toBe(0)
})

next('where it is narrow, it is a list of servers', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByLabel('Only what surprises').uncheck()
  await page.getByRole('button', { name: /^Clients of one\.example\.net: 1 of 3 connect/ }).click()
  await page.getByRole('button', { name: 'worker.example.net: connects' }).click()
  await page.getByRole('heading', { name: 'worker.example.net reaches one.example.net' }).waitFor()
  expect(app.complaints).toEqual([])
})
