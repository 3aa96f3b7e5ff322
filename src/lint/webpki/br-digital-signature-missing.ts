import { KEY_OIDS } from '../../x509/oids.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

/** BR §7.1.2.7.11: with an EC key, digitalSignature must be set. */
export const brDigitalSignatureMissing: Rule<'br-digital-signature-missing'> = {
  code: 'br-digital-signature-missing',
  extensions: ['keyUsage'],
  applies: (certificate, context) =>
    certificate.keyUsage !== null &&
    certificate.spki.algorithm.oid === KEY_OIDS.ecPublicKey &&
    isSubscriber(certificate, context),
  check: ({ keyUsage }) => breach(keyUsage?.has('digitalSignature') !== true),
}
