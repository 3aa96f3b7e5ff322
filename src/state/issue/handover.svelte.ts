import type { ExportFile } from '../../border/views.ts'
import { download } from '../files.ts'
import type { Part } from '../part.ts'

interface Handed {
  readonly certificateId: string
  readonly file: ExportFile | 'locked'
  readonly isSaved: boolean
}

/** The key of a new certificate that is handed out once instead of kept, until the next one or a lock. */
export class Handover implements Part {
  #handed = $state.raw<Handed | null>(null)

  take({
    certificateId,
    handedOut,
  }: {
    certificateId: string
    handedOut: ExportFile | 'locked' | null
  }): void {
    this.#handed = handedOut && { certificateId, file: handedOut, isSaved: false }
  }

  /** Returns what became of the key of this certificate; null if it was not handed out just now. */
  of(certificateId: string): Handed | null {
    return this.#handed?.certificateId === certificateId ? this.#handed : null
  }

  save(): void {
    if (this.#handed === null || this.#handed.file === 'locked') return
    download(this.#handed.file)
    this.#handed = { ...this.#handed, isSaved: true }
  }

  lockAway(): void {
    if (this.#handed) this.#handed = { ...this.#handed, file: 'locked' }
  }
}
