import type { Rule } from '../rule.ts'

/** BR §6.1.5: an RSA modulus of at least 2048 bits, divisible by 8. */
export const brRsaSize: Rule<'br-rsa-size'> = {
  code: 'br-rsa-size',
  applies: ({ spki }) => spki.rsa !== null,
  check: ({ spki }) => {
    const bits = spki.rsa?.modulusBits ?? 0
    return bits >= 2048 && bits % 8 === 0 ? [] : [{ bits }]
  },
}
