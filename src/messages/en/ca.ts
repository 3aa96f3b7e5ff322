import type { IssuanceFindingDetails } from '../../findings/ca.ts'
import { day } from './format.ts'

/** What ca/ says of the CAs above a certificate that is about to be signed. */
export const issuanceFindings: {
  [C in keyof IssuanceFindingDetails]: (detail: IssuanceFindingDetails[C], certificate: string) => string
} = {
  'outlives-tier': ({ tier, notAfter, tierNotAfter }, certificate) =>
    `${certificate}: ends on ${day(notAfter)}, after ${tier} above it (${day(tierNotAfter)}). From then on it does not validate.`,
  'tier-breaks-form': ({ tier, codes }) =>
    `The certificate of ${tier} is not as RFC 5280 wants a CA's to be (${codes.join(', ')}). It was made so elsewhere, and a strict reader may refuse all it signs. It can be mended by renewing that CA.`,
}
