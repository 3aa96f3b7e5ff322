/** The ZIP of a batch: certificates, chains, keys if they are handed out, and a list of all. */
import { zipOf } from '../containers/zip.ts'
import { csvText } from './csv.ts'
import type { ExportFile, IssuedFiles } from '../border/views.ts'
import { utf8 } from '../octets.ts'

export function archiveOf({ files, issued, at }: IssuedFiles): ExportFile {
  const contents: Record<string, Uint8Array> = {}
  for (const { name, bytes } of files) contents[unusedName(contents, name)] = bytes
  contents['list.csv'] = utf8(listOf(issued))
  const day = at.toISOString().slice(0, 16).replace(/[:T]/g, '-')
  const bytes = zipOf(contents, at)
  return { name: `certificates-${day}.zip`, type: 'application/zip', bytes }
}

function unusedName(contents: Record<string, Uint8Array>, name: string): string {
  for (let count = 2, free = name; ; count++) {
    if (!Object.hasOwn(contents, free)) return free
    free = `${String(count)}-${name}`
  }
}

function listOf(issued: IssuedFiles['issued']): string {
  const rows = issued.map(({ line, subject, serialNumber }) => [String(line), subject, serialNumber])
  return csvText([['line', 'subject', 'serial'], ...rows])
}
