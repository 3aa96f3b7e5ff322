import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const DIST = join(ROOT, 'dist')
/** The single file, as a user opens it from disk. */
export const SINGLE_FILE = pathToFileURL(join(DIST, 'rootcellar.html')).href
export const FORMS = ['index.html', 'rootcellar.html'] as const

export function distFile(name: string): string {
  return readFileSync(join(DIST, name), 'utf8')
}

/** Names of all files in a build output folder, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort()
}

/** Matches once the page has mounted and its worker has replied. */
export const READY = 'html[data-worker="ready"] #app h1'
