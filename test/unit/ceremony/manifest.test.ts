import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isRecordName, MANIFEST_LIMITS, readManifest, writeManifest } from '../../../src/ceremony/manifest.ts'
import { utf8, utf8Text } from '../../../src/octets.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'
import { scratch, succeed } from '../../support/run.ts'

const A = 'a'.repeat(64)
const line = (name: string): string => `${A}  ${name}\n`

test('what is written is sorted, read again, and checked by sha256sum', async () => {
  const { path } = scratch()
  const files = ['plan.json', 'Z.txt', 'a-b.txt', 'a.txt']
  const lines = await Promise.all(
    files.map(async (name) => {
      writeFileSync(join(path, name), name)
      return { name, sha256: await sha256Hex(utf8(name)) }
    }),
  )
  const manifest = writeManifest(lines)
  expect(readManifest(manifest).map(({ name }) => name)).toEqual(['Z.txt', 'a-b.txt', 'a.txt', 'plan.json'])
  writeFileSync(join(path, 'manifest.sha256'), manifest)
  await succeed('sha256sum', ['--check', '--strict', 'manifest.sha256'], { cwd: path })
  const sorted = await succeed('sort', ['-k2'], { cwd: path, input: utf8Text(manifest) })
  expect(sorted.stdout).toBe(utf8Text(manifest))
})

test.each([
  ['', 1, 'empty'],
  [line('a') + A, 2, 'end'],
  [`${A} *a\n`, 1, 'form'],
  [`${A}  a\r\n`, 1, 'form'],
  [`${A.toUpperCase()}  a\n`, 1, 'form'],
  [`${A.slice(1)}  a\n`, 1, 'form'],
  [`\\${A}  a\\n\n`, 1, 'form'],
  [line('a') + '\n', 2, 'form'],
  [line('b') + line('a'), 2, 'order'],
  [line('a') + line('a'), 2, 'twice'],
  [line('a/../b'), 1, 'name'],
  [line('/etc/passwd'), 1, 'name'],
  [line('a//b'), 1, 'name'],
  [line('.hidden'), 1, 'name'],
  [line('-rf'), 1, 'name'],
  [line('a b'), 1, 'name'],
  [line('$(id)'), 1, 'name'],
  [line('ä'), 1, 'name'],
  [line('x'.repeat(201)), 1, 'name'],
])('%j is refused at line %i: %s', (text, at, reason) => {
  expect(() => readManifest(utf8(text))).toThrow(
    expect.objectContaining({ code: 'manifest-invalid', detail: { line: at, reason } }),
  )
})

test('what is too long is refused', () => {
  const lines = Array.from({ length: MANIFEST_LIMITS.lines + 1 }, (_, i) => line(String(i).padStart(4, '0')))
  const refusal = (at: number, reason: string): unknown =>
    expect.objectContaining({ code: 'manifest-invalid', detail: { line: at, reason } })
  expect(() => readManifest(utf8(lines.join('')))).toThrow(refusal(5_001, 'too-many'))
  expect(() => readManifest(new Uint8Array(MANIFEST_LIMITS.octets + 1))).toThrow(refusal(1, 'too-large'))
  expect(readManifest(utf8(lines.slice(1).join('')))).toHaveLength(MANIFEST_LIMITS.lines)
})

test('names of files are those that nothing reads otherwise', () => {
  expect(['plan.json', 'objects/root.der', 'sheets/01-roll.html', '_a'].every(isRecordName)).toBe(true)
  expect(['', 'a/', '/a', '..', 'a/.', 'a\n', '~', 'a\\b', 'a:b'].some(isRecordName)).toBe(false)
  expect(() => writeManifest([{ name: '../a', sha256: A }])).toThrow('manifest-invalid')
})
