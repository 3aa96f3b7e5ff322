import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension } from '../facts.ts'
import type { Rule } from '../rule.ts'
import { isResponder } from './kinds.ts'

const FORBIDDEN = [
  'nameConstraints',
  'subjectAltName',
  'certificatePolicies',
  'cRLDistributionPoints',
] as const

/** BR §7.1.2.8.2: extensions that a responder's certificate must not have. */
export const brResponderExtension: Rule<'br-responder-extension'> = {
  code: 'br-responder-extension',
  extensions: ['extKeyUsage'],
  applies: (certificate, { place }) => place === 'target' && isResponder(certificate),
  check: (certificate) =>
    FORBIDDEN.filter((name) => hasExtension(certificate, EXTENSION_OIDS[name])).map((extension) => ({
      extension,
    })),
}
