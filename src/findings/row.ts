/** MUST → error, SHOULD → warning, judgement → notice. */
export type Severity = 'error' | 'warning' | 'notice'

/** Where in a path a certificate stands, or will stand. */
export type Place = 'anchor' | 'ca' | 'target'

type Places = readonly Place[]

/** Places at which a finding about the certificate itself refuses a path, by profile; none where it only tells. */
export interface Refusal {
  readonly path?: Places
  /** Where it differs from `path`. */
  readonly standard?: Places
  readonly rfc5280?: Places
  readonly webpki?: Places
}

/** All that is said of a code but its words. `Detail` is what a finding of that code holds beside it. */
export interface Row<Detail> {
  readonly section: string
  readonly severity: Severity
  /** What a path falls with in any profile (dates, signatures, constraints) is the path's own affair, and not said here. */
  readonly refuses: Refusal | undefined
  /** Never there: it carries the type. */
  readonly detail?: Detail
}

/** One row of a book: `row<{ pathLen: number }>('RFC 5280 §4.2.1.9', 'error', EVERYWHERE)`. Without a type, the code says it all. */
export const row = <Detail = null>(section: string, severity: Severity, refuses?: Refusal): Row<Detail> => ({
  section,
  severity,
  refuses,
})

/** Code → detail of a book of rows. */
export type DetailsOf<Rows> = { [C in keyof Rows]: Rows[C] extends Row<infer Detail> ? Detail : never }

const ANY: Places = ['anchor', 'ca', 'target']
const BELOW: Places = ['ca', 'target']

/** By §6 alone, below the anchor. */
export const ALWAYS: Refusal = { path: BELOW, rfc5280: ANY, webpki: ANY }
export const ALWAYS_BELOW_ANCHOR: Refusal = { path: BELOW, rfc5280: BELOW, webpki: BELOW }
/** Where §4 is asked for. */
export const EVERYWHERE: Refusal = { rfc5280: ANY, webpki: ANY }
export const BELOW_ANCHOR: Refusal = { rfc5280: BELOW, webpki: BELOW }
/** Where §4 is asked for, and the Baseline Requirements are not. */
export const RFC5280_ALONE: Refusal = { rfc5280: ANY }
/** A key that proves nothing; no matter of the path alone. */
export const WORTHLESS: Refusal = { standard: ANY, ...EVERYWHERE }
/** What has made forged certificates. */
export const DANGEROUS: Refusal = { ...WORTHLESS, path: BELOW }
export const WEBPKI: Refusal = { webpki: ANY }
export const WEBPKI_BELOW_ANCHOR: Refusal = { webpki: BELOW }
export const WEBPKI_ANCHOR: Refusal = { webpki: ['anchor'] }
export const WEBPKI_CA: Refusal = { webpki: ['ca'] }
export const WEBPKI_TARGET: Refusal = { webpki: ['target'] }
