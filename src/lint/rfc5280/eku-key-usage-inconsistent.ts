import { PURPOSE_BITS } from '../key-facts.ts'
import { isCa } from '../facts.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.12: a certificate is used only for purposes that keyUsage and extKeyUsage both allow, so there has to be one. */
export const ekuKeyUsageInconsistent: Rule<'eku-key-usage-inconsistent'> = {
  code: 'eku-key-usage-inconsistent',
  applies: (certificate) =>
    certificate.extKeyUsage !== null && certificate.keyUsage !== null && !isCa(certificate),
  check: ({ extKeyUsage, keyUsage }) =>
    (extKeyUsage ?? []).flatMap((oid) => {
      const purpose = PURPOSE_BITS[oid]
      return purpose && !purpose.bits.some((bit) => keyUsage?.has(bit))
        ? [{ purpose: purpose.name, needs: purpose.bits.join(', ') }]
        : []
    }),
}
