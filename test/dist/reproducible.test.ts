import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { build } from '../support/build.ts'
import { DIST, filesIn, ROOT } from '../support/dist.ts'

const SOURCES = [
  'src',
  'public',
  'tools',
  'witness',
  'index.html',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
]
const temporary = mkdtempSync(join(tmpdir(), 'rootcellar-build-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

test('two builds in two folders give the same bytes, file by file', () => {
  const one = hashes(buildCopy(join(temporary, 'a')))
  const other = hashes(buildCopy(join(temporary, 'another folder', 'deeper', 'ü')))
  expect(Object.keys(one)).toEqual(
    expect.arrayContaining(['icon.svg', 'index.html', 'manifest.webmanifest', 'rootcellar.html', 'sw.js']),
  )
  expect(other).toEqual(one)
  expect(hashes(DIST)).toEqual(one)
})

test('rootcellar.html.sha256 is what sha256sum says of rootcellar.html', () => {
  const { status, stdout } = spawnSync('sha256sum', ['--check', 'rootcellar.html.sha256'], {
    cwd: DIST,
    encoding: 'utf8',
  })
  expect(stdout).toBe('rootcellar.html: OK\n')
  expect(status).toBe(0)
})

/** Builds a copy of the sources in `folder`, with packages of its own, and answers where the output is. */
function buildCopy(folder: string): string {
  mkdirSync(folder, { recursive: true })
  for (const name of SOURCES) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  const modules = join(folder, 'node_modules')
  // Hard links where the file system allows them: a copy is the same, only slower.
  const linked = spawnSync('cp', ['-al', join(ROOT, 'node_modules'), modules])
  if (linked.status !== 0) {
    rmSync(modules, { recursive: true, force: true })
    cpSync(join(ROOT, 'node_modules'), modules, { recursive: true, verbatimSymlinks: true })
  }
  build(folder, join(folder, 'dist'))
  return join(folder, 'dist')
}

function hashes(folder: string): Record<string, string> {
  const sha256 = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
  return Object.fromEntries(filesIn(folder).map((name) => [name, sha256(name)]))
}
