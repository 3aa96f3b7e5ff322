import type { Certificate } from '../../x509/certificate.ts'
import type { PathReport, Report } from '../report.ts'
import type { Program, Says } from './programs.ts'

/** A program's behaviour on a form of chain, if it differs from ours or was not tested. */
export interface Difference<Code extends string> {
  readonly code: Code
  readonly programs: readonly Program[]
  readonly meets: (path: PathReport, report: Report) => boolean
  readonly says: Exclude<Says, 'accepts'>
  readonly source: string
}

/** Anchor first, target last. */
export const chainOf = ({ certificates }: PathReport): Certificate[] =>
  certificates.map(({ certificate }) => certificate)
export const targetOf = (path: PathReport): Certificate => chainOf(path).at(-1)!
export const belowAnchor = (path: PathReport): Certificate[] => chainOf(path).slice(1)
export const authorities = (path: PathReport): Certificate[] => chainOf(path).slice(0, -1)

/** The forms of names that Go supports. */
export const GO_NAMES: ReadonlySet<string> = new Set([
  'dNSName',
  'iPAddress',
  'rfc822Name',
  'uniformResourceIdentifier',
])
