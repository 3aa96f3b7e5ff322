import type { Page } from 'playwright'
import type { Method } from '../../../src/border/protocol.ts'

/** What the storage says of a read that is made to fail, in brackets in the sentence. */
export const PROVOKED = 'provoked by the test'

interface Globals {
  failing?: readonly string[]
  held?: readonly string[]
}

/** Before the page is opened: from then on single methods of its worker can be made to fail, as a failing disk would. */
export async function preparedToFail(page: Page): Promise<void> {
  await page.addInitScript((reason) => {
    const Original = globalThis.Worker
    globalThis.Worker = class extends Original {
      // Not the second reader, which is a worker too.
      readonly #isMain: boolean

      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        this.#isMain = options?.name === 'rootcellar'
      }

      override postMessage(message: unknown, transfer?: unknown): void {
        const { kind, id, method } = message as { kind: string; id: number; method: string }
        const globals = globalThis as Globals
        if (this.#isMain && kind === 'call') {
          if (globals.held?.includes(method)) return
          if (globals.failing?.includes(method)) {
            const data = { kind: 'coded-error', id, code: 'storage-unavailable', detail: { reason } }
            setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data })))
            return
          }
        }
        super.postMessage(message, (transfer ?? []) as Transferable[])
      }
    }
  }, PROVOKED)
}

/** From now on these fail, and no others. */
export const failing = (page: Page, methods: readonly Method[]): Promise<void> =>
  page.evaluate((names) => {
    ;(globalThis as Globals).failing = names
  }, methods)

/** From now on these are never answered, and all others are: what asks for them stays busy. */
export const holding = (page: Page, methods: readonly Method[]): Promise<void> =>
  page.evaluate((names) => {
    ;(globalThis as Globals).held = names
  }, methods)
