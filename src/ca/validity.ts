import { invalidField } from './input.ts'
import type { ValidityInput } from './input.ts'
import { DAY, SECOND, wholeSecond } from '../time.ts'

/** Verifiers' clocks are off by minutes; a certificate that starts slightly in the past is valid for them too. */
export const BACKDATED_MINUTES = 5

export interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
  /** The issuer's own end came first and was used instead. */
  readonly cutToIssuer: boolean
}

/**
 * A validity includes both ends (RFC 5280 §4.1.2.5), so n days end one second early. A duration is cut to the issuer's
 * end; a typed date is kept, and outliving the issuer is then a finding.
 */
export function readValidity(input: ValidityInput, at: Date, issuerNotAfter: Date | null): Validity {
  const notBefore = wholeSecond(startOf(input, at))
  if ('notAfter' in input)
    return checked({ notBefore, notAfter: wholeSecond(input.notAfter), cutToIssuer: false })
  const end =
    'days' in input
      ? notBefore.getTime() + positive(input.days) * DAY
      : addYears(notBefore, positive(input.years))
  const notAfter = new Date(end - SECOND)
  const cut = issuerNotAfter !== null && issuerNotAfter < notAfter
  return checked({ notBefore, notAfter: cut ? issuerNotAfter : notAfter, cutToIssuer: cut })
}

function startOf(input: ValidityInput, at: Date): Date {
  const typed = 'notAfter' in input ? input.notBefore : undefined
  return typed ?? new Date(at.getTime() - BACKDATED_MINUTES * 60 * SECOND)
}

function positive(length: number): number {
  if (!Number.isInteger(length) || length < 1 || length > 36_525)
    throw invalidField('validity', String(length), 'range')
  return length
}

function addYears(from: Date, years: number): number {
  const to = new Date(from)
  to.setUTCFullYear(from.getUTCFullYear() + years)
  return to.getTime()
}

/** Times beyond the range of GeneralizedTime are typing mistakes. */
function checked(validity: Validity): Validity {
  for (const [field, date] of [
    ['notBefore', validity.notBefore],
    ['notAfter', validity.notAfter],
  ] as const) {
    const year = date.getUTCFullYear()
    if (!(year >= 1950 && year <= 9999))
      throw invalidField(field, Number.isNaN(year) ? '' : date.toISOString(), 'range')
  }
  if (validity.notAfter <= validity.notBefore)
    throw invalidField('notAfter', validity.notAfter.toISOString(), 'range')
  return validity
}
