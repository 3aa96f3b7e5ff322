/** Dropped files: folders are opened, and each file keeps its path. */

/** Far more than the folder of any CA that a page can import. */
const MOST_FILES = 250_000

/** Returns all files of a drop that contains a folder; null if there is none, and the files are available at once. */
export function filesInFolders(transfer: DataTransfer | null): Promise<File[]> | null {
  // The entries must be read during the event.
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? [])
  return entries.some(({ isDirectory }) => isDirectory) ? filesBelow(entries) : null
}

/** Returns a file's path in the dropped or chosen folder; its name if it came alone. */
export const pathOf = (file: File): string => file.webkitRelativePath || file.name

async function filesBelow(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files: File[] = []
  const waiting = [...entries]
  for (let entry = waiting.pop(); entry && files.length < MOST_FILES; entry = waiting.pop()) {
    try {
      if (isFolder(entry)) waiting.push(...(await entriesIn(entry)))
      else if (isFile(entry)) files.push(await fileOf(entry))
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      files.push(unreadable(entry, error.name))
    }
  }
  return files
}

/** Why a file or folder could not be opened: it is listed with the others, empty, so that it is reported. */
const unread = new WeakMap<File, string>()
export const whyUnread = (file: File): string | undefined => unread.get(file)

function unreadable(entry: FileSystemEntry, reason: string): File {
  const file = placed(new File([], entry.name), entry)
  unread.set(file, reason)
  return file
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  // Browsers return them a hundred at a time, then an empty list.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}

async function fileOf(entry: FileSystemFileEntry): Promise<File> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  return placed(file, entry)
}

/** Sets the path as for a chosen folder. */
const placed = (file: File, { fullPath }: FileSystemEntry): File =>
  Object.defineProperty(file, 'webkitRelativePath', { value: fullPath.replace(/^\//, '') })
