import type { Browser } from 'puppeteer-core'
import puppeteer from 'puppeteer-core'

/** Firefox as Debian has it, over WebDriver BiDi, in a fresh profile. */
export function launchFirefox(): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    // As root, Firefox cannot set up its content sandbox.
    env: { ...process.env, MOZ_DISABLE_CONTENT_SANDBOX: '1' },
    extraPrefsFirefox: {
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
    },
  })
}
