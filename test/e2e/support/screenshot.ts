import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { ROOT } from '../../support/dist.ts'
import { inViews, VIEWS } from '../../support/views.ts'
import { axeFindings } from './axe.ts'

const FOLDER = join(ROOT, 'test-results', 'screens')

/** Every width, light and dark, and paper; otherwise a phone in the dark and a desk in the light, which are quick. */
const IS_LONG = process.env['SCREENS'] !== undefined
const SHORT: readonly string[] = ['360-dark', '1280-light']

/** Pictures of the page as it stands, to be looked at: 360, 1280 and 2560 wide, light and dark, and as printed. */
export async function screenshots(page: Page, name: string): Promise<string[]> {
  mkdirSync(FOLDER, { recursive: true })
  const made: string[] = []
  const shoot = async (label: string): Promise<void> => {
    const path = join(FOLDER, `${name}-${label}.png`)
    await page.screenshot({ path, fullPage: true, animations: 'disabled' })
    made.push(path)
    // In the long run, not only in the three views of each page's own test.
    if (process.env['SCREENS'] === 'axe' && label !== 'print')
      expect(await axeFindings(page), `${name}, ${label}`).toEqual([])
  }
  const views = VIEWS.filter(({ label }) => IS_LONG || SHORT.includes(label))
  await inViews(page, views, ({ label }) => shoot(label))
  if (IS_LONG) {
    await page.emulateMedia({ colorScheme: 'light', media: 'print' })
    await shoot('print')
  }
  await page.emulateMedia({ colorScheme: 'light', media: 'screen' })
  return made
}
