import source from 'virtual:worker-source'
import { trustScriptUrl } from '../csp/trusted-types.ts'
import { isPacked, packText } from './packs.ts'
import { offerSecondReader } from './start-second-reader.ts'

/**
 * Starts the worker from a Blob, in both forms: such a worker inherits the page's Content-Security-Policy, whereas one
 * started from an address would have its own (CSP Level 3 §4.2.3), which a static file cannot set. Its text is a pack,
 * checked against the list first. Rejects as packText does.
 */
export async function startWorker(): Promise<Worker> {
  const script = new Blob([isPacked ? await packText('worker') : source], { type: 'text/javascript' })
  const url = URL.createObjectURL(script)
  const worker = new Worker(trustScriptUrl(url), { name: 'rootcellar' })
  worker.addEventListener('message', () => answered(url), { once: true })
  // For the worker's own child worker, which derives the keys of dropped files.
  worker.postMessage({ kind: 'script', script })
  offerSecondReader(worker)
  return worker
}

function answered(url: string): void {
  // The script has been read by now, and nothing else needs the address.
  URL.revokeObjectURL(url)
  // Tests and the measurement of the opening time wait for this.
  document.documentElement.dataset['worker'] = 'ready'
  performance.mark('worker-ready')
}
