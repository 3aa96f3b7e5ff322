import type { KeyUsageBit } from '../../x509/extensions/key-usage.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

const NEVER: readonly KeyUsageBit[] = [
  'nonRepudiation',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]
const FORBIDDEN: { readonly rsa: readonly KeyUsageBit[]; readonly ec: readonly KeyUsageBit[] } = {
  rsa: [...NEVER, 'keyAgreement'],
  ec: [...NEVER, 'keyEncipherment', 'dataEncipherment'],
}

/** BR §7.1.2.7.11: bits that must not be set, by the kind of key. */
export const brTargetKeyUsage: Rule<'br-target-key-usage'> = {
  code: 'br-target-key-usage',
  extensions: ['keyUsage'],
  applies: (certificate, context) => isSubscriber(certificate, context) && certificate.keyUsage !== null,
  check: ({ keyUsage, spki }) =>
    FORBIDDEN[spki.rsa ? 'rsa' : 'ec'].filter((bit) => keyUsage?.has(bit)).map((bit) => ({ bit })),
}
