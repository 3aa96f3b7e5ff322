import source from 'virtual:public-roots-source'
import { isPacked, packText } from './packs.ts'

/** Returns the public roots as tools/public-roots.ts writes them. Rejects as packText does. */
export const openPublicRoots = async (): Promise<string> =>
  isPacked ? await packText('public-roots') : source
