import type { Browser } from 'puppeteer-core'
import puppeteer from 'puppeteer-core'
import { PATIENCE } from '../patience.ts'

/** Debian's Firefox over WebDriver BiDi, in a fresh profile or a persistent folder; `set`: the user's preferences. */
export function launchFirefox(
  profile?: string,
  set: Readonly<Record<string, boolean | number>> = {},
): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    timeout: PATIENCE,
    protocolTimeout: 5 * PATIENCE,
    // As root, Firefox cannot set up its content sandbox.
    env: { ...process.env, MOZ_DISABLE_CONTENT_SANDBOX: '1' },
    ...(profile === undefined ? {} : { userDataDir: profile }),
    extraPrefsFirefox: {
      // Puppeteer turns this off, and then all files share one storage: a user's Firefox keeps one for each path.
      'security.fileuri.strict_origin_policy': true,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      ...set,
    },
  })
}
