import { contextPrimitive } from '../../der/reader.ts'
import type { Reader } from '../../der/reader.ts'
import { implicit, integer, seq } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'

/** RFC 5280 §4.2.1.11: numbers of certificates that may follow. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | null
  readonly inhibitPolicyMapping: number | null
}

const REQUIRE_EXPLICIT_POLICY = contextPrimitive(0)
const INHIBIT_POLICY_MAPPING = contextPrimitive(1)

export function parsePolicyConstraints(reader: Reader): PolicyConstraints {
  const fields = reader.sequence()
  const requireExplicitPolicy = optionalSkip(fields, REQUIRE_EXPLICIT_POLICY)
  const inhibitPolicyMapping = optionalSkip(fields, INHIBIT_POLICY_MAPPING)
  fields.finish()
  return { requireExplicitPolicy, inhibitPolicyMapping }
}

const optionalSkip = (fields: Reader, tag: number): number | null =>
  fields.peekTag() === tag ? fields.smallInteger(tag) : null

export function encodePolicyConstraints(value: PolicyConstraints): Der {
  const parts: Der[] = []
  if (value.requireExplicitPolicy !== null) parts.push(implicit(0, integer(value.requireExplicitPolicy)))
  if (value.inhibitPolicyMapping !== null) parts.push(implicit(1, integer(value.inhibitPolicyMapping)))
  return seq(...parts)
}

/** InhibitAnyPolicy (§4.2.1.14): a number of certificates. */
export const parseInhibitAnyPolicy = (reader: Reader): number => reader.smallInteger()
export const encodeInhibitAnyPolicy = (skipCerts: number): Der => integer(skipCerts)
