import { appendFileSync, rmSync } from 'node:fs'
import type { Browser, Page } from 'playwright'
import { chromium } from 'playwright'
import { CHROMIUM } from '../../support/browser/chromium.ts'
import { random } from '../../support/random.ts'

/** Of what is filmed: a screen as a camera has it. */
export const SCREEN = { width: 1280, height: 720 }

/**
 * Films the screen with codes, `next` of which are shown one after the other, into a file for Chromium's camera, which plays it in a
 * circle at 30 pictures a second; `lost` of the codes are not in it.
 */
export async function film(
  page: Page,
  file: string,
  { codes, lost, next }: { codes: number; lost: number; next: () => Promise<unknown> },
): Promise<void> {
  rmSync(file, { force: true })
  const draw = random(codes)
  let pictures = 0
  for (let shown = 0; shown < codes; shown++) {
    if (draw() >= lost) {
      appendFileSync(file, await page.screenshot({ type: 'jpeg', quality: 80 }))
      pictures += 1
    }
    await next()
  }
  // A reader that looks at every fourth picture would see a quarter of them, again and again.
  while (!isPrime(pictures)) {
    appendFileSync(file, await page.screenshot({ type: 'jpeg', quality: 80 }))
    pictures += 1
  }
}

const isPrime = (n: number): boolean => {
  for (let factor = 2; factor * factor <= n; factor++) if (n % factor === 0) return false
  return true
}

/** What a computer has: no camera, one that the page may not use, or one before which the film in a file is played. */
export type Camera = 'none' | 'refused' | { readonly film: string }

export function launchWithCamera(camera: Camera): Promise<Browser> {
  const args = camera === 'none' ? [] : ['--use-fake-device-for-media-stream']
  if (typeof camera === 'object')
    args.push('--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${camera.film}`)
  return chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args!, ...args] })
}
