import type { Method } from '../../src/border/protocol.ts'
import { failing, holding } from '../../test/e2e/support/failing.ts'
import { visit } from '../../test/e2e/support/operator.ts'
import type { Scene } from './scene.ts'
import { go, scene } from './scene.ts'

/** A disk that fails, and one that does not answer, as a page finds it that has read nothing yet. */
const failed = (address: string, method: Method): Scene =>
  scene(address.split(/[/?]/)[0]!, `${method} failed`, async (page) => {
    await go(page, 'recipe')
    await failing(page, [method])
    await go(page, address)
    await page.getByRole('main').getByRole('alert').first().waitFor()
    await failing(page, [])
  })
const busy = (address: string, method: Method): Scene =>
  scene(address.split(/[/?]/)[0]!, `${method} busy`, async (page) => {
    await go(page, 'recipe')
    await holding(page, [method])
    await visit(page, `#/${address}`)
    await page.getByRole('main').getByRole('status').first().waitFor()
    await holding(page, [])
  })

export const TROUBLES: readonly Scene[] = [
  busy('inventory', 'certificate.list'),
  failed('inventory', 'certificate.list'),
  failed('journal', 'journal.list'),
  failed('requests', 'request.list'),
  busy('lists', 'list.overview'),
  failed('lists', 'list.overview'),
  failed('profiles', 'profile.list'),
  failed('issue', 'algorithms.supported'),
  failed('hierarchy', 'hierarchy.ends'),
  scene('certificate', 'failed', async (page) => {
    await failing(page, ['certificate.detail'])
    await visit(page, '#/inventory?search=shop.example.com')
    await page.getByRole('main').getByRole('link', { name: 'shop.example.com' }).first().click()
    await page.getByRole('alert').first().waitFor()
    await failing(page, [])
  }),
  scene('batch', 'busy', async (page) => {
    await go(page, 'batch')
    await page.getByLabel('The table').fill('commonName,dns\na.example.com,a.example.com')
    await holding(page, ['batch.read'])
    await page.getByRole('button', { name: 'Read the table' }).click()
    await page.getByRole('button', { name: 'Cancel' }).waitFor()
  }),
  scene('batch', 'read', async (page) => {
    await page.getByRole('button', { name: 'Cancel' }).click()
    await holding(page, [])
  }),
]
