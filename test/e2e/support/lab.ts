import type { Page } from 'playwright'
import type { ReadyId } from '../../../src/mtls/ready-ids.ts'

/** Begins a ready scenario on the lab's page; what was changed there before is given up. */
export async function chooseReady(page: Page, id: ReadyId): Promise<void> {
  await page.getByLabel('Scenario', { exact: true }).selectOption(id)
  const replace = page.getByRole('dialog').getByRole('button', { name: 'Replace it' })
  if (await replace.isVisible()) await replace.click()
}
