import { isCa } from '../../x509/roles.ts'
import type { KeyUsageBit } from '../../x509/extensions/key-usage.ts'
import type { Rule } from '../rule.ts'

const REQUIRED: readonly KeyUsageBit[] = ['keyCertSign', 'cRLSign']

/** BR §7.1.2.10.7: a CA may sign certificates and lists. */
export const brCaKeyUsage: Rule<'br-ca-key-usage'> = {
  code: 'br-ca-key-usage',
  extensions: ['keyUsage'],
  applies: (certificate, { place }) =>
    place !== 'target' && isCa(certificate) && certificate.keyUsage !== null,
  check: ({ keyUsage }) => REQUIRED.filter((bit) => !keyUsage?.has(bit)).map((missing) => ({ missing })),
}
