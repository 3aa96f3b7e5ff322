import type { FindingDetails } from '../../findings.ts'
import { attributesAnsweredFor } from '../name-attributes.ts'
import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'

const ENTITY = /&(?:[a-z][a-z0-9]{1,31}|#\d{1,7}|#x[\da-f]{1,6});/i
/** UTF-8 read as Latin-1 or Windows-1252 and encoded again; or replacement characters for unreadable octets. */
const MOJIBAKE = /[\u00c2-\u00df][\u0080-\u00bf]|\u00e2\u20ac|\ufffd/
const WITHOUT_WORD = /^[^\p{L}\p{N}]+$/u
/** Words for an absent value, and the two default values in OpenSSL's own configuration. */
const FILLER = /^(?:n\/a|null|none|undefined|not applicable|some-state|internet widgits pty ltd)$/i
/** For places and organizations only: a person may be called Null. */
const WITH_FILLER: ReadonlySet<string> = new Set([
  ATTRIBUTE_OIDS.O,
  ATTRIBUTE_OIDS.OU,
  ATTRIBUTE_OIDS.L,
  ATTRIBUTE_OIDS.ST,
  ATTRIBUTE_OIDS.STREET,
  ATTRIBUTE_OIDS.postalCode,
])

/**
 * Accidents of tables and forms: text that was encoded once too often, or a filler in a field that should be absent.
 */
export const nameGarbled: Rule<'name-garbled'> = {
  code: 'name-garbled',
  applies: always,
  check: (certificate, context) =>
    breaches(attributesAnsweredFor(certificate, context), ({ oid, text }) => {
      const fault = text === null ? null : faultOf(oid, text)
      return fault && text !== null ? { oid, text, fault } : null
    }),
}

function faultOf(oid: string, text: string): FindingDetails['name-garbled']['fault'] | null {
  if (ENTITY.test(text)) return 'entity'
  if (MOJIBAKE.test(text)) return 'encoding'
  return WITHOUT_WORD.test(text) || (WITH_FILLER.has(oid) && FILLER.test(text.trim())) ? 'filler' : null
}
