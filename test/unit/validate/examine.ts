import type { FindingCode } from '../../../src/findings.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import type { PathReport, Report } from '../../../src/validate/report.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import type { Drawn } from '../../support/chain.ts'
import { AT } from '../../support/chain.ts'

export interface Pile {
  readonly anchors: readonly Drawn[]
  readonly intermediates?: readonly Drawn[]
}

/** Validates a drawn target at AT, for no particular purpose unless given. */
export function examine(target: Drawn, pile: Pile, options: Partial<ValidateOptions> = {}): Promise<Report> {
  const pool = createPool({
    anchors: pile.anchors.map(({ certificate }) => certificate),
    intermediates: (pile.intermediates ?? []).map(({ certificate }) => certificate),
  })
  return validate(target.certificate, pool, { at: AT, ...options })
}

/** The path to show: the valid one, or the closest to valid. */
export const bestPath = (report: Report): PathReport => report.paths[report.best]!

/** Codes that refuse the best path, per certificate, anchor first. */
export const refusals = (report: Report): FindingCode[][] =>
  bestPath(report).certificates.map((certificate) => certificate.refusals.map(({ code }) => code))
