/** The list of a record, `manifest.sha256`, read strictly, and files compared with it. Written for this page only. */

export interface ManifestLine {
  readonly name: string
  readonly sha256: string
}
export type ManifestReading = { readonly lines: readonly ManifestLine[] } | { readonly fault: string }

const LARGEST = 1 << 20
const MOST_LINES = 5_000
const LINE = /^([0-9a-f]{64}) {2}([A-Za-z0-9._/-]{1,200})$/
const PART = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/

/** Reads it in the one form that a record has it in; `fault` is a sentence. Never throws. */
export function readManifest(octets: Uint8Array): ManifestReading {
  if (octets.length === 0) return { fault: 'The file is empty.' }
  if (octets.length > LARGEST) return { fault: 'The file is larger than 1 MiB: no manifest is.' }
  const rows = new TextDecoder('latin1').decode(octets).split('\n')
  if (rows.pop() !== '') return { fault: `Line ${rows.length + 1} has no end: the file is cut short.` }
  if (rows.length > MOST_LINES) return { fault: 'There are more than 5,000 lines.' }
  const lines: ManifestLine[] = []
  for (const [i, row] of rows.entries()) {
    const [, sha256, name] = LINE.exec(row) ?? []
    const isFine =
      sha256 !== undefined && name !== undefined && name.split('/').every((part) => PART.test(part))
    if (!isFine)
      return { fault: `Line ${i + 1} is not 64 digits of SHA-256, two spaces and the name of a file.` }
    if (name <= (lines.at(-1)?.name ?? ''))
      return { fault: `Line ${i + 1} is not in order: names are sorted, and each is there once.` }
    lines.push({ name, sha256 })
  }
  return { lines }
}

/** A file that was given: its name, with folders if the browser says them. */
export interface GivenName {
  readonly name: string
  readonly sha256: string
}

export interface Comparison {
  readonly same: readonly string[]
  /** Names in the manifest. */
  readonly different: readonly string[]
  readonly missing: readonly string[]
  /** Names as given, of what is not in the manifest. */
  readonly others: readonly string[]
}

/** Compares files with the lines of their names; the later of two that are given for one line counts. */
export function compare(lines: readonly ManifestLine[], given: readonly GivenName[]): Comparison {
  const found = new Map<string, boolean>()
  const others: string[] = []
  for (const file of given) {
    const line = lineOf(lines, file)
    if (line) found.set(line.name, line.sha256 === file.sha256)
    else if (!isBeside(file.name)) others.push(file.name)
  }
  const named = (is: boolean | undefined): string[] =>
    lines.map(({ name }) => name).filter((name) => found.get(name) === is)
  return { same: named(true), different: named(false), missing: named(undefined), others }
}

/** The manifest lists neither itself nor the signatures over it. */
const isBeside = (name: string): boolean => /(^|\/)(manifest\.sha256|witnesses\/[^/]+)$/.test(name)

/** The line of a file: by its whole path, else by the end of it, else by its last part, where the hash may decide. */
function lineOf(lines: readonly ManifestLine[], { name, sha256 }: GivenName): ManifestLine | null {
  const parts = name.split('/')
  for (let from = 0; from < parts.length; from++) {
    const end = parts.slice(from).join('/')
    const line = lines.find((one) => one.name === end)
    if (line) return line
  }
  if (parts.length > 1) return null
  const ending = lines.filter((one) => one.name.endsWith(`/${name}`))
  return ending.find((one) => one.sha256 === sha256) ?? ending[0] ?? null
}
