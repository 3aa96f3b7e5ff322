import source from 'virtual:worker-source'
import { trustScriptUrl } from '../csp/trusted-types.ts'
import { isPacked, packText } from './packs.ts'

/**
 * Starts the worker from a Blob, in both forms: such a worker inherits the page's Content-Security-Policy,
 * where one started from an address would have its own (CSP Level 3 §4.2.3), which a static file cannot set.
 * Its text is a pack, compared with the list first. Rejects as packText does.
 */
export async function startWorker(): Promise<Worker> {
  const script = new Blob([isPacked ? await packText('worker') : source], { type: 'text/javascript' })
  const url = URL.createObjectURL(script)
  const worker = new Worker(trustScriptUrl(url), { name: 'rootcellar' })
  worker.addEventListener('message', () => answered(url), { once: true })
  // For the worker that it starts itself, which works out the keys of what is dropped.
  worker.postMessage({ kind: 'script', script })
  return worker
}

function answered(url: string): void {
  // The script has been read by now, and nobody else has any business with it.
  URL.revokeObjectURL(url)
  // What tests and the measure of opening time wait for.
  document.documentElement.dataset['worker'] = 'ready'
  performance.mark('worker-ready')
}
