import type { ExportFile, LargeFile } from '../border/views.ts'
import type { PileProblem } from '../containers/pile/items.ts'
import { CodedError, isCodedError, type ErrorCode } from '../errors.ts'
import { pathOf, whyUnread } from './dropped.ts'
import { qr } from './qr/qr.svelte.ts'
import { wayNow, type Way } from './way.ts'

/**
 * Hands `file` to the browser's downloads, or shows it as codes if the work was started so; `options` are those that the work was
 * given. Returns whether it was saved.
 */
export function download(file: ExportFile | LargeFile, { way = wayNow() }: { way?: Way } = {}): boolean {
  if (way === 'qr') qr.show(file)
  else save(file)
  return way === 'file'
}

function save(file: ExportFile | LargeFile): void {
  // A copy, because a Blob does not accept a view of shared memory.
  const blob = 'blob' in file ? file.blob : new Blob([new Uint8Array(file.bytes)], { type: file.type })
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  // Long enough for any browser to have opened it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A file as the worker takes it, named by its path. */
export interface FileRead {
  name: string
  bytes: Uint8Array<ArrayBuffer>
  /** Why the browser did not provide its octets. */
  unread?: string
}

/** A file that yielded nothing, and why: reported by the worker's reading, or by the page's own. */
export type FileProblem = Pick<PileProblem, 'code' | 'detail'> & {
  readonly source: { readonly file: string }
}

/** Does `work` with each file in turn; one that fails does not affect the others. Throws what stops all. */
export async function eachFile(
  files: readonly File[],
  work: (file: File) => Promise<void>,
): Promise<FileProblem[]> {
  const problems: FileProblem[] = []
  for (const file of files) {
    try {
      if (file.size === 0 && whyUnread(file) === undefined) throw new CodedError('pile-file-empty', null)
      await work(file)
    } catch (error) {
      if (!isCodedError(error) || STOPPING.has(error.code)) throw error
      problems.push({ code: error.code, detail: error.detail, source: { file: pathOf(file) } })
    }
  }
  return problems
}

/** Errors of the work itself, not of a file. */
const STOPPING: ReadonlySet<ErrorCode> = new Set([
  'cancelled',
  'vault-locked',
  'clock-behind',
  'storage-full',
  'storage-unavailable',
])

/** Returns the octets of each file; an unreadable one does not affect the others, and the worker reports it. */
export function readFiles(files: readonly File[]): Promise<FileRead[]> {
  return Promise.all(
    files.map(async (file) => {
      const name = pathOf(file)
      try {
        return { name, bytes: await bytesOf(file) }
      } catch (error) {
        if (!isCodedError(error, 'pile-file-unreadable')) throw error
        return { name, bytes: new Uint8Array(), unread: error.detail.reason }
      }
    }),
  )
}

/** The whole file, or its first octets. Rejects with 'pile-file-unreadable': it was moved or changed since it was chosen, or may not be opened. */
export async function bytesOf(file: File, most = Infinity): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const why = whyUnread(file)
    if (why !== undefined) throw new DOMException('', why)
    return new Uint8Array(await (most < file.size ? file.slice(0, most) : file).arrayBuffer())
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    throw new CodedError('pile-file-unreadable', { reason: error.name })
  }
}

/** Returns their buffers for transfer: copying a hundred megabytes would block the page for 0.1 s. */
export const buffersOf = (files: readonly FileRead[]): ArrayBuffer[] => files.map(({ bytes }) => bytes.buffer)
