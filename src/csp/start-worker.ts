import source from 'virtual:worker-source'
import { trustScriptUrl } from './trusted-types.ts'

/**
 * Starts the worker from a Blob, in both forms: such a worker inherits the page's Content-Security-Policy,
 * where one started from an address would have its own (CSP Level 3 §4.2.3), which a static file cannot set.
 */
export function startWorker(): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const worker = new Worker(trustScriptUrl(url), { name: 'rootcellar' })
  // The script is fetched before the first message is answered; the address is of no use to anybody after that.
  worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true })
  return worker
}
