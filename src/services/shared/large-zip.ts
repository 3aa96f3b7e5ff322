/** An archive that is never entirely in the worker's memory: finished parts go to the browser piece by piece. */
import type { OpenArchive } from '../../border/protocol/response.ts'
import { zipWriter } from '../../containers/zip.ts'

/** Octets buffered before they are handed over. */
const PIECE = 8 << 20

export interface LargeZip {
  add(name: string, content: Uint8Array): void
  /** Returns the files so far, and what is needed to add more and to end the archive. */
  pause(): OpenArchive
}

/** `at`: the timestamp of all files. */
export function largeZip(at: Date): LargeZip {
  const zip = zipWriter(at)
  const done: Blob[] = []
  let waiting: BlobPart[] = []
  let size = 0

  function keep(pieces: readonly Uint8Array[]): void {
    for (const piece of pieces) {
      waiting.push(piece as Uint8Array<ArrayBuffer>)
      size += piece.length
    }
    if (size < PIECE) return
    done.push(new Blob(waiting))
    waiting = []
    size = 0
  }

  return {
    add(name, content) {
      keep(zip.add(name, content))
    },
    pause: () => ({ files: new Blob([...done, ...waiting]), state: zip.pause() }),
  }
}
