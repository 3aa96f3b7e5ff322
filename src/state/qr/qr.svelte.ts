import type { ExportFile, LargeFile } from '../../border/views.ts'

/** What is shown as codes or read from them, over any page. */
class Qr {
  /** The file on view; `choose`: the person picks one. */
  shown = $state.raw<ExportFile | LargeFile | 'choose' | null>(null)
  /** Takes the file that is being read. */
  reader = $state.raw<((files: readonly File[]) => void) | null>(null)
  /** Pictures to read it from, before a camera is asked for. */
  pictures: readonly File[] = []

  show(file: ExportFile | LargeFile): void {
    this.shown = file
  }

  /** Reads a file, and gives it to `onfiles` once the person has seen what it is. */
  read(onfiles: (files: readonly File[]) => void, pictures: readonly File[] = []): void {
    this.pictures = pictures
    this.reader = onfiles
  }

  close(): void {
    this.shown = null
    this.reader = null
  }
}

export const qr = new Qr()
