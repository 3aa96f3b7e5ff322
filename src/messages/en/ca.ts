import type { IssuanceFindingDetails } from '../../findings/ca.ts'
import { day } from './format.ts'

/** What ca/ says of the CAs above a certificate that is about to be signed. */
export const issuanceFindings: {
  [C in keyof IssuanceFindingDetails]: (detail: IssuanceFindingDetails[C], certificate: string) => string
} = {
  'outlives-tier': ({ tier, notAfter, tierNotAfter }, certificate) =>
    `${certificate}: ends on ${day(notAfter)}, after ${tier} above it (${day(tierNotAfter)}). From then on it does not validate.`,
}
