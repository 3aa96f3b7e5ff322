import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/browser/chromium.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { launchWebKit } from '../support/browser/webkit.ts'
import { distFile } from '../support/dist.ts'
import type { Site } from '../support/site.ts'
import { startSite } from '../support/site.ts'

/**
 * What the page relies on in every engine: a worker started from a Blob is bound by the policy of the page that made
 * it. A probe page stands under the page's own policy, with the probe's hash in the place of the script's.
 */
const heard: string[] = []
const outside = createServer(({ url }, response) => {
  heard.push(url ?? '')
  response.writeHead(200, { 'access-control-allow-origin': '*' }).end()
})
const folder = mkdtempSync(join(tmpdir(), 'rootcellar-probe-'))
let site: Site

beforeAll(async () => {
  await new Promise<void>((settle) => outside.listen(0, '127.0.0.1', settle))
  const probe = probeScript(`http://127.0.0.1:${(outside.address() as AddressInfo).port}/`)
  writeFileSync(join(folder, 'bound.html'), probePage(probe, policyFor(probe)))
  writeFileSync(join(folder, 'free.html'), probePage(probe, ''))
  site = await startSite(folder)
})
afterAll(async () => {
  await site.close()
  outside.close()
  rmSync(folder, { recursive: true })
})

const ENGINES: Record<string, () => Promise<Prober>> = {
  Chromium: async () => {
    const browser = await launchChromium()
    const page = await browser.newPage()
    return {
      open: async (url) => {
        await page.goto(url)
        await page.locator('html[data-said]').waitFor()
        return (await page.getAttribute('html', 'data-said')) ?? ''
      },
      close: () => browser.close(),
    }
  },
  Firefox: async () => {
    const browser = await launchFirefox()
    const page = await browser.newPage()
    return {
      open: async (url) => {
        await page.goto(url)
        await page.waitForSelector('html[data-said]')
        return page.evaluate(() => document.documentElement.dataset['said'] ?? '')
      },
      close: () => browser.close(),
    }
  },
  WebKitGTK: async () => {
    const browser = await launchWebKit()
    return {
      open: async (url) => {
        await browser.open(url)
        await browser.waitFor('html[data-said]')
        return browser.evaluate('return document.documentElement.dataset.said')
      },
      close: () => browser.close(),
    }
  },
}

interface Prober {
  open(url: string): Promise<string>
  close(): Promise<void>
}

describe.each(Object.keys(ENGINES))('in %s', (engine) => {
  let prober: Prober
  beforeAll(async () => {
    prober = await ENGINES[engine]!()
  })
  afterAll(() => prober.close())

  const addressesOf = (name: string) => [`${site.url}${name}`, pathToFileURL(join(folder, name)).href]

  test('a worker from a Blob is bound by the policy of its page, served and from disk', async () => {
    heard.length = 0
    for (const url of addressesOf('bound.html')) {
      expect(await prober.open(url)).toBe('page: blocked, worker: blocked, eval in worker: blocked')
    }
    expect(heard).toEqual([])
  })

  test('without a policy the same worker is free', async () => {
    heard.length = 0
    for (const url of addressesOf('free.html')) {
      expect(await prober.open(url)).toBe('page: free, worker: free, eval in worker: free')
    }
    expect(heard.sort()).toEqual(['/page', '/page', '/worker', '/worker'])
  })
})

function probeScript(address: string): string {
  const tell = (path: string) =>
    `fetch('${address}${path}', { mode: 'no-cors' }).then(() => 'free', () => 'blocked')`
  const inWorker = `
    ${tell('worker')}.then((word) => {
      let evaluated = 'free'
      try { eval('1') } catch { evaluated = 'blocked' }
      postMessage('worker: ' + word + ', eval in worker: ' + evaluated)
    })`
  return `
    const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(inWorker)}])))
    worker.onmessage = async ({ data }) => {
      document.documentElement.dataset.said = 'page: ' + (await ${tell('page')}) + ', ' + data
    }`
}

/** The single file's policy, but for the script it admits; Trusted Types would keep the probe from its worker. */
function policyFor(script: string): string {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(
    distFile('rootcellar.html'),
  )![1]!
  const hash = createHash('sha256').update(script).digest('base64')
  return policy
    .replace(/script-src [^;]*/, `script-src 'sha256-${hash}'`)
    .replace(/; require-trusted-types-for.*$/, '')
}

function probePage(script: string, policy: string): string {
  const meta = policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">`
  return `<!doctype html><meta charset="utf-8">${meta}<script type="module">${script}</script>`
}
