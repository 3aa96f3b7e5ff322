import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReady } from '../support/site.ts'
import { startApp, type App } from './support/app.ts'
import { createVault, fillIn, heading, issue, toReview, unlock, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

let app: App
beforeAll(async () => {
  app = await startApp('site')
})
afterAll(() => app.close())

/** Sets the clock of the page, and of the worker it makes of a Blob, so many milliseconds back. */
function setBack(ms: number): void {
  const script = `{
    const Real = Date
    const now = () => Real.now() - ${ms}
    globalThis.Date = new Proxy(Real, {
      construct: (target, given, made) => Reflect.construct(target, given.length ? given : [now()], made),
      get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
    })
  }\n`
  const Own = Blob
  globalThis.Blob = new Proxy(Own, {
    construct: (target, [parts, options]: [BlobPart[], BlobPropertyBag?], made) =>
      Reflect.construct(
        target,
        [/javascript/.test(options?.type ?? '') ? [script, ...parts] : parts, options],
        made,
      ) as Blob,
  })
  const Real = Date
  const now = (): number => Real.now() - ms
  globalThis.Date = new Proxy(Real, {
    construct: (target, given: unknown[], made) =>
      Reflect.construct(target, given.length > 0 ? given : [now()], made) as object,
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
  })
}

test('a clock behind the last use is said at unlocking, before anything is refused for it', async () => {
  await createVault(app.page)
  await app.page.close()
  const page = await app.context.newPage()
  await page.addInitScript(setBack, 3 * 86_400_000)
  await openReady(page, app.site.url)
  await visit(page, '#/unlock')
  await unlock(page)
  const notice = page.getByText('Is the clock right?')
  await notice.waitFor()
  await page.getByText('until then nothing is signed or stored').waitFor()
  await screenshots(page, 'clock-behind')
  await visit(page, '#/journal')
  await page.getByText('last used on').waitFor()
  await page.getByRole('button', { name: 'The clock is right: continue' }).click()
  await notice.waitFor({ state: 'detached' })
  await issue(page, { name: 'Root by another clock' })
  expect(await notice.count()).toBe(0)
  await visit(page, '#/journal')
  await page.getByText('Clock confirmed').waitFor()
})

test('what was prepared before midnight (UTC) is refused after it, and is prepared again', async () => {
  const page = await app.newVisitor()
  const today = Math.floor(Date.now() / 86_400_000) * 86_400_000
  const setWorker = (at: number): Promise<void> =>
    page.workers()[0]!.evaluate((now) => {
      const start = performance.now()
      Date.now = () => now + Math.round(performance.now() - start)
    }, at)
  await setWorker(today + 86_400_000 - 120_000)
  await createVault(page)
  await fillIn(page, { name: 'Example Root' })
  await toReview(page)
  await setWorker(today + 86_400_000 + 5_000)
  await page.getByRole('button', { name: 'Make the root' }).click()
  const refusal = page.getByRole('alert').filter({ hasText: 'on the same day (UTC). Prepare it again' })
  await refusal.waitFor()
  expect(await page.locator('main .button.primary').allInnerTexts()).toEqual(['Prepare it again'])
  await screenshots(page, 'prepared-yesterday')
  await page.getByRole('button', { name: 'Prepare it again' }).click()
  await refusal.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Make the root' }).click()
  await heading(page, 'Example Root is issued').waitFor()
})
