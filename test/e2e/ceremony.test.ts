import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePlan } from '../../src/ceremony/plan-file.ts'
import type { Plan } from '../../src/ceremony/plan.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { launchWebKit } from '../support/browser/webkit.ts'
import { witnessing } from '../support/browser/witnessing.ts'
import { planAt } from '../support/ceremony/plan.ts'
import { DIST } from '../support/dist.ts'
import { run, scratchFor, succeed } from '../support/run.ts'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { PASSPHRASE, visit } from './support/operator.ts'
import { sha256Hex } from '../../src/webcrypto/signature.ts'

// A whole ceremony in the single file from disk: rehearsed, done for real, signed by two witnesses on their own page
// in Firefox and in WebKitGTK,
// carried out, and verified with a shell and openssl.

const folder = scratchFor('ceremony-e2e')
const at = (name: string): string => join(folder, name)
let app: App

beforeAll(async () => {
  app = await startApp('file')
})
afterAll(() => app.close())

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).click()

/** What `work` has the page save. */
async function saved(page: Page, work: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent('download')
  await work()
  const file = await download
  const path = at(file.suggestedFilename())
  await file.saveAs(path)
  return path
}

interface Room {
  readonly page: Page
  readonly tool: string
  readonly request: string
  backup: string
}

type Act = (room: Room) => Promise<void>

const sign: Act = async ({ page }) => {
  await press(page, 'Show what will be signed')
  await press(page, /^Sign (it|all)/)
}

/** By how the title of a step begins. */
const ACTS: Readonly<Record<string, Act>> = {
  'Compare the file': async ({ page, tool }) => {
    await page.getByLabel('What the room found').fill(tool)
    await press(page, 'Compare')
  },
  'Check the window': async ({ page }) => {
    await page.getByLabel(/not a private window/).check()
    await press(page, 'The window is right')
  },
  'Compare the clocks': async ({ page }) => {
    const time = new Date().toISOString().slice(0, 19).replace('T', ' ')
    await page.getByLabel('The other clock, UTC').fill(time)
    await press(page, 'Compare')
  },
  'Compare the plan': ({ page }) => press(page, 'All words are the same'),
  'Call the roll': async ({ page }) => {
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await press(page, 'The roll is called')
  },
  'Open the vault': async ({ page }) => {
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await page.getByLabel('The same passphrase again').fill(PASSPHRASE)
    await press(page, 'Make the vault')
  },
  'Take a request': async ({ page, request }) => {
    await page.getByLabel('Choose the request…').setInputFiles(request)
    await page.getByText('The request in words').waitFor()
    await page.getByLabel('Read aloud by').selectOption({ label: 'Wim Witness' })
    await press(page, 'The words are the same')
  },
  'Sign a certificate': sign,
  'Sign revocation lists': sign,
  'Make a backup': async (room) => {
    room.backup = await saved(room.page, () => press(room.page, 'Save the backup'))
  },
  'Read the backup back': async ({ page, backup }) => {
    await page.getByLabel('Choose the file on the stick…').setInputFiles(backup)
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await press(page, 'Open it')
  },
  'Close the keys': ({ page }) => press(page, 'Lock the vault'),
  'Sign off': async ({ page }) => {
    for (const answer of await page.getByRole('radio', { name: 'It went by the plan' }).all())
      await answer.check()
    await press(page, 'Everybody has answered')
  },
}

/** The same with another issuing CA, and lists for two years. */
function twoIntermediates(plan: Plan): Plan {
  const [, issuing] = plan.certificates
  const subject = [
    { type: 'organizationName', value: 'Orbis' },
    { type: 'commonName', value: 'Orbis Issuing CA 2' },
  ]
  const second = { ...issuing!, id: 'issuing-2', key: 'issuing-2-key', subject }
  return {
    ...plan,
    keys: [...plan.keys, { ...plan.keys[1]!, id: 'issuing-2-key' }],
    certificates: [...plan.certificates, second],
    lists: plan.lists.map((lists) => ({ ...lists, days: 92, count: 8 })),
    steps: plan.steps.flatMap((step) =>
      step.on === 'issuing' ? [step, { ...step, id: 'make-issuing-2', on: 'issuing-2' }] : [step],
    ),
  }
}

