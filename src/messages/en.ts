import { errors } from './en/errors.ts'
import { allFixes as fixes, findings } from './en/findings.ts'
import { ui } from './en/ui.ts'

/** English: every word a person reads. Another language is one more file of this shape. */
export const en = {
  /** What went wrong is a fault of the program. */
  bug: (what: string): string => `Something went wrong inside Rootcellar: ${what}`,
  errors,
  findings,
  fixes,
  ui,
}
