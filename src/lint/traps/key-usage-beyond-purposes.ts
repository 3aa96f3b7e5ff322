import type { KeyUsageBit } from '../../x509/extensions/key-usage.ts'
import { isCa } from '../../x509/roles.ts'
import { PURPOSE_BITS } from '../key-facts.ts'
import type { Rule } from '../rule.ts'

/** Bits that go with no purpose: those of a CA or of a CRL signer, and those that only restrict keyAgreement. */
const APART: ReadonlySet<KeyUsageBit> = new Set(['keyCertSign', 'cRLSign', 'encipherOnly', 'decipherOnly'])

/** RFC 5280 §4.2.1.12: a keyUsage bit that none of the purposes uses is never used. */
export const keyUsageBeyondPurposes: Rule<'key-usage-beyond-purposes'> = {
  code: 'key-usage-beyond-purposes',
  extensions: ['extKeyUsage'],
  // The bits that go with an unknown purpose are unknown too.
  applies: (certificate) =>
    certificate.keyUsage !== null &&
    !isCa(certificate) &&
    certificate.extKeyUsage?.every((oid) => oid in PURPOSE_BITS) === true,
  check: ({ extKeyUsage, keyUsage }) => {
    const purposes = (extKeyUsage ?? []).flatMap((oid) => PURPOSE_BITS[oid] ?? [])
    const isUsed = (bit: KeyUsageBit): boolean => purposes.some(({ bits }) => bits.includes(bit))
    return [...(keyUsage ?? [])]
      .filter((bit) => !APART.has(bit) && !isUsed(bit))
      .map((bit) => ({ bit, purposes: purposes.map(({ name }) => name).join(', ') }))
  },
}