/** Does every step that the page shows, until the record can be closed. */
async function playAll(room: Room): Promise<void> {
  const { page } = room
  const begin = page.getByRole('button', { name: 'Begin this step' })
  const close = page.getByRole('button', { name: 'Close the record' })
  for (;;) {
    await begin.or(close).waitFor()
    if ((await close.count()) > 0) return
    // Nothing is begun by a key that was pressed twice: the focus is on what is read.
    await page.locator('main :is(h1, h2):focus').waitFor()
    const title = await page.locator('main h2').first().innerText()
    const act = Object.entries(ACTS).find(([name]) => title.startsWith(name))
    if (!act) throw new Error(`nobody knows how to ${title}`)
    await begin.click()
    await page.getByText(/^Now · Step/).waitFor()
    await act[1](room)
  }
}

const WITNESS = pathToFileURL(join(DIST, 'witness.html')).href
const WITNESS_READY = 'html[data-witness="ready"] h1'

/** Each witness has a browser of another kind, in which they make a key and sign. */
const WITNESSES: Readonly<Record<string, (signing: string) => Promise<unknown>>> = {
  'Wim Witness': async (signing) => {
    const firefox = await launchFirefox()
    try {
      const page = await firefox.newPage()
      await page.goto(WITNESS)
      await page.waitForSelector(WITNESS_READY)
      return await page.evaluate(`(async () => { ${signing} })()`)
    } finally {
      await firefox.close()
    }
  },
  'Wanda Witness': async (signing) => {
    const webkit = await launchWebKit()
    try {
      await webkit.open(WITNESS)
      await webkit.waitFor(WITNESS_READY)
      return await webkit.evaluate(signing)
    } finally {
      await webkit.close()
    }
  },
}

/** What a witness hands back, as a file. */
async function witnessed(name: string, manifest: string): Promise<string> {
  const pem = await WITNESSES[name]!(witnessing(name, readFileSync(manifest, 'utf8')))
  const path = at(`${name}.witness.pem`)
  writeFileSync(path, String(pem))
  return path
}

test('rehearsed, done for real, witnessed and carried out: openssl verifies it, and no changed record', async () => {
  const { page } = app
  const tool = await sha256Hex(readFileSync(join(DIST, 'rootcellar.html')))
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('key.pem')]
  await succeed('openssl', [
    'req',
    '-new',
    ...key,
    '-subj',
    '/O=Partner/CN=Partner CA',
    '-outform',
    'DER',
    '-out',
    at('partner.csr'),
  ])
  const request = { sha256: await sha256Hex(readFileSync(at('partner.csr'))) }
  writeFileSync(at('plan.json'), writePlan(twoIntermediates(planAt(Date.now(), request, { tool }))))

  await visit(page, '#/ceremony')
  await page.getByLabel('Open a plan…').setInputFiles(at('plan.json'))
  await press(page, 'Rehearse it')
  const room: Room = { page, tool, request: at('partner.csr'), backup: '' }
  await playAll(room)
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await press(page, 'Close the record')
  await press(page, 'Do it for real now')
  await page.getByRole('heading', { level: 1, name: 'Orbis roots', exact: true }).waitFor()
  await playAll(room)
  await press(page, 'Close the record')
  const manifest = await saved(page, () => press(page, 'Save manifest.sha256'))
  for (const name of Object.keys(WITNESSES)) {
    const file = await witnessed(name, manifest)
    await page.getByLabel('Add what a witness has signed…').setInputFiles(file)
    await page.getByText(new RegExp(`^Signed by .*${name}`)).waitFor()
  }
  const zip = await saved(page, () => press(page, 'Save everything as one ZIP'))
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), bytes)
  }
  await succeed('sha256sum', ['--quiet', '--check', 'SHA256SUMS'], { cwd: folder })
  const record = at('record')
  const { code, stdout } = await run('sh', ['verify.sh'], { cwd: record })
  expect([stdout.trimEnd().split('\n').at(-1), code]).toEqual(['VERIFIED', 0])
  const lines = readFileSync(join(record, 'transcript.jsonl'), 'utf8').split('\n')
  writeFileSync(join(record, 'transcript.jsonl'), [...lines.slice(0, 5), ...lines.slice(6)].join('\n'))
  expect((await run('sh', ['verify.sh'], { cwd: record })).code).toBe(1)
  expect(app.complaints).toEqual([])
})
