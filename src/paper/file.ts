import type { ExportFile } from '../border/views.ts'
import { utf8 } from '../octets.ts'

/** Returns a text as a file for download. */
export function textFile(name: string, text: string, type = 'text/plain'): ExportFile {
  return { name, type, bytes: utf8(text) }
}

/** Returns a file name of portable parts: letters, digits, dot, dash; at most 40 characters per part. */
export function fileName(...parts: readonly string[]): string {
  const clean = (part: string): string =>
    part
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9.-]+/g, '-')
      .replace(/^[-.]+/, '')
      .slice(0, 40)
      .replace(/[-.]+$/, '')
  return parts.map(clean).filter(Boolean).join('_')
}
