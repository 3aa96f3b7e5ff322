import { contextConstructed, contextPrimitive } from '../../der/reader.ts'
import type { Reader } from '../../der/reader.ts'
import { implicit, integer, seq, tlv } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'
import type { Finding } from '../../findings.ts'
import { encodeGeneralName, parseGeneralName } from '../general-name.ts'
import type { GeneralName } from '../general-name.ts'

/** GeneralSubtree (RFC 5280 §4.2.1.10); an iPAddress base has 8 or 32 octets: address and mask. */
export interface GeneralSubtree {
  readonly base: GeneralName
  readonly minimum: number
  readonly maximum: number | null
}

/** RFC 5280 §4.2.1.10. */
export interface NameConstraints {
  readonly permitted: readonly GeneralSubtree[] | null
  readonly excluded: readonly GeneralSubtree[] | null
}

const PERMITTED = contextConstructed(0)
const EXCLUDED = contextConstructed(1)
const MINIMUM = contextPrimitive(0)
const MAXIMUM = contextPrimitive(1)

export function parseNameConstraints(reader: Reader, findings: Finding[]): NameConstraints {
  const fields = reader.sequence()
  const permitted = fields.optional(PERMITTED)
  const excluded = fields.optional(EXCLUDED)
  fields.finish()
  return {
    permitted: permitted && parseSubtrees(permitted, findings),
    excluded: excluded && parseSubtrees(excluded, findings),
  }
}

function parseSubtrees(sequence: Reader, findings: Finding[]): GeneralSubtree[] {
  const subtrees: GeneralSubtree[] = []
  while (!sequence.atEnd) {
    const fields = sequence.sequence()
    const base = parseGeneralName(fields, 'nameConstraints', findings)
    let minimum = 0
    if (fields.peekTag() === MINIMUM) {
      minimum = fields.smallInteger(MINIMUM)
      if (minimum === 0)
        findings.push({ code: 'der-default-encoded', detail: { field: 'nameConstraints.minimum' } })
    }
    const maximum = fields.peekTag() === MAXIMUM ? fields.smallInteger(MAXIMUM) : null
    fields.finish()
    subtrees.push({ base, minimum, maximum })
  }
  return subtrees
}

export function encodeNameConstraints({ permitted, excluded }: NameConstraints): Der {
  const parts: Der[] = []
  if (permitted) parts.push(tlv(PERMITTED, ...permitted.map(encodeSubtree)))
  if (excluded) parts.push(tlv(EXCLUDED, ...excluded.map(encodeSubtree)))
  return seq(...parts)
}

function encodeSubtree({ base, minimum, maximum }: GeneralSubtree): Der {
  const parts = [encodeGeneralName(base)]
  if (minimum !== 0) parts.push(implicit(0, integer(minimum)))
  if (maximum !== null) parts.push(implicit(1, integer(maximum)))
  return seq(...parts)
}
