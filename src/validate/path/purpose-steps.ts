import type { FindingDetails } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { KeyUsageBit } from '../../x509/extensions/key-usage.ts'
import { EKU_OIDS, EXTENSION_OIDS } from '../../x509/oids.ts'
import { held, decided, notApplicable } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { PURPOSES, purposeOf } from '../purpose.ts'
import { step } from './step.ts'
import type { Step } from './step.ts'

const allows = (extKeyUsage: readonly string[], purpose: string): boolean =>
  extKeyUsage.includes(purpose) || extKeyUsage.includes(EKU_OIDS.anyExtendedKeyUsage)

/** §4.2.1.12: if extKeyUsage is present, the target is used only for the purposes it lists. */
const requirePurpose: Step = step(
  'require-purpose',
  '§4.2.1.12',
  'Where extKeyUsage is present, it must have the purpose asked for.',
  (_state, { extKeyUsage }, { purposes }) => checkPurposes('purpose-not-allowed', extKeyUsage, purposes),
)

/** Windows, NSS, Go and OpenSSL go beyond RFC 5280: the extKeyUsage of a CA restricts everything below it. */
export const requireNestedPurpose: Step = step(
  'require-nested-purpose',
  '§4.2.1.12',
  'extKeyUsage of a CA limits what certificates below it are for.',
  (_state, { extKeyUsage }, { options, purposes }) =>
    options.ekuNesting === false
      ? notApplicable()
      : checkPurposes('purpose-not-nested', extKeyUsage, purposes),
)

function checkPurposes(
  code: 'purpose-not-allowed' | 'purpose-not-nested',
  extKeyUsage: readonly string[] | null,
  asked: readonly string[],
): Outcome {
  if (extKeyUsage === null || asked.length === 0) return notApplicable()
  return decided(
    extKeyUsage,
    asked
      .filter((purpose) => !allows(extKeyUsage, purpose))
      .map((purpose) => ({ code, detail: { purpose, allowed: extKeyUsage } })),
  )
}

const { timeStamping } = EKU_OIDS
const SIGNING: ReadonlySet<KeyUsageBit> = new Set<KeyUsageBit>(['digitalSignature', 'nonRepudiation'])

/**
 * RFC 3161 §2.3: a time-stamping service's certificate has timeStamping as its only purpose, in a critical extension;
 * with any other purpose, its key could create a time-stamp by mistake.
 */
const requireTimeStamper: Step = step(
  'require-time-stamper',
  'RFC 3161 §2.3',
  'extKeyUsage must be critical with timeStamping alone, and keyUsage for signatures only.',
  (_state, { extKeyUsage, keyUsage, extensions }, { purposes }) => {
    if (!purposes.includes(timeStamping)) return notApplicable()
    const isCritical = extensions.some(({ oid, critical }) => oid === EXTENSION_OIDS.extKeyUsage && critical)
    const why: FindingDetails['time-stamping-purpose']['why'][] = []
    if (extKeyUsage === null) why.push('missing')
    else {
      if (!isCritical) why.push('not-critical')
      if (extKeyUsage.some((oid) => oid !== timeStamping)) why.push('not-alone')
    }
    if (keyUsage && [...keyUsage].some((bit) => !SIGNING.has(bit))) why.push('other-key-usage')
    return decided(
      extKeyUsage ?? [],
      why.map((each) => ({ code: 'time-stamping-purpose', detail: { why: each } })),
    )
  },
)

/** §4.2.1.12: if both extensions are present, the purpose must be consistent with keyUsage too. */
const requireConsistentKeyUsage: Step = step(
  'require-consistent-key-usage',
  '§4.2.1.12',
  'keyUsage must allow what the purpose needs.',
  (_state, { keyUsage, extKeyUsage }, { purposes }) => {
    if (keyUsage === null) return notApplicable()
    const inconsistent = purposes.filter((oid) => !isConsistent(keyUsage, oid))
    const detail = [...keyUsage]
    if (extKeyUsage !== null)
      return decided(
        detail,
        inconsistent.map((purpose) => ({
          code: 'key-usage-inconsistent',
          detail: { purpose, keyUsage: detail },
        })),
      )
    // Without extKeyUsage, RFC 5280 leaves it to the protocol; OpenSSL and others refuse.
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

/** Checks of the target's purpose, beyond §6.1. */
export const PURPOSE: readonly Step[] = [requirePurpose, requireTimeStamper, requireConsistentKeyUsage]
