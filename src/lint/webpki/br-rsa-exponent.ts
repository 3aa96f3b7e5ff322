import type { Rule } from '../rule.ts'

/** BR §6.1.6: an odd public exponent of 3 or more. */
export const brRsaExponent: Rule<'br-rsa-exponent'> = {
  code: 'br-rsa-exponent',
  applies: ({ spki }) => spki.rsa !== null,
  check: ({ spki }) => {
    const exponent = spki.rsa?.exponent ?? 0n
    return exponent >= 3n && exponent % 2n === 1n ? [] : [{ exponent: exponent.toString() }]
  },
}
