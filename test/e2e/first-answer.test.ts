import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { debianBundle } from '../support/roots.ts'
import type { Drawn } from '../support/chain.ts'
import { endEntity, intermediate, pem, root } from '../support/chain.ts'
import type { App } from './support/app.ts'
import { startApp, temporaryFolder } from './support/app.ts'
import { drop } from './support/drag.ts'
import { Mouse } from './support/hands.ts'
import { createVault, heading, validatePasted, visit } from './support/operator.ts'

// The four faults most people come with: the first line of the answer is the fault itself, in their terms, before
// anything else is read or pressed. On a phone, where the first line is all that is seen, as on a desk.

const DAY = 86_400_000
const now = Math.floor(Date.now() / 1000) * 1000
const inDays = (from: number, to: number) => ({
  notBefore: new Date(now + from * DAY),
  notAfter: new Date(now + to * DAY),
})

const folder = temporaryFolder()
let app: App
let top: Drawn
let ca: Drawn
let server: Drawn
beforeAll(async () => {
  top = await root({ ...inDays(-900, 3000), subject: 'CN=Acme Root' })
  ca = await intermediate(top, { ...inDays(-300, 900), subject: 'CN=Acme Issuing CA 3,O=Acme' })
  server = await endEntity(ca, inDays(-30, 60))
  app = await startApp()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

/** The line below the word of the verdict: what is read first. */
const firstLine = () => app.page.locator('main .banner h2 .title')

const answers = async (line: string): Promise<void> => {
  await expect.poll(() => firstLine().allInnerTexts()).toEqual([line])
}

describe.each([1280, 360])('%i pixels wide, the first line', (width) => {
  beforeAll(() => app.page.setViewportSize({ width, height: width === 360 ? 740 : 900 }))

  test('names the CA whose certificate is missing, and who left it out', async () => {
    await validatePasted(app.page, pem(server, top))
    await answers('The server leaves out Acme Issuing CA 3')
    await validatePasted(app.page, pem(server))
    await answers('The certificate of Acme Issuing CA 3 is missing')
  })

  test('says how long ago it expired, and which one if it is not the server’s own', async () => {
    const old = inDays(-178, -88)
    await validatePasted(app.page, pem(await endEntity(ca, old), ca, top))
    await answers('Expired 88 days ago')
    const ended = await intermediate(top, { ...old, subject: 'CN=Acme Old CA' })
    await validatePasted(app.page, pem(await endEntity(ended, inDays(-30, 60)), ended, top))
    await answers('Acme Old CA expired 88 days ago')
  })

  test('has the name of the certificate and the one that was wanted', async () => {
    await validatePasted(app.page, pem(server, ca, top))
    for (const [wanted, line] of [
      ['api.acme.test', 'For example.com, not for api.acme.test'],
      ['10.0.0.1', 'example.com is not for 10.0.0.1'],
    ] as const) {
      await app.page.getByLabel('Name it is asked for').fill(wanted)
      await answers(line)
    }
  })

  test('says that the order is wrong, whether or not the root is trusted yet', async () => {
    await validatePasted(app.page, pem(top, ca, server))
    await answers('Sent in the wrong order. Acme Root is not trusted here')
    await app.page.getByRole('button', { name: 'Trust Acme Root for this visit' }).click()
    await answers('Sent in the wrong order')
    await app.page.getByRole('button', { name: 'Save the chain in the right order' }).first().waitFor()
  })
})

test("Debian's bundle of roots, dropped on another page, is a trust store of the vault after two clicks", async () => {
  const path = join(folder.path, 'ca-certificates.crt')
  writeFileSync(path, debianBundle())
  const page = await app.newVisitor()
  await createVault(page)
  await visit(page, '#/inventory')
  await heading(page, 'Everything issued').waitFor()
  const hand = new Mouse(page)
  await drop(page, path)
  await hand.press(page.getByRole('dialog').getByRole('button', { name: 'Validate', exact: true }))
  await hand.press(page.getByRole('button', { name: 'Keep them' }))
  await page.getByText('ca-certificates is kept. Now add the chain').waitFor()
  expect([hand.clicks <= 2, hand.fields]).toEqual([true, 0])
  await page.getByLabel('Certificates, as text').fill(pem(server, ca))
  await page.getByRole('button', { name: 'Validate them' }).click()
  await page.getByLabel(/^ca-certificates \(1\d\d\)$/).waitFor()
  expect(app.complaints).toEqual([])
})
