import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the outside suites. */
export const VECTORS_DIR = process.env['VECTORS_DIR'] ?? '../shared/vectors'

interface PathSuite {
  readonly cases: readonly {
    readonly id: string
    readonly target: string
    readonly intermediates: readonly string[]
    readonly anchors: readonly string[]
  }[]
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(VECTORS_DIR, name), 'utf8'))

/** The certificates of corpus.json by name, DER. */
export const corpusCertificates = (): [name: string, der: Uint8Array<ArrayBuffer>][] =>
  Object.entries((read('corpus.json') as { certificates: Record<string, string> }).certificates).map(
    ([name, text]) => [name, fromBase64(text)],
  )

/** Every certificate of a path suite once, by the first case it occurs in, DER. */
export function pathCertificates(suite: string): [name: string, der: Uint8Array<ArrayBuffer>][] {
  const found = new Map<string, string>()
  for (const { id, target, intermediates, anchors } of (read(`${suite}.json`) as PathSuite).cases)
    for (const text of [target, ...intermediates, ...anchors]) if (!found.has(text)) found.set(text, id)
  return [...found].map(([text, id]) => [id, fromBase64(text)])
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'base64'))
