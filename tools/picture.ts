// Draws the picture in README.md: `npm run picture`, after `npm run build`. The same files, on the same day, in the same
// browser and with the same fonts give the same octets.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { launchChromium } from '../test/support/browser/chromium.ts'
import { READY } from '../test/support/dist.ts'

const PICTURE = 'docs/picture.png'
const CHAIN = readFileSync('test/fixtures/picture/expired.pem', 'latin1')
/** A day within the validity of all three, so that the picture does not depend on the day it is drawn. */
const DAY = new Date('2027-03-01T12:00:00Z')

const browser = await launchChromium()
try {
  const page = await browser.newPage({
    viewport: { width: 1100, height: 720 },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  await page.clock.setFixedTime(DAY)
  await page.goto(`${pathToFileURL('dist/rootcellar.html').href}#/validate`)
  await page.locator(READY).first().waitFor()
  await page.getByLabel('Certificates, as text').fill(CHAIN)
  await page.getByRole('button', { name: 'Validate them' }).click()
  await page.getByLabel(/^CN=Example Root.* from what you added$/).check()
  await page.getByText('from the trust store').first().waitFor()
  await page.evaluate(() => scrollTo(0, 0))
  await page.screenshot({ path: PICTURE, animations: 'disabled', caret: 'hide' })
} finally {
  await browser.close()
}
