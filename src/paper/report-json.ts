import type { ReportData } from '../border/protocol/validate.ts'
import type { ExportFile } from '../border/views.ts'
import { hexOf } from '../octets.ts'
import { textFile } from './file.ts'

/** Returns the report as a file for programs. */
export function reportJson(data: ReportData): ExportFile {
  const target = data.paths[0]?.certificates.at(-1)
  const text = JSON.stringify(data, replacer, 2) + '\n'
  return textFile(`report_${target?.sha256.slice(0, 16) ?? 'empty'}.json`, text, 'application/json')
}

/** Sets as arrays, octets in hexadecimal, big numbers in decimal. */
function replacer(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return hexOf(value)
  if (value instanceof Set) return [...value]
  if (value instanceof Map) return Object.fromEntries(value)
  return typeof value === 'bigint' ? value.toString() : value
}
