/**
 * The site's service worker: caches the site's own files, so that it opens without a network, and requests nothing
 * else. A new version is installed as a whole, and used once no tab shows the old one: a page never changes while it is
 * in use.
 */
declare const __CACHE_VERSION__: string
declare const __CACHE_FILES__: readonly string[]

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}
interface ServiceWorker {
  readonly registration: { readonly scope: string }
  readonly clients: { claim(): Promise<void> }
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
}

const worker = self as unknown as ServiceWorker
const { scope } = worker.registration
const PREFIX = `rootcellar ${scope} `
const CACHE = PREFIX + __CACHE_VERSION__
const files = new Set(__CACHE_FILES__.map((name) => new URL(name, scope).href))

worker.addEventListener('install', (event) => event.waitUntil(keep()))
worker.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([forgetOld(), worker.clients.claim()])),
)
worker.addEventListener('fetch', (event) => {
  const file = fileOf(event.request)
  if (file) event.respondWith(answer(file, event.request))
})

/** Returns our file that a request is for; null leaves the request to the browser. */
function fileOf({ method, url }: Request): string | null {
  if (method !== 'GET') return null
  const { origin, pathname } = new URL(url)
  const href = origin + pathname
  if (href === scope) return new URL('index.html', scope).href
  return files.has(href) ? href : null
}

async function answer(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(file)) ?? fetch(request)
}

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll([...files].map((url) => new Request(url, { cache: 'reload' })))
}

async function forgetOld(): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
}
