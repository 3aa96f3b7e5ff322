import { readdirSync } from 'node:fs'
import type { Page } from 'playwright'

/** Drags files and folders of this machine over the window as the desktop does, and lets them go there. */
export async function drop(page: Page, ...paths: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const { width, height } = page.viewportSize()!
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    devtools.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data })
  // Where the page changes under the pointer, the first move enters what is there now; only one that stays can be dropped.
  const drag = { isOver: false }
  const over = page
    .evaluate(
      () => new Promise((resolve) => addEventListener('dragover', resolve, { capture: true, once: true })),
    )
    .then(() => (drag.isOver = true))
  await send('dragEnter')
  while (!drag.isOver) await send('dragOver')
  await over
  await send('drop')
  await devtools.detach()
}

/** How many files lie below a folder. */
export const filesBelow = (path: string): number =>
  readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
