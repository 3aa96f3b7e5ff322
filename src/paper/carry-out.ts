/** Everything that leaves a ceremony, as one archive. */
import type { CarriedOut } from '../border/protocol/ceremony.ts'
import type { ExportFile } from '../border/views.ts'
import { zipOf } from '../containers/zip.ts'
import { dayText } from '../messages/dates.ts'
import { utf8 } from '../octets.ts'

/** The record is a folder of its own in it: it verifies only without anything that its manifest does not name. */
const RECORD = 'record/'

/** With sums for sha256sum, and called so that a rehearsal is not taken for what it is not. */
export function carryOutZip({ kind, begun, now, files }: CarriedOut): ExportFile {
  const sums = files.map(({ name, sha256 }) => `${sha256}  ${RECORD}${name}\n`).join('')
  const record = files.map(({ name, bytes }) => ({ name: `${RECORD}${name}`, bytes }))
  const all = [...record, { name: 'SHA256SUMS', bytes: utf8(sums) }]
  const mark = { rehearsal: 'REHEARSAL-', broken: 'BROKEN-', live: '' }[kind]
  return {
    name: `${mark}ceremony-${dayText(begun) ?? ''}.zip`,
    type: 'application/zip',
    bytes: zipOf(Object.fromEntries(all.map(({ name, bytes }) => [name, bytes])), now),
  }
}
