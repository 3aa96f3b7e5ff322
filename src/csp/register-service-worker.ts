import { form } from './form.ts'
import { trustScriptUrl } from './trusted-types.ts'

/** Makes the site work offline. The single file needs no service worker. */
export async function registerServiceWorker(): Promise<void> {
  if (form !== 'site' || !('serviceWorker' in navigator)) return
  const url = new URL('sw.js', location.href).href
  try {
    await navigator.serviceWorker.register(trustScriptUrl(url))
  } catch {
    // Without one the site works while it is online; a browser may refuse (private window, plain http).
  }
}
