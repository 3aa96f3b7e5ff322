import type { Page } from 'playwright'
import type { In, Method, Out } from '../../../src/border/protocol.ts'
import type { Progress } from '../../../src/border/views.ts'

/** The page's own worker, spoken to beside the page: for tests about what is stored, not about what is shown. */
export interface WorkerCalls {
  call<M extends Method>(method: M, input: In<M>): Promise<Out<M>>
}

/** Before the page is opened. `onProgress` hears what the worker reports on calls made here. */
export async function workerCalls(
  page: Page,
  onProgress?: (progress: Progress) => void,
): Promise<WorkerCalls> {
  await page.exposeFunction('hearProgress', (progress: Progress) => onProgress?.(progress))
  await page.addInitScript(() => {
    const Original = globalThis.Worker
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        // Not the second reader, which is one too.
        if (options?.name === 'rootcellar') Object.assign(globalThis, { keptWorker: this })
      }
    }
  })
  // Far from the ids of the page's own calls.
  let lastId = 1_000_000
  return {
    call: <M extends Method>(method: M, input: In<M>) =>
      page.evaluate(callInPage, { id: ++lastId, method, input: input }) as Promise<Out<M>>,
  }
}

function callInPage(call: { id: number; method: string; input: unknown }): Promise<unknown> {
  interface Message {
    kind: string
    id: number
    output?: unknown
    progress?: unknown
  }
  const { keptWorker, hearProgress } = globalThis as unknown as {
    keptWorker: Worker
    hearProgress: (progress: unknown) => Promise<void>
  }
  return new Promise((resolve, reject) => {
    const listen = ({ data }: MessageEvent<Message>): void => {
      if (data.id !== call.id) return
      if (data.kind === 'progress') {
        void hearProgress(data.progress)
        return
      }
      keptWorker.removeEventListener('message', listen)
      if (data.kind === 'result') resolve(data.output)
      else reject(new Error(JSON.stringify(data)))
    }
    keptWorker.addEventListener('message', listen)
    keptWorker.postMessage({ kind: 'call', ...call })
  })
}
