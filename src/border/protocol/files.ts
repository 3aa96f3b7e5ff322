import type { FoundKinds } from '../../containers/pile/found-kinds.ts'
import type { PileProblem } from '../../containers/pile/items.ts'
import type { InFile } from '../words.ts'

/** What files are, so that they can be taken where they belong. */
export interface FilesLook {
  readonly found: FoundKinds
  /** The number of text databases of an `openssl ca`. */
  readonly databases: number
  readonly problems: readonly PileProblem[]
}

export interface FileMethods {
  /** Says what is in files; keeps nothing of them. Of a private key no more is read than to match it. */
  'files.look': { in: { files: readonly InFile[] }; out: FilesLook }
}
