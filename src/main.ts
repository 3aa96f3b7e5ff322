import { isCodedError } from './errors.ts'
import { opening } from './messages/en/opening.ts'
import { startWorker } from './packs/start-worker.ts'

const target = document.getElementById('app')
if (!target) throw new Error('the page has no #app')

// Side by side: the page and the worker's script are both packs. The page is first, because it is seen first.
const page = import('./page.ts')
const worker = self === top ? startWorker() : null
// What it rejects with is for the page to say.
worker?.catch(() => undefined)
page.then(({ open }) => open(target, worker)).catch((error: unknown) => fail(target, error))

/** Says why there is no page. */
function fail(target: HTMLElement, error: unknown): void {
  const main = document.createElement('main')
  main.textContent = sentence(error)
  main.setAttribute('role', 'alert')
  target.replaceChildren(main)
}

function sentence(error: unknown): string {
  if (isCodedError(error, 'pack-broken')) return opening.packBroken(error.detail.pack)
  if (isCodedError(error, 'context-insecure')) return opening.insecure(error.detail.place)
  throw error
}
