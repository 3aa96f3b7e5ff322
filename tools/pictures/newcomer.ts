import { readFileSync } from 'node:fs'
import { endEntity, intermediate, pem, root } from '../../test/support/chain.ts'
import { debianBundle } from '../../test/support/roots.ts'
import { validatePasted } from '../../test/e2e/support/operator.ts'
import { DAY } from '../../src/time.ts'
import type { Scene } from './scene.ts'
import { at, atRest, go, scene } from './scene.ts'

const now = Math.floor(Date.now() / 1000) * 1000
const inDays = (from: number, to: number) => ({
  notBefore: new Date(now + from * DAY),
  notAfter: new Date(now + to * DAY),
})
const LONG = 'A name that somebody had to write out to its very last letter and then once more '
  .repeat(3)
  .slice(0, 200)
  .trim()
const NAMES = Array.from({ length: 100 }, (_, i) => ({
  kind: 'dNSName' as const,
  value: `host-${i}.some-quite-long-department-name.example.com`,
}))

const top = await root({ ...inDays(-900, 3000), subject: 'CN=Example Root,O=Example Ltd' })
const ca = await intermediate(top, { ...inDays(-300, 900), subject: 'CN=Example Issuing CA 3,O=Example Ltd' })
const server = await endEntity(ca, inDays(-30, 60))
const longCa = await intermediate(top, { ...inDays(-300, 900), subject: `CN=${LONG}` })

/** A certificate whose issuer has a name of 200 characters, and which has a hundred names itself. */
export const HOSTILE = pem(
  await endEntity(longCa, {
    ...inDays(-30, 60),
    subject: `CN=${LONG}`,
    extensions: { subjectAltName: NAMES },
  }),
  longCa,
  top,
)

const validated = (state: string, text: string, trusted: boolean): Scene =>
  scene('validate', state, async (page) => {
    await validatePasted(page, text)
    if (trusted) await page.getByLabel('CN=Example Root,O=Example Ltd, from what you added').check()
    await page.locator('main .banner').waitFor()
    await atRest(page)
  })

/** What can be seen without a vault. */
export const NEWCOMER: readonly Scene[] = [
  at('welcome', 'first visit'),
  at('create', 'empty'),
  at('restore', 'empty'),
  at('validate', 'empty'),
  validated('valid', pem(server, ca, top), true),
  validated('not trusted', pem(server, ca, top), false),
  validated('missing CA', pem(server, top), false),
  validated('expired', pem(await endEntity(ca, inDays(-178, -88)), ca, top), true),
  validated('wrong order', pem(top, ca, server), true),
  at('lab', 'connects'),
  scene('lab', 'refused', async (page) => {
    await page.getByLabel('Scenario', { exact: true }).selectOption('client-intermediate-missing')
    await page.getByRole('heading', { name: 'The server refuses the client' }).waitFor()
  }),
  at('lab/matrix', 'apart'),
  at('lab/settings', 'settings'),
  at('lab/proxy', 'behind a proxy'),
  at('lab/explain', 'an error'),
  at('ceremony', 'first'),
  scene('ceremony', 'plan', async (page) => {
    const buffer = readFileSync(new URL('../../docs/ceremony-plan.example.json', import.meta.url))
    const file = { name: 'plan.json', mimeType: 'application/json', buffer }
    await page.getByLabel('Open a plan…').setInputFiles(file)
    await page.getByRole('button', { name: /^Rehearse/ }).waitFor()
  }),
  validated('long names', HOSTILE, true),
  scene('validate', 'unread', (page) =>
    validatePasted(page, pem(server, ca).replace(/(BEGIN CERTIFICATE-----\s+\S{10})\S{4}/, '$1AAAA')),
  ),
  scene('validate', 'roots', async (page) => {
    await page.getByRole('button', { name: 'Clear the page' }).click()
    const file = {
      name: 'ca-certificates.crt',
      mimeType: 'application/x-pem-file',
      buffer: debianBundle(),
    }
    await page.locator('main input[type=file]').first().setInputFiles(file)
    await page.getByRole('button', { name: 'Keep them' }).waitFor()
  }),
  scene('validate', 'nothing in it', (page) => validatePasted(page, 'no certificate at all')),
  scene('validate', 'compared', async (page) => {
    await validatePasted(page, pem(server, ca, top))
    await page.getByRole('button', { name: 'Compare with another…' }).click()
    await page.getByLabel('Certificates, as text').fill(pem(server, top))
    await page.getByRole('button', { name: 'Validate them' }).click()
    await page.getByText('The server leaves out').first().waitFor()
  }),
  scene('arrival', 'asked', async (page) => {
    await go(page, 'recipe')
    await page.locator('main').focus()
    await page.evaluate((text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    }, HOSTILE)
    await page.getByRole('dialog').waitFor()
  }),
  at('rule', 'all'),
  at('rule/path-len-exceeded', 'with an example'),
  scene('rule', 'for a class', async (page) => {
    await page.getByRole('button', { name: 'Hide the answer' }).click()
    await page.getByRole('button', { name: 'Show the answer' }).waitFor()
  }),
  at('recipe', ''),
  at('notices', ''),
  at('nowhere', 'no such page'),
  scene('keys', 'help', async (page) => {
    await page.locator('main').focus()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  }),
  scene('palette', 'open', async (page) => {
    await page.keyboard.press('Control+K')
    await page.getByRole('dialog', { name: 'Find' }).waitFor()
    await page.keyboard.type('va')
  }),
]

export const REQUEST = readFileSync(
  new URL('../../test/fixtures/requests/csr-good.pem', import.meta.url),
  'utf8',
)
/** In a vault of one's own, without anything in it. */
export const OWN_VAULT: readonly Scene[] = [
  at('hierarchy', 'empty'),
  at('inventory', 'empty'),
  at('requests', 'empty'),
  at('quorum', 'who'),
  scene('quorum', 'a share', async (page) => {
    for (const [i, name] of ['Ada Lovelace', 'Ben Bauer', 'Cleo Ünal'].entries())
      await page.getByLabel(`Name of holder ${String(i + 1)}`).fill(name)
    await page.getByRole('button', { name: 'Make the shares' }).click()
    await page.getByRole('button', { name: 'Show the share of Ada Lovelace' }).click()
    await page.getByRole('button', { name: 'It is written down: hide it' }).waitFor()
  }),
  scene('unlock', 'locked', async (page) => {
    await page.getByRole('button', { name: 'Lock now' }).click()
    await go(page, 'unlock')
  }),
]
