/** MUST → error, SHOULD → warning, judgement → notice. */
export type Severity = 'error' | 'warning' | 'notice'

/** The position of a certificate in a path. */
export type Place = 'anchor' | 'ca' | 'target'

type Places = readonly Place[]

/** Positions at which a finding about the certificate itself refuses a path, by profile; absent if it only informs. */
export interface Refusal {
  readonly path?: Places
  /** If it differs from `path`. */
  readonly standard?: Places
  readonly rfc5280?: Places
  readonly webpki?: Places
}

/** Everything about a code except its words. `Detail` is the data of a finding with that code. */
export interface Row<Detail> {
  readonly section: string
  readonly severity: Severity
  /**
   * Only faults of the certificate itself. Faults of the path (dates, signatures, constraints) refuse in any profile
   * and are not listed here.
   */
  readonly refuses: Refusal | undefined
  /** Never present: it carries the type. */
  readonly detail?: Detail
}

/**
 * One row of a table: `row<{ pathLen: number }>('RFC 5280 §4.2.1.9', 'error', EVERYWHERE)`. Without a type, there is no
 * detail.
 */
export const row = <Detail = null>(section: string, severity: Severity, refuses?: Refusal): Row<Detail> => ({
  section,
  severity,
  refuses,
})

/** Code → detail, for a table of rows. */
export type DetailsOf<Rows> = { [C in keyof Rows]: Rows[C] extends Row<infer Detail> ? Detail : never }

const ANY: Places = ['anchor', 'ca', 'target']
const BELOW: Places = ['ca', 'target']

/** Refuses under §6 alone, below the anchor. */
export const ALWAYS: Refusal = { path: BELOW, rfc5280: ANY, webpki: ANY }
export const ALWAYS_BELOW_ANCHOR: Refusal = { path: BELOW, rfc5280: BELOW, webpki: BELOW }
/** Refuses if §4 is required. */
export const EVERYWHERE: Refusal = { rfc5280: ANY, webpki: ANY }
export const BELOW_ANCHOR: Refusal = { rfc5280: BELOW, webpki: BELOW }
/** Refuses if §4 is required, but not under the Baseline Requirements. */
export const RFC5280_ALONE: Refusal = { rfc5280: ANY }
/** A key that proves nothing: refuses in every profile but `path`. */
export const WORTHLESS: Refusal = { standard: ANY, ...EVERYWHERE }
/** Faults that have made forged certificates possible. */
export const DANGEROUS: Refusal = { ...WORTHLESS, path: BELOW }
export const WEBPKI: Refusal = { webpki: ANY }
export const WEBPKI_BELOW_ANCHOR: Refusal = { webpki: BELOW }
export const WEBPKI_ANCHOR: Refusal = { webpki: ['anchor'] }
export const WEBPKI_CA: Refusal = { webpki: ['ca'] }
export const WEBPKI_TARGET: Refusal = { webpki: ['target'] }
