import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { zipWriter } from '../../../src/containers/zip.ts'
import { concat } from '../../../src/octets.ts'

const AT = new Date(Date.UTC(2026, 10, 21, 14, 5, 6))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function archive(files: Iterable<readonly [string, Uint8Array]>): Uint8Array {
  const zip = zipWriter(AT)
  const pieces: Uint8Array[] = []
  for (const [name, content] of files) pieces.push(...zip.add(name, content))
  return concat([...pieces, ...zip.end()])
}

test('files come out as they went in, with their names', () => {
  const octets = archive([
    ['a/ä.txt', utf8('first')],
    ['empty', new Uint8Array(0)],
  ])
  expect(unzipSync(octets)).toEqual({ 'a/ä.txt': utf8('first'), empty: new Uint8Array(0) })
})

test('more than 65,535 files come out again', () => {
  const count = 70_000
  const octets = archive(Array.from({ length: count }, (_, i) => [`folder/${String(i)}`, utf8(String(i))]))
  const files = unzipSync(octets)
  expect(Object.keys(files)).toHaveLength(count)
  expect(files['folder/69999']).toEqual(utf8('69999'))
})

test('an archive without files is an archive', () => {
  expect(unzipSync(archive([]))).toEqual({})
})
