import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'

const DOCUMENTS = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md')]

/** Text in backticks that looks like a path of the project; capitals are placeholders. */
const NAMED = /`([\w.-]+(?:\/[\w.-]+)*\/?)`/g
const isPath = (name: string): boolean =>
  /\/.+(\/|\.(ts|svelte|md|js))$/.test(name) && !/[A-Z]{4,}/.test(name)

test.each(DOCUMENTS)('%s names files and folders that are there', (document) => {
  const named = [...readFileSync(document, 'utf8').matchAll(NAMED)].map(([, name]) => name!).filter(isPath)
  const missing = named.filter((name) => !existsSync(name) && !existsSync(`src/${name}`))
  expect(missing).toEqual([])
})

test('docs/decisions/README.md lists every decision', () => {
  const listed = [...readFileSync('docs/decisions/README.md', 'utf8').matchAll(/\]\(([\w-]+\.md)\)/g)]
  const files = globSync('docs/decisions/*.md').map((path) => path.replace('docs/decisions/', ''))
  expect(listed.map(([, name]) => name).sort()).toEqual(files.filter((name) => name !== 'README.md').sort())
})

test('the picture in README.md is there, and small', () => {
  const [, picture] = /!\[[^\]]+\]\(([\w./-]+)\)/.exec(readFileSync('README.md', 'utf8'))!
  expect(statSync(picture!).size).toBeLessThan(120_000)
})

/** What a keeper of keys must know before using it, and code cannot mend. */
const LIMITS = {
  'script that was injected': /WebRTC and navigation carry data out/,
  'shared hosting': /On shared hosting every page under the same scheme, host and port/,
  'another local page': /another local page \(from\s+`file:\/\/` in Chromium\)/,
  'snapshots of a virtual machine': /snapshot of a virtual machine that is started twice/,
  'the file for ceremonies': /If it matters, use the single file/,
}

test.each(Object.entries(LIMITS))('SECURITY.md says what it means: %s', (_limit, sentence) => {
  expect(readFileSync('SECURITY.md', 'utf8')).toMatch(sentence)
})
