import { PURPOSE_BITS } from '../key-facts.ts'
import { isCa } from '../../x509/roles.ts'
import type { Rule } from '../rule.ts'

/**
 * §4.2.1.12: a certificate is used only for purposes that keyUsage and extKeyUsage both allow, so there must be one.
 */
export const ekuKeyUsageInconsistent: Rule<'eku-key-usage-inconsistent'> = {
  code: 'eku-key-usage-inconsistent',
  extensions: ['extKeyUsage'],
  applies: (certificate) =>
    certificate.extKeyUsage !== null && certificate.keyUsage !== null && !isCa(certificate),
  check: ({ extKeyUsage, keyUsage }) => {
    const purposes = (extKeyUsage ?? []).map((oid) => PURPOSE_BITS[oid])
    // The bits that go with an unknown purpose are unknown too.
    const isLeft = purposes.some((purpose) => !purpose || purpose.bits.some((bit) => keyUsage?.has(bit)))
    if (isLeft) return []
    return purposes.flatMap((purpose) =>
      purpose ? [{ purpose: purpose.name, needs: purpose.bits.join(', ') }] : [],
    )
  },
}
