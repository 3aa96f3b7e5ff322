import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In } from '../../../border/protocol.ts'
import type { FilesLook } from '../../../border/protocol/files.ts'
import { looksLikeIndex } from '../../../containers/openssl-database.ts'
import { foundKinds } from '../../../containers/pile/found-kinds.ts'
import type { PileFile } from '../../../containers/pile/read-pile.ts'
import { utf8Text } from '../../../octets.ts'
import { readFiles } from '../reading.ts'

/** An index has a line of its own within these octets. */
const BEGINNING = 4096

async function look({ files }: In<'files.look'>, call: Call): Promise<FilesLook> {
  let databases = 0
  const take = ({ bytes }: PileFile): boolean => {
    const isIndex = looksLikeIndex(utf8Text(bytes.subarray(0, BEGINNING)))
    if (isIndex) databases += 1
    return isIndex
  }
  const { items, problems } = await readFiles(files, { privateKeys: 'match', take }, call)
  return { found: foundKinds(items), databases, problems }
}

/** Files of which it is not known yet where they belong. */
export const fileMethods: Pick<Handlers, 'files.look'> = { 'files.look': look }
