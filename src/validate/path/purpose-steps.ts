import type { Certificate } from '../../x509/certificate.ts'
import { ANY_EXTENDED_KEY_USAGE } from '../oids.ts'
import { held, judged, notApplicable } from '../outcome.ts'
import { PURPOSES, purposeOf } from '../purpose.ts'
import { step } from './step.ts'
import type { Step } from './step.ts'

const allows = (extKeyUsage: readonly string[], purpose: string): boolean =>
  extKeyUsage.includes(purpose) || extKeyUsage.includes(ANY_EXTENDED_KEY_USAGE)

/** §4.2.1.12: if extKeyUsage is present, the target is used only for what it lists. */
const requirePurpose: Step = step(
  'require-purpose',
  '§4.2.1.12',
  (_state, { extKeyUsage }, { purposes: asked }) => {
    if (extKeyUsage === null || asked.length === 0) return notApplicable()
    return judged(
      extKeyUsage,
      asked
        .filter((purpose) => !allows(extKeyUsage, purpose))
        .map((purpose) => ({ code: 'purpose-not-allowed', detail: { purpose, allowed: extKeyUsage } })),
    )
  },
)

/** What Windows, NSS, Go and OpenSSL ask of CAs beyond RFC 5280: their extKeyUsage holds for all below. */
export const requireNestedPurpose: Step = step(
  'require-nested-purpose',
  '§4.2.1.12',
  (_state, { extKeyUsage }, { options, purposes: asked }) => {
    if (extKeyUsage === null || asked.length === 0 || options.ekuNesting === false) return notApplicable()
    return judged(
      extKeyUsage,
      asked
        .filter((purpose) => !allows(extKeyUsage, purpose))
        .map((purpose) => ({ code: 'purpose-not-nested', detail: { purpose, allowed: extKeyUsage } })),
    )
  },
)

/** §4.2.1.12: with both extensions, the purpose has to be consistent with keyUsage too. */
const requireConsistentKeyUsage: Step = step(
  'require-consistent-key-usage',
  '§4.2.1.12',
  (_state, { keyUsage, extKeyUsage }, { purposes }) => {
    if (keyUsage === null) return notApplicable()
    const inconsistent = purposes.filter((oid) => !isConsistent(keyUsage, oid))
    const detail = [...keyUsage]
    if (extKeyUsage !== null)
      return judged(
        detail,
        inconsistent.map((purpose) => ({
          code: 'key-usage-inconsistent',
          detail: { purpose, keyUsage: detail },
        })),
      )
    // Without extKeyUsage RFC 5280 leaves it to the protocol; OpenSSL and others refuse.
    return held(
      detail,
      ...inconsistent.map((purpose) => ({
        code: 'key-usage-unusual' as const,
        detail: { purpose, keyUsage: detail },
      })),
    )
  },
)

function isConsistent(keyUsage: NonNullable<Certificate['keyUsage']>, oid: string): boolean {
  const purpose = purposeOf(oid)
  return purpose === null || PURPOSES[purpose].keyUsage.some((bit) => keyUsage.has(bit))
}

/** What the target is asked beyond §6.1: its purpose. */
export const PURPOSE: readonly Step[] = [requirePurpose, requireConsistentKeyUsage]
