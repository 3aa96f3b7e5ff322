import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Packages that contribute no code, only the source of a table. */
const TABLES_FROM = ['@zxcvbn-ts/language-common']

/** Data that comes from no package. */
const DATA = `Letters that look like others
Made from the security data of Unicode (confusables.txt, UTS #39). © Unicode, Inc. https://www.unicode.org/license.txt`

/** The pack of public roots. */
const rootsNotice = (version: string): string => `Public roots
The certificates of Mozilla's root program, as distributed in Node.js ${version} (MPL-2.0): https://github.com/nodejs/node/blob/v${version}/src/node_root_certs.h
They are subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not distributed with this file, you can obtain one at https://mozilla.org/MPL/2.0/.`

/** Returns the licences of everything in the page, from the paths of its modules. Throws if a package has none to show. */
export const notices = (modules: Iterable<string>, root: string): string =>
  inOne([
    ...packageNotices(modules, root, TABLES_FROM),
    DATA,
    rootsNotice(manifestOf(join(root, 'node_modules', 'node')).version),
  ])

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

/** Of two licences to choose from, the one whose text a package has beside its other. */
const CHOSEN: Readonly<Record<string, { readonly license: string; readonly file: string }>> = {
  qr: { license: 'MIT', file: 'LICENSE-MIT' },
}

function noticeOf(name: string, folder: string): string {
  const { version, license } = { ...manifestOf(folder), ...CHOSEN[name] }
  const file = CHOSEN[name]?.file ?? readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
  if (file === undefined || license === undefined) throw new Error(`${name} is bundled, and says no licence`)
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()}`
}

const manifestOf = (folder: string): { version: string; license?: string } =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string; license?: string }
