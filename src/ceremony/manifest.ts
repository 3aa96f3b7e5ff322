/** `manifest.sha256`: the SHA-256 of every file of a record, as sha256sum writes and checks it, and in one form only. */
import { CodedError, type ErrorDetails } from '../errors.ts'
import { utf8 } from '../octets.ts'

export interface ManifestLine {
  /** Path in the record, with `/` between folders. */
  readonly name: string
  /** In lower-case hex. */
  readonly sha256: string
}

export const MANIFEST_LIMITS = { octets: 1 << 20, lines: 5_000, name: 200 } as const

const PART = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/

/**
 * Whether a file of a record may be called so: letters, digits, dots, hyphens and underscores, in folders; nothing that
 * a shell, an option or a path would read otherwise.
 */
export const isRecordName = (name: string): boolean =>
  name.length <= MANIFEST_LIMITS.name && name.split('/').every((part) => PART.test(part))

/** Returns the manifest, sorted by name; throws manifest-invalid for what readManifest() would refuse. */
export function writeManifest(lines: readonly ManifestLine[]): Uint8Array<ArrayBuffer> {
  const sorted = [...lines].sort((a, b) => (a.name < b.name ? -1 : 1))
  const octets = utf8(sorted.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(''))
  readManifest(octets)
  return octets
}

/** Returns the lines of a manifest; throws manifest-invalid with the number of the first line that is not in its form. */
export function readManifest(octets: Uint8Array): ManifestLine[] {
  if (octets.length > MANIFEST_LIMITS.octets) throw invalid(1, 'too-large')
  const text = asciiText(octets)
  if (text === '') throw invalid(1, 'empty')
  const lines = text.split('\n')
  const end = lines.pop()
  if (end !== '') throw invalid(lines.length + 1, 'end')
  if (lines.length > MANIFEST_LIMITS.lines) throw invalid(MANIFEST_LIMITS.lines + 1, 'too-many')
  let before = ''
  return lines.map((line, i) => {
    const [, sha256, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
    if (sha256 === undefined || name === undefined) throw invalid(i + 1, 'form')
    if (!isRecordName(name)) throw invalid(i + 1, 'name')
    if (name <= before) throw invalid(i + 1, name === before ? 'twice' : 'order')
    before = name
    return { name, sha256 }
  })
}

const invalid = (line: number, reason: ErrorDetails['manifest-invalid']['reason']): CodedError =>
  new CodedError('manifest-invalid', { line, reason })

/** Octets outside ASCII become a character that no line may have. */
function asciiText(octets: Uint8Array): string {
  let text = ''
  for (let at = 0; at < octets.length; at += 0x4000)
    text += String.fromCharCode(...octets.subarray(at, at + 0x4000))
  return text
}
