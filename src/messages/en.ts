import { errors } from './en/errors.ts'
import { day, either, list, moment, number, second, series, tick } from './en/format.ts'
import { allFixes as fixes, findings } from './en/findings.ts'
import { headlines } from './en/headlines.ts'
import { ui } from './en/ui.ts'

/** English: every word a person reads. Another language is one more file of this shape. */
export const en = {
  /** What went wrong is a fault of the program. */
  bug: (what: string): string =>
    `Something went wrong inside Rootcellar (${what}). Try again; if it fails again, make a backup, reload the page, and report this sentence.`,
  /** The language's own tag (BCP 47). */
  tag: 'en',
  format: { number, list, either, series, day, moment, second, tick },
  errors,
  findings,
  fixes,
  headlines,
  ui,
  /** Words that come with a pack, which nobody else pays for. */
  packs: {
    ceremony: async () => (await import('./en/ceremony.ts')).ceremonyWords,
    lab: async () => (await import('./en/lab.ts')).labWords,
    qr: async () => (await import('./en/qr.ts')).qrWords,
  },
}
