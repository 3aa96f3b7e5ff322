import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { isResponder } from './kinds.ts'

/** BR §7.1.2.8.7: digitalSignature must be set, and no other bit. */
export const brResponderKeyUsage: Rule<'br-responder-key-usage'> = {
  code: 'br-responder-key-usage',
  extensions: ['extKeyUsage'],
  applies: (certificate, { place }) => place === 'target' && isResponder(certificate),
  check: ({ keyUsage }) => breach(!(keyUsage?.size === 1 && keyUsage.has('digitalSignature'))),
}
