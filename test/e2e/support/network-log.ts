import type { BrowserContext } from 'playwright'

/** Every request of a browser context from now on that is neither the given origin's nor the page's own blob or data. */
export function foreignRequests(context: BrowserContext, origin: string): string[] {
  const foreign: string[] = []
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(origin) && !/^(blob|data|file):/.test(url)) foreign.push(url)
  })
  return foreign
}
