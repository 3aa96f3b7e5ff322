import type { Browser, Page } from 'playwright'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/browser/chromium.ts'
import { filesIn, DIST, SINGLE_FILE } from '../support/dist.ts'
import type { Site } from '../support/site.ts'
import { openReady, serviceWorkerReady, startSite } from '../support/site.ts'

let browser: Browser
let site: Site
/** Another program on this machine that would be glad to hear from the page. */
const heard: string[] = []
const outside = createServer(({ url }, response) => {
  heard.push(url ?? '')
  response.writeHead(200, { 'access-control-allow-origin': '*' }).end('thank you')
})
outside.on('upgrade', ({ url }, socket) => {
  heard.push(url ?? '')
  socket.destroy()
})
let address = ''

beforeAll(async () => {
  browser = await launchChromium()
  site = await startSite()
  await new Promise<void>((settle) => outside.listen(0, '127.0.0.1', settle))
  address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`
})
afterAll(async () => {
  await browser.close()
  await site.close()
  outside.close()
})

/** Each way out, as an expression that resolves to true when it worked; the same in a page and in a worker. */
const WAYS = (to: string) => ({
  fetch: `fetch('${to}fetch', { mode: 'no-cors' }).then(() => true, () => false)`,
  XMLHttpRequest: `new Promise((done) => { const x = new XMLHttpRequest(); x.onload = () => done(true); x.onerror = () => done(false); x.open('GET', '${to}xhr'); x.send() })`,
  WebSocket: `new Promise((done) => { try { const w = new WebSocket('${to.replace('http', 'ws')}ws'); w.onopen = () => done(true); w.onerror = () => done(false) } catch { done(false) } })`,
  EventSource: `new Promise((done) => { const e = new EventSource('${to}events'); e.onopen = () => done(true); e.onerror = () => { e.close(); done(false) } })`,
})
const PAGE_ONLY = (to: string) => ({
  image: `new Promise((done) => { const i = new Image(); i.onload = () => done(true); i.onerror = () => done(false); i.src = '${to}image' })`,
  frame: `new Promise((done) => { const f = document.createElement('iframe'); f.src = '${to}frame'; document.body.append(f); setTimeout(() => { f.remove(); done(false) }, 300) })`,
  beacon: `new Promise((done) => { navigator.sendBeacon('${to}beacon', 'x'); setTimeout(() => done(false), 300) })`,
})
// The debugger lets its own evaluation use eval; what a timer calls is bound by the policy again.
const WORKER_ONLY = (to: string) => ({
  importScripts: `new Promise((done) => { try { importScripts('${to}script'); done(true) } catch { done(false) } })`,
  eval: `new Promise((done) => setTimeout(() => { try { done(eval('true')) } catch { done(false) } }))`,
})

describe.each(['site', 'file'] as const)('without the policy, from the %s', (form) => {
  const folder = mkdtempSync(join(tmpdir(), 'rootcellar-bare-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>no policy</title>')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('the same expressions do get out', async () => {
    const bare = await startSite(folder)
    const page = await browser.newPage()
    await page.goto(form === 'site' ? bare.url : pathToFileURL(join(folder, 'index.html')).href)
    heard.length = 0
    await tryAll((expression) => page.evaluate(expression), { ...WAYS(address), ...PAGE_ONLY(address) })
    expect(heard.sort()).toEqual(['/beacon', '/events', '/fetch', '/frame', '/image', '/ws', '/xhr'])

    heard.length = 0
    const started = page.waitForEvent('worker')
    await page.evaluate(`void (globalThis.kept = new Worker(URL.createObjectURL(new Blob(['']))))`)
    const worker = await started
    const worked = await tryAll((expression) => worker.evaluate(expression), {
      ...WAYS(address),
      ...WORKER_ONLY(address),
    })
    expect(heard.sort()).toEqual(['/events', '/fetch', '/script', '/ws', '/xhr'])
    expect(worked).toContain('eval')
    await page.close()
    await bare.close()
  })
})

describe.each(['site', 'file'] as const)('the %s', (form) => {
  let page: Page
  beforeAll(async () => {
    page = await browser.newPage()
    await openReady(page, form === 'site' ? site.url : SINGLE_FILE)
    heard.length = 0
  })
  afterAll(() => page.close())

  test('cannot reach another program from the page', async () => {
    const worked = await tryAll((expression) => page.evaluate(expression), {
      ...WAYS(address),
      ...PAGE_ONLY(address),
    })
    expect(worked).toEqual([])
    expect(heard).toEqual([])
  })

  test('cannot reach another program from its worker', async () => {
    const [worker] = page.workers()
    expect(worker?.url()).toMatch(/^blob:/)
    const ways = { ...WAYS(address), ...WORKER_ONLY(address) }
    expect(await tryAll((expression) => worker!.evaluate(expression), ways)).toEqual([])
    expect(heard).toEqual([])
  })

  test('makes no script, worker or markup of a string', async () => {
    const name = (expression: string) =>
      page.evaluate(
        `new Promise((done) => setTimeout(() => { try { ${expression}; done('worked') } catch (error) { done(error.name) } }))`,
      )
    expect(await name(`document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'`)).toBe(
      'TypeError',
    )
    expect(await name(`new Worker('sw.js')`)).toBe('TypeError')
    expect(await name(`trustedTypes.createPolicy('another', {})`)).toBe('TypeError')
    expect(await name(`eval('1')`)).toBe('EvalError')
  })
})

test('the site asks for its own files and nothing else, from the first visit on', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  site.requests.length = 0
  await openReady(page, site.url)
  await serviceWorkerReady(page)
  await page.reload()
  await context.close()
  const own = ['/', ...filesIn(DIST).map((name) => `/${name}`)]
  expect(site.requests.filter((path) => !own.includes(path))).toEqual([])
  const foreign = asked.filter((url) => !url.startsWith(site.url) && !/^(blob|data):/.test(url))
  expect(foreign).toEqual([])
})

test('the service worker keeps the page, the manifest and the icon, and no more', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await openReady(page, site.url)
  await serviceWorkerReady(page)
  const kept = await page.evaluate(async () => {
    const names = await caches.keys()
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })
  await context.close()
  expect(kept.sort()).toEqual(['/icon.svg', '/index.html', '/manifest.webmanifest'])
})

async function tryAll(
  evaluate: (expression: string) => Promise<unknown>,
  ways: Record<string, string>,
): Promise<string[]> {
  const worked: string[] = []
  for (const [name, expression] of Object.entries(ways)) if (await evaluate(expression)) worked.push(name)
  return worked
}
