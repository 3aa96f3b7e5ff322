import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Packages that contribute no code, only the source of a table. */
const TABLES_FROM = ['@zxcvbn-ts/language-common']

/** Data that comes from no package. */
const DATA = `Letters that look like others
Made from the security data of Unicode (confusables.txt, UTS #39). © Unicode, Inc. https://www.unicode.org/license.txt`

/** Returns the licences of everything in the page, from the paths of its modules. Throws if a package has none to show. */
export const notices = (modules: Iterable<string>, root: string): string =>
  inOne([...packageNotices(modules, root, TABLES_FROM), DATA])

/** As notices(), for code that is bundled without the page's tables. */
export const codeNotices = (modules: Iterable<string>, root: string): string =>
  inOne(packageNotices(modules, root))

function packageNotices(modules: Iterable<string>, root: string, more: readonly string[] = []): string[] {
  const packages = new Set(more)
  for (const path of modules) {
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
    if (name !== undefined) packages.add(name)
  }
  return [...packages].sort().map((name) => noticeOf(name, join(root, 'node_modules', name)))
}

const inOne = (parts: readonly string[]): string => parts.join(`\n\n${'─'.repeat(60)}\n\n`)

function noticeOf(name: string, folder: string): string {
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string
    license?: string
  }
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
  if (file === undefined || license === undefined) throw new Error(`${name} is bundled, and says no licence`)
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()}`
}
