import { fileURLToPath } from 'node:url'
import { bundleScript } from '../../../tools/vite/worker-source.ts'
import type { App } from './app.ts'
import type { FillingGlobals } from './filling-script.ts'

const SCRIPT = fileURLToPath(new URL('filling-script.ts', import.meta.url))

/** Puts so many certificates into the vault of the page, `below` its CA or nobody's, from another tab that is closed again. */
export async function fillVault(
  app: App,
  passphrase: string,
  count: number,
  below: 'its CA' | 'nobody',
): Promise<void> {
  const { code } = await bundleScript(SCRIPT, { define: { __VERSION__: '"test"' } })
  const tab = await app.newTab()
  await tab.evaluate(`${code}; 0`)
  await tab.evaluate(
    ([passphrase, count, isBelow]) =>
      (globalThis as unknown as FillingGlobals).fillVault(passphrase, count, isBelow),
    [passphrase, count, below === 'its CA'] as const,
  )
  await tab.close()
}
