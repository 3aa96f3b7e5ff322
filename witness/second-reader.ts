/** The main page's second reader: a worker that reads what is posted to its port, and keeps nothing. */
import { readAgain, type SecondAnswer, type SecondReading } from './second-reading.ts'

export interface AskedAgain {
  readonly id: number
  readonly kind: SecondReading['kind']
  readonly der: Uint8Array<ArrayBuffer>
}
export interface AnsweredAgain {
  readonly id: number
  readonly answer: SecondAnswer
}

self.addEventListener('message', ({ ports: [port] }: MessageEvent) => {
  port?.addEventListener('message', ({ data: { id, kind, der } }: MessageEvent<AskedAgain>) => {
    port.postMessage({ id, answer: readAgain(der, kind) } satisfies AnsweredAgain)
  })
  port?.start()
  // The page waits for it.
  self.postMessage('ready')
})
