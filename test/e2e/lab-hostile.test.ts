import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { writeScenario } from '../../src/mtls/scenario-file/scenario-file.ts'
import { UNSEEN } from '../../src/plain-text.ts'
import { stage, usual, Cast } from '../../src/services/lab/ready/stage.ts'
import { startApp, temporaryFolder, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { drop } from './support/drag.ts'
import { visit } from './support/operator.ts'
import { story } from '../support/story.ts'

// A scenario from a stranger: the names in its certificates turn lines around, hide and are very long.

const next = story()
const NAME = `Evil\u202ECA\u200B\u0007${'long '.repeat(1_000)}`
const folder = temporaryFolder()
let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => {
  folder.remove()
  await app.close()
})

async function hostileFile(): Promise<string> {
  const cast = new Cast(new Date())
  const given = await usual(cast)
  const ca = await cast.ca(given.root, NAME)
  const twin = await cast.ca(given.root, NAME)
  const client = await cast.client(ca)
  const { scenario } = stage(cast, given, { client: { sends: [client, twin] } })
  const path = join(folder.path, 'hostile.lab.json')
  const known = [ca.certificate]
  const no = { client: null, server: null }
  writeFileSync(
    path,
    writeScenario({ name: '\u202Ename', note: '', scenario, known, keys: no, programs: no }),
  )
  return path
}

/** Everything that the page says, in text, labels and options. */
async function said(): Promise<string[]> {
  const texts = await app.page
    .locator('main')
    .evaluate((main) =>
      [...main.querySelectorAll('*')].flatMap((each) => [
        ...[...each.childNodes].flatMap((node) =>
          node.nodeType === Node.TEXT_NODE ? [node.nodeValue ?? ''] : [],
        ),
        ...['aria-label', 'title', 'alt'].flatMap((name) => each.getAttribute(name) ?? []),
      ]),
    )
  return texts.map((text) => text.trim().replace(/\n\s*/g, ' '))
}

next('names are spelled out in every sentence, label and choice', async () => {
  await visit(app.page, '#/lab')
  await app.page.getByRole('heading', { name: 'They connect' }).waitFor()
  await drop(app.page, await hostileFile())
  await app.page.getByRole('heading', { name: 'The server refuses the client' }).waitFor()
  await app.page.getByRole('button', { name: /^Let the client send Evil‹U\+202E›CA.*along$/ }).waitFor()
  const texts = await said()
  expect(texts.filter((text) => text.includes('Evil‹U+202E›CA')).length).toBeGreaterThan(5)
  expect(texts.filter((text) => UNSEEN.test(text))).toEqual([])
  expect(texts.filter((text) => text.length > 2_100)).toEqual([])
  expect(await axeFindingsEverywhere(app.page)).toEqual([])
})

next('so is what a proxy writes of them', async () => {
  await visit(app.page, '#/lab/proxy')
  await app.page.getByLabel('Proxy', { exact: true }).selectOption('nginx')
  await app.page.getByText('What proxies write').waitFor()
  expect((await said()).filter((text) => UNSEEN.test(text))).toEqual([])
})
