import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.1: all certificates but self-signed ones carry authorityKeyIdentifier with its keyIdentifier. */
export const akiMissing: Rule<'aki-missing'> = {
  code: 'aki-missing',
  applies: (certificate) => certificate.version === 3 && !isSelfIssued(certificate),
  check: ({ authorityKeyIdentifier, extensions }) =>
    breach(
      authorityKeyIdentifier
        ? authorityKeyIdentifier.keyIdentifier === null
        : !extensions.some(({ oid }) => oid === EXTENSION_OIDS.authorityKeyIdentifier),
    ),
}
