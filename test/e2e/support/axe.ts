import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with the page as it stands, one line per element: `rule: selector (help)`. A test expects []. */
export async function axeFindings(page: Page): Promise<string[]> {
  const loaded = await page.evaluate(`'axe' in globalThis`)
  if (loaded !== true) await page.evaluate(`${SOURCE}; 0`)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }
    // No preload: the page's policy lets nothing be fetched, and every style is in the page. What holds is not written out
    // element by element, and only the lines leave the page: both cost more than the rules themselves.
    const { violations } = await axe.run({ preload: false, resultTypes: ['violations'] })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.join(' ')} (${help})`),
    )
  })
}

/** The same in light, in dark, and 360 pixels wide; leaves the page light and 1280 wide. */
export async function axeFindingsEverywhere(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const { label, scheme, width } of VIEWS) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    await settled(page)
    found.push(...(await axeFindings(page)).map((line) => `${label}: ${line}`))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 900 })
  return found
}

/** Colours on their way from light to dark are neither: whatever moves is brought to its end. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish()
  })
}

const VIEWS = [
  { label: 'light', scheme: 'light', width: 1280 },
  { label: 'dark', scheme: 'dark', width: 1280 },
  { label: 'narrow', scheme: 'light', width: 360 },
] as const
