import type { Page } from 'playwright'

/** Returns what the focused element is called. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null
    const name = element?.ariaLabel ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? ''
    return name.replace(/\s+/g, ' ').trim()
  })

/** Presses Tab, or the keys given, until what is focused is called so. */
export async function tabTo(page: Page, name: string | RegExp, keys = 'Tab'): Promise<void> {
  const seen: string[] = []
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press(keys)
    const now = await focused(page)
    if (typeof name === 'string' ? now === name : name.test(now)) return
    seen.push(now)
  }
  throw new Error(`no way to ${String(name)}; passed ${seen.join(' | ')}`)
}
