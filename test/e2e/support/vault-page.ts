import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright'
import type { In, Method, Out } from '../../../src/border/protocol.ts'
import { bundleScript, workerSource } from '../../../tools/vite/worker-source.ts'
import { roundsShortened } from '../../support/browser/rounds.ts'
import type { Site } from '../../support/site.ts'
import { startSite } from '../../support/site.ts'
import { temporaryFolder } from './app.ts'
import type { VaultPageGlobals } from './vault-page-script.ts'
import { batchOf } from '../../support/inputs.ts'

export const ACTOR = { who: 'Ada' }
export const PASSPHRASE = 'correct horses eat lemon bread'

/** Serves a page that has the worker's client as a global, on a port of its own. */
export async function serveVaultPage(): Promise<Site> {
  const folder = temporaryFolder()
  const script = fileURLToPath(new URL('vault-page-script.ts', import.meta.url))
  const { code } = await bundleScript(script, {
    define: { __VERSION__: '"test"' },
    plugins: [workerSource()],
  })
  writeFileSync(join(folder.path, 'page.js'), code)
  writeFileSync(
    join(folder.path, 'index.html'),
    '<!doctype html><meta charset="utf-8"><script src="page.js"></script>',
  )
  const site = await startSite(folder.path)
  const close = async (): Promise<void> => {
    await site.close()
    folder.remove()
  }
  return { ...site, close }
}

export async function openVaultPage(context: BrowserContext, { url }: Site): Promise<Page> {
  const page = await context.newPage()
  await Promise.all([page.waitForEvent('worker'), page.goto(url)])
  await roundsShortened(page)
  return page
}

interface Answer {
  output?: unknown
  error?: unknown
}

/** One call to the worker from the page; a CodedError arrives as `{ code, detail }`. */
export async function call<M extends Method>(page: Page, method: M, input: In<M>): Promise<Out<M>> {
  const answer: Answer = await page.evaluate(askInPage, [method, input] as [Method, unknown])
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the page rejected with, for toMatchObject
  if (answer.error !== undefined) throw answer.error
  return answer.output as Out<M>
}

async function askInPage([method, input]: [Method, unknown]): Promise<Answer> {
  const { client } = globalThis as unknown as VaultPageGlobals
  try {
    return { output: await client.call(method, input as never) }
  } catch (error) {
    const { code, detail } = error as { code?: string; detail?: unknown }
    return { error: code === undefined ? { message: String(error) } : { code, detail } }
  }
}

export const unlock = (page: Page) => call(page, 'vault.unlock', { passphrase: PASSPHRASE, actor: ACTOR })

/** Makes the vault with one root, and gives the root's id. */
export async function createWithRoot(page: Page): Promise<string> {
  await call(page, 'vault.create', {
    passphrase: PASSPHRASE,
    recoveryPassphrase: null,
    visibility: 'public',
    actor: ACTOR,
  })
  const { token, warnings } = await call(page, 'issue.prepare', {
    authorityId: null,
    request: {
      profileId: 'root',
      subject: [{ type: 'commonName', value: 'Example Root' }],
      subjectAltNames: [],
      validity: null,
      signature: null,
      extensions: {},
    },
    key: { kind: 'generate', algorithm: 'p256' },
  })
  const issued = await call(page, 'issue.sign', {
    token: token!,
    acknowledged: warnings,
    caKey: { kind: 'vault' },
    endEntityKey: { kind: 'sealed' },
    actor: ACTOR,
  })
  return issued.authorityId!
}

export function batchInput(authorityId: string, prefix: string, count: number): In<'batch.start'> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${String(index)}.example.com`)
  return batchOf(authorityId, names, ACTOR)
}

/** Everything issued by an authority. */
export async function issuedBy(page: Page, authorityId: string) {
  return (await call(page, 'certificate.list', { authorityId, offset: 0, limit: 1_000_000 })).rows
}
