import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, type Engine, type Tab } from '../support/browser/lasting.ts'
import { VAULT_HANDS } from '../support/browser/vault-hands.ts'
import { DIST, READY, SINGLE_FILE } from '../support/dist.ts'
import { startSite, type Site } from '../support/site.ts'

/** What each engine keeps of a vault, opened from disk and served, over a profile that outlives the browser. */
const engines = Object.keys(ENGINES) as Engine[]
const cases = engines.flatMap((engine) => (['file', 'site'] as const).map((form) => [engine, form] as const))
/** Each engine in each way is minutes: `npm test` does those where it has been lost, test:long all. */
const isWide = process.env['ENGINES'] === 'all'
const sampled = <T>(all: readonly T[], sample: readonly NoInfer<T>[]): readonly T[] => (isWide ? all : sample)
let site: Site
const profiles: string[] = []

beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())
afterEach(() => {
  for (const folder of profiles.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const addressOf = (form: 'file' | 'site'): string => (form === 'file' ? SINGLE_FILE : site.url)

function freshProfile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rootcellar-profile-'))
  profiles.push(folder)
  return folder
}

/** One start of the browser, with as many tabs at that address as `use` takes. */
async function visit<T>(
  engine: Engine,
  profile: string,
  address: string,
  use: (
    act: (body: string) => Promise<unknown>,
    ...others: ((body: string) => Promise<unknown>)[]
  ) => Promise<T>,
): Promise<T> {
  const browser = await ENGINES[engine](profile)
  const open = async (): Promise<(body: string) => Promise<unknown>> => {
    const tab: Tab = await browser.tab()
    await tab.open(address)
    await tab.waitFor(READY)
    return (body) => tab.evaluate(`${VAULT_HANDS}${body}`)
  }
  try {
    const tabs = [await open()]
    while (tabs.length < use.length) tabs.push(await open())
    return await use(tabs[0]!, ...tabs.slice(1))
  } finally {
    await browser.close()
  }
}

const restarted = sampled(cases, [
  ['Chromium', 'site'],
  ['Firefox', 'file'],
  ['WebKitGTK', 'file'],
])
test.each(restarted)('%s, %s: a vault is there when the browser is started again', async (engine, form) => {
  const profile = freshProfile()
  const address = addressOf(form)
  await visit(engine, profile, address, (act) => act(`await create(); await issue('Lasting Root'); return 0`))
  await visit(engine, profile, address, (act) =>
    act(`await unlock(); await issue('www.example.org', 'Lasting Root'); return 0`),
  )
  const inventory = await visit(engine, profile, address, (act) =>
    act(
      `await unlock(); go('inventory'); await until(() => said().includes('www.example.org')); return said()`,
    ),
  )
  expect(inventory).toContain('Lasting Root')
})

const heard = sampled(cases, [
  ['Firefox', 'site'],
  ['WebKitGTK', 'file'],
])
test.each(heard)('%s, %s: two tabs hear each other', async (engine, form) => {
  await visit(engine, freshProfile(), addressOf(form), async (one, other) => {
    await one(`await create(); return 0`)
    await other(`await unlock(); return 0`)
    await one(`await issue('Heard Root'); return 0`)
    await other(`go('hierarchy'); await until(() => said().includes('Heard Root')); return 0`)
    await one(`await press('Lock now'); await until(() => said().includes('Unlock…')); return 0`)
    await other(`await until(() => said().includes('Unlock…')); return 0`)
  })
})

test.each(sampled(engines, ['Firefox', 'WebKitGTK']))(
  '%s: the file moved and renamed says where it lies, and the vault is there again at its place',
  async (engine) => {
    const profile = freshProfile()
    const folder = freshProfile()
    const [here, renamed, moved] = ['root cellar.html', 'root cellar 2.html', 'sub/root cellar.html'].map(
      (name) => join(folder, name),
    ) as [string, string, string]
    mkdirSync(join(folder, 'sub'))
    copyFileSync(join(DIST, 'rootcellar.html'), here)
    const look = (path: string, body: string): Promise<unknown> =>
      visit(engine, profile, pathToFileURL(path).href, (act) => act(body))
    await look(here, `await create(); await issue('Moved Root'); return 0`)
    for (const [from, to] of [
      [here, renamed],
      [renamed, moved],
    ] as const) {
      renameSync(from, to)
      // Firefox keeps a storage for each path; the others one for all files.
      if (engine === 'Firefox') {
        const first = await look(to, `await heading(/lives in this page/); return said()`)
        expect(first).toContain(to)
        expect(first).toContain('In Firefox a vault belongs to the place and name of the file')
      } else await look(to, `await unlock(); await until(() => said().includes('Moved Root')); return 0`)
    }
    renameSync(moved, here)
    await look(here, `await unlock(); await until(() => said().includes('Moved Root')); return 0`)
  },
)

test('WebKitGTK, which can promise nothing, is not asked to, and the page says so', async () => {
  const said = await visit('WebKitGTK', freshProfile(), SINGLE_FILE, (act) =>
    act(`await create(); go('vault'); await heading(/The vault/); return said()`),
  )
  expect(said).toContain('This browser cannot promise to keep the storage.')
  expect(said).not.toMatch(/Ask the browser to keep it|Something went wrong/)
})

describe('a backup of each engine', () => {
  const backups = new Map<Engine, string>()
  beforeAll(async () => {
    for (const engine of engines) {
      const file = await visit(engine, freshProfile(), SINGLE_FILE, (act) =>
        act(`
          await create()
          await issue('Root of ${engine}')
          go('backup')
          return handedOver(() => press('Make a backup'))
        `),
      )
      backups.set(engine, file as string)
    }
  })

  test.each(sampled(engines, ['Firefox']))(
    'is restored in %s, and says where the page lay that made it',
    async (engine) => {
      await visit(engine, freshProfile(), SINGLE_FILE, async (act) => {
        for (const from of engines) {
          const said = await act(`
          go('restore')
          await heading(/Restore a backup/)
          await pick('${backups.get(from)!}')
          await fill('Passphrase', passphrase)
          await fill('Your name', 'Ada')
          const replace = await until(() => document.querySelector('main form')) && document.querySelector('main form input[type=checkbox]')
          if (replace) replace.click()
          await press('Check the backup')
          await until(() => said().includes('The backup opens'))
          const contents = said()
          await press('Restore from this backup')
          await until(() => said().includes('Root of ${from}'))
          return contents
        `)
          expect(said).toContain(`Made with the page at\n${SINGLE_FILE}`)
        }
      })
    },
  )
})
