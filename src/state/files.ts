import type { ExportFile, LargeFile } from '../worker/views.ts'
import { pathOf } from './dropped.ts'

/** Hands `file` to the browser's downloads. */
export function download(file: ExportFile | LargeFile): void {
  // A copy, because a Blob takes no view on shared memory.
  const blob = 'blob' in file ? file.blob : new Blob([new Uint8Array(file.bytes)], { type: file.type })
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  // Long enough for any browser to have opened it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A text as a file for download. */
export function textFile(name: string, text: string, type = 'text/plain'): ExportFile {
  return { name, type, bytes: new TextEncoder().encode(text) }
}

/** Parts of a file name that every system takes: letters, digits, dot, dash; at most 40 of each part. */
export function fileName(...parts: readonly string[]): string {
  const clean = (part: string): string =>
    part
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9.-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 40)
  return parts.map(clean).filter(Boolean).join('_')
}

/** A file as the worker takes it, named by where it lay. */
export interface FileRead {
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

export function readFiles(files: readonly File[]): Promise<FileRead[]> {
  return Promise.all(
    files.map(async (file) => ({ name: pathOf(file), bytes: new Uint8Array(await file.arrayBuffer()) })),
  )
}

/** Their buffers, to be handed over: a hundred megabytes copied would hold the page for a tenth of a second. */
export const buffersOf = (files: readonly FileRead[]): ArrayBuffer[] => files.map(({ bytes }) => bytes.buffer)
