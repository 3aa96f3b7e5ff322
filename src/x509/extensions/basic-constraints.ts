import { TAG } from '../../der/reader.ts'
import type { Reader } from '../../der/reader.ts'
import { boolean, integer, seq } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'
import type { Finding } from '../../findings.ts'

/** RFC 5280 §4.2.1.9. */
export interface BasicConstraints {
  readonly ca: boolean
  readonly pathLen: number | null
}

export function parseBasicConstraints(reader: Reader, findings: Finding[]): BasicConstraints {
  const fields = reader.sequence()
  let ca = false
  if (fields.peekTag() === TAG.BOOLEAN) {
    ca = fields.boolean()
    if (!ca) findings.push({ code: 'der-default-encoded', detail: { field: 'basicConstraints.cA' } })
  }
  const pathLen = fields.atEnd ? null : fields.smallInteger()
  fields.finish()
  return { ca, pathLen }
}

export function encodeBasicConstraints({ ca, pathLen }: BasicConstraints): Der {
  const parts = ca ? [boolean(true)] : []
  if (pathLen !== null) parts.push(integer(pathLen))
  return seq(...parts)
}
