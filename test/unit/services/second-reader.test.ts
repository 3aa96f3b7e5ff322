import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { secondReaderOf } from '../../../src/services/second-reading/second-reader.ts'
import type { AskedAgain } from '../../../witness/second-reader.ts'

type Given = MessagePort | null | 'nothing'

let ports: MessagePort[] = []
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
  for (const port of ports) port.close()
  ports = []
})

/** A page that gives what it is told to whenever a reader is asked for, and counts how often. */
function pageGiving(...given: Given[]) {
  const target = new EventTarget()
  const page = {
    asked: 0,
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    postMessage() {
      const port = given[Math.min(page.asked++, given.length - 1)]
      if (port === 'nothing') return
      const data = { kind: 'second-reader', port }
      queueMicrotask(() => target.dispatchEvent(new MessageEvent('message', { data })))
    },
  }
  return page
}

/** A reader that answers nothing, or always that something is too long for it; with what it was asked. */
function readerThat(does: 'hangs' | 'answers') {
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  const asked: number[] = []
  port1.addEventListener('message', ({ data: { id } }: MessageEvent<AskedAgain>) => {
    asked.push(id)
    if (does === 'answers') port1.postMessage({ id, answer: { notRead: 'long' } })
  })
  port1.start()
  return { port: port2, asked }
}

const DER = new Uint8Array(3)
const reading = (page: ReturnType<typeof pageGiving>) => secondReaderOf(page)

test('a reader that answers is asked each time', async () => {
  const { port, asked } = readerThat('answers')
  const read = reading(pageGiving(port))
  for (let i = 0; i < 3; i++) expect(await read('list', DER)).toEqual({ notRead: 'long' })
  expect(asked).toEqual([1, 2, 3])
})

test('one that hangs is waited for once, which is said once; then it is not asked again', async () => {
  const { port, asked } = readerThat('hangs')
  const page = pageGiving(port)
  const read = reading(page)
  const both = Promise.all([read('list', DER), read('list', DER)])
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await both).toEqual([{ notRead: 'late' }, null])
  // No timer moves from here on: a wait would never end.
  expect(await read('certificate', DER)).toBe(null)
  expect(await read('request', DER)).toBe(null)
  expect([page.asked, asked.length]).toEqual([1, 2])
})

test('a page that does not answer is waited for once', async () => {
  const page = pageGiving('nothing')
  const read = reading(page)
  const first = read('list', DER)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await first).toEqual({ notRead: 'late' })
  expect(await read('list', DER)).toBe(null)
  expect(page.asked).toBe(1)
})

test('one that cannot be started is asked for again, without a wait', async () => {
  const { port } = readerThat('answers')
  const read = reading(pageGiving(null, port))
  expect(await read('list', DER)).toBe(null)
  expect(await read('list', DER)).toEqual({ notRead: 'long' })
})
