import type { Page } from 'playwright'

/** How a page is looked at: on a phone, at a desk and on a wide screen, light and dark. */
export interface View {
  readonly label: string
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
}

export const VIEWS: readonly View[] = [360, 1280, 2560].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    label: `${width}-${colorScheme}`,
    width,
    colorScheme,
  })),
)

/** Brings the page into each of the views in turn; leaves it light, and as large as it was. */
export async function inViews(
  page: Page,
  views: readonly View[],
  look: (view: View) => Promise<void>,
): Promise<void> {
  const before = page.viewportSize()
  for (const view of views) {
    await page.setViewportSize({ width: view.width, height: view.width === 360 ? 740 : 900 })
    await page.emulateMedia({ colorScheme: view.colorScheme })
    await look(view)
  }
  await page.setViewportSize(before ?? { width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
}
