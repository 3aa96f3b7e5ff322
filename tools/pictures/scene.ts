import type { Page } from 'playwright'
import { visit } from '../../test/e2e/support/operator.ts'

/** A page in one state, and how a person gets there from the scene before it. */
export interface Scene {
  /** The first part of its address, as in `src/ui/pages.ts`; for what lies over any page, its name. */
  readonly page: string
  /** The state, in a word or two. */
  readonly state: string
  readonly act: (page: Page) => Promise<unknown>
}

export const scene = (page: string, state: string, act: Scene['act']): Scene => ({ page, state, act })

/** A page that is only gone to. */
export const at = (address: string, state: string): Scene =>
  scene(address.split(/[/?]/)[0]!, state, (page) => go(page, address))

/** Goes to an address, and waits until the page is at rest. */
export async function go(page: Page, address: string): Promise<void> {
  await visit(page, `#/${address}`)
  await atRest(page)
}

/** Waits until nothing has changed on the page for a while. */
export async function atRest(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  await page.evaluate(
    () =>
      new Promise<void>((settle) => {
        const end = () => {
          observer.disconnect()
          settle()
        }
        let rest = setTimeout(end, 250)
        const observer = new MutationObserver(() => {
          clearTimeout(rest)
          rest = setTimeout(end, 250)
        })
        observer.observe(document.body, { childList: true, subtree: true })
      }),
  )
}
