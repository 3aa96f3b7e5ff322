import type { App } from './app.ts'

interface TraceEvent {
  name: string
  pid: number
  tid: number
  /** Microseconds the thread itself worked. */
  tdur?: number
  args?: { name?: string }
}

/**
 * Milliseconds that the longest task of a page's main thread took while `work` ran. Counted is the time the thread
 * worked, not the time that a busy machine kept it waiting.
 */
export async function longestTask({ browser, page }: App, work: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, {
    categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'],
  })
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[]
  }
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)}.${String(tid)}`),
  )
  const tasks = traceEvents.filter(
    ({ name, pid, tid, tdur }) =>
      name.endsWith('RunTask') && tdur !== undefined && mains.has(`${String(pid)}.${String(tid)}`),
  )
  if (tasks.length < 100) throw new Error(`only ${String(tasks.length)} tasks were traced`)
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0)
}
