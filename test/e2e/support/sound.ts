import type { Page } from 'playwright'
import { expect } from 'vitest'
import { axeFindingsEverywhere } from './axe.ts'
import { screenshots } from './screenshot.ts'

/** Nothing keeps people from using the page, nothing stands out of a screen 360 pixels wide; and pictures to look at. */
export async function expectSound(page: Page, name: string): Promise<void> {
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.setViewportSize({ width: 1280, height: 900 })
  await screenshots(page, name)
}
