import type { ISSUANCE_ROWS } from '../../findings/issuance.ts'
import type { SentencesOf } from '../words-of.ts'
import { day, series } from './format.ts'

/** What ca/ reports about the CAs and the request behind a certificate that is about to be signed. */
export const issuanceFindings: SentencesOf<typeof ISSUANCE_ROWS> = {
  'outlives-tier': ({ tier, notAfter, tierNotAfter }, certificate) =>
    `${certificate}: ends on ${day(notAfter)}, after ${tier} above it (${day(tierNotAfter)}). From then on it does not validate.`,
  'tier-breaks-form': ({ tier, codes }) =>
    `The certificate of ${tier} does not follow RFC 5280 for CAs (${series(codes)}). It was made elsewhere, and a strict program may refuse everything it signs.`,
  'tier-revoked': ({ tier, since, reason }) =>
    `${tier} has been revoked since ${day(since)}${reason === null ? '' : ` (${reason})`}: programs that check revocation reject what is signed below it. It can still sign lists and OCSP responses.`,
  'tier-on-hold': ({ tier, since }) =>
    `${tier} has been on hold since ${day(since)}: until the hold ends, programs that check revocation reject what is signed below it. It can still sign lists and OCSP responses.`,
  'possession-unchecked': ({ what }, certificate) =>
    `${certificate}: possession of the key is not proved: the signature of the request (${what}) cannot be checked here. Have it proved in another way before you certify it.`,
}
