import { readdirSync } from 'node:fs'
import type { Page } from 'playwright'

/** Drags files and folders of this machine over the window as the desktop does. Returns what lets them go there. */
export async function drag(page: Page, ...paths: readonly string[]): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  const { width, height } = page.viewportSize()!
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  const send = (type: 'dragEnter' | 'drop') =>
    devtools.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data })
  await send('dragEnter')
  return async () => {
    await send('drop')
    await devtools.detach()
  }
}

/** Drags them over the window and lets them go there. */
export async function drop(page: Page, ...paths: readonly string[]): Promise<void> {
  const letGo = await drag(page, ...paths)
  await letGo()
}

/** How many files lie below a folder. */
export const filesBelow = (path: string): number =>
  readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
