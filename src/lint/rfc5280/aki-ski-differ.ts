import { isCa, isSelfIssued } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { sameOctets } from '../../octets.ts'

/**
 * §4.2.1.1, §4.2.1.2: the authority key identifier is that of the issuer's own certificate; in a self-issued
 * certificate under its own key, the two are equal.
 */
export const akiSkiDiffer: Rule<'aki-ski-differ'> = {
  code: 'aki-ski-differ',
  extensions: ['basicConstraints'],
  applies: (certificate) =>
    isSelfIssued(certificate) && isCa(certificate) && certificate.keyUsage?.has('keyCertSign') !== false,
  check: ({ authorityKeyIdentifier, subjectKeyIdentifier }, { place }) =>
    breach(
      place === 'anchor' &&
        authorityKeyIdentifier?.keyIdentifier != null &&
        subjectKeyIdentifier !== null &&
        !sameOctets(authorityKeyIdentifier.keyIdentifier, subjectKeyIdentifier),
    ),
}
