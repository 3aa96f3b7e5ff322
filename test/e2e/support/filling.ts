import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import { bundleScript } from '../../../tools/vite/worker-source.ts'
import type { App } from './app.ts'
import type { FillingGlobals } from './filling-script.ts'

const SCRIPT = fileURLToPath(new URL('filling-script.ts', import.meta.url))

/** Puts so many certificates into the vault of the page, `below` its CA or nobody's, from another tab that is closed again. */
export const fillVault = (
  app: App,
  passphrase: string,
  count: number,
  below: 'its CA' | 'nobody',
): Promise<void> =>
  inAnotherTab(app, (tab) =>
    tab.evaluate(
      ([passphrase, count, isBelow]) =>
        (globalThis as unknown as FillingGlobals).fillVault(passphrase, count, isBelow),
      [passphrase, count, below === 'its CA'] as const,
    ),
  )

/** Puts so many CAs, and so many certificates, below the first CA of the page's vault, in the same way. */
export const fillHierarchy = (
  app: App,
  passphrase: string,
  authorities: number,
  certificates: number,
): Promise<void> =>
  inAnotherTab(app, (tab) =>
    tab.evaluate(
      ([passphrase, authorities, certificates]) =>
        (globalThis as unknown as FillingGlobals).fillHierarchy(passphrase, authorities, certificates),
      [passphrase, authorities, certificates] as const,
    ),
  )

async function inAnotherTab(app: App, fill: (tab: Page) => Promise<void>): Promise<void> {
  const { code } = await bundleScript(SCRIPT, { define: { __VERSION__: '"test"' } })
  const tab = await app.newTab()
  await tab.evaluate(`${code}; 0`)
  await fill(tab)
  await tab.close()
}
