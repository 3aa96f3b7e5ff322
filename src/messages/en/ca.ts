import type { ISSUANCE_ROWS } from '../../findings/issuance.ts'
import type { SentencesOf } from '../words-of.ts'
import { day } from './format.ts'

/** What ca/ says of what a certificate about to be signed is made from. */
export const issuanceFindings: SentencesOf<typeof ISSUANCE_ROWS> = {
  'outlives-tier': ({ tier, notAfter, tierNotAfter }, certificate) =>
    `${certificate}: ends on ${day(notAfter)}, after ${tier} above it (${day(tierNotAfter)}). From then on it does not validate.`,
  'tier-breaks-form': ({ tier, codes }) =>
    `The certificate of ${tier} is not as RFC 5280 wants a CA's to be (${codes.join(', ')}). It was made so elsewhere, and a strict reader may refuse all it signs.`,
  'tier-revoked': ({ tier, since, reason }) =>
    `${tier} is revoked since ${day(since)}${reason === null ? '' : ` (${reason})`}: whoever asks for revocation rejects what is signed below it. It goes on signing lists and OCSP responses.`,
  'tier-on-hold': ({ tier, since }) =>
    `${tier} is on hold since ${day(since)}: until the hold ends, whoever asks for revocation rejects what is signed below it. It goes on signing lists and OCSP responses.`,
  'possession-unchecked': ({ what }, certificate) =>
    `${certificate}: nothing shows that whoever asks has the key: the signature of the request (${what}) cannot be checked here. Ask for that in another way before you certify it.`,
}
