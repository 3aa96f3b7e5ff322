import { expect, test } from 'vitest'
import { zipWriter } from '../../src/containers/zip.ts'
import { concat } from '../../src/octets.ts'
import { run, scratch } from '../support/run.ts'

const AT = new Date(Date.UTC(2026, 10, 21, 14, 5, 6))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function archive(files: Iterable<readonly [string, Uint8Array]>): Uint8Array {
  const zip = zipWriter(AT)
  const pieces: Uint8Array[] = []
  for (const [name, content] of files) pieces.push(...zip.add(name, content))
  return concat([...pieces, ...zip.end()])
}

test('unzip reads names, times and contents', async () => {
  const octets = archive([
    ['a/ä.txt', utf8('first')],
    ['empty', new Uint8Array(0)],
  ])
  const { file } = scratch()
  const path = file('a.zip', octets)
  expect((await run('unzip', ['-Z', '-T', path])).output).toContain('20261121.140506')
  expect((await run('unzip', ['-t', path])).output).toContain('No errors detected')
})

test('more than 65,535 files: unzip and Java find every one of them', async () => {
  const count = 70_000
  const octets = archive(
    (function* () {
      for (let i = 0; i < count; i++) yield [`folder/${String(i)}`, utf8(String(i))] as const
    })(),
  )
  const { file } = scratch()
  const path = file('many.zip', octets)
  const tested = await run('unzip', ['-tqq', path])
  expect(tested).toMatchObject({ code: 0 })
  const { output } = await run('jar', ['--list', '--file', path])
  expect(output.trim().split('\n')).toHaveLength(count)
})
