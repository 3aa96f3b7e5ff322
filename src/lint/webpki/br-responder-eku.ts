import { EKU_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'
import { isResponder } from './kinds.ts'

/** BR §7.1.2.8.5: OCSPSigning, and no other purpose. */
export const brResponderEku: Rule<'br-responder-eku'> = {
  code: 'br-responder-eku',
  extensions: ['extKeyUsage'],
  applies: (certificate, { place }) => place === 'target' && isResponder(certificate),
  check: ({ extKeyUsage }) =>
    (extKeyUsage ?? []).filter((oid) => oid !== EKU_OIDS.OCSPSigning).map((oid) => ({ oid })),
}
