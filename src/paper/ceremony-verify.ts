/**
 * How a stranger verifies the record of a ceremony. Both files are the same in every record and every language, so that
 * they can be compared with those of another.
 */
import script from './verify.sh?raw'
import explanation from './VERIFY.txt?raw'
import { textFile } from './file.ts'
import type { ExportFile } from '../border/views.ts'

/** `verify.sh` and `VERIFY.txt`. */
export const verifyFiles = (): readonly ExportFile[] => [
  textFile('verify.sh', script, 'application/x-sh'),
  textFile('VERIFY.txt', explanation),
]
