/** What a page does with files that are dropped on the window. */
export interface DropZone {
  /** The effect of dropping files, as a sentence. */
  readonly label: string
  readonly onfiles: (files: readonly File[]) => void
  /** The page wants a backup, and nothing else. */
  readonly backups?: boolean
}

/** The zones of the pages that are shown; the last one takes what is dropped. */
class DropZones {
  #open = $state.raw<readonly DropZone[]>([])

  get top(): DropZone | null {
    return this.#open.at(-1) ?? null
  }

  /** Returns the function that closes it. */
  open(zone: DropZone): () => void {
    this.#open = [...this.#open, zone]
    return () => (this.#open = this.#open.filter((each) => each !== zone))
  }
}

export const dropZones = new DropZones()
