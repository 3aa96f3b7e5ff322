import { refusal } from './fault.ts'
import type { HeaderRow } from './format.ts'
import { sliceOf, trimmed } from './slice.ts'
import { ISO, iso, ofFacts, timeFact } from './values.ts'

const BEFORE = 'NotBefore='
const AFTER = 'NotAfter='

/** Both ends in one header, as AWS writes them: NotBefore=2026-11-01T00:00:00Z;NotAfter=2027-12-06T00:00:00Z. */
export const validity: Pick<HeaderRow, 'write' | 'read'> = {
  write: ({ client: { certificate } }) =>
    `${BEFORE}${iso(certificate.notBefore)};${AFTER}${iso(certificate.notAfter)}`,
  read: (value) => {
    const slice = trimmed(value)
    const { text, offset } = slice
    const semicolon = text.indexOf(';')
    if (!text.startsWith(BEFORE) || semicolon < 0) throw refusal('header-value', { offset, expected: 'time' })
    const after = trimmed(sliceOf(slice, semicolon + 1))
    if (!after.text.startsWith(AFTER))
      throw refusal('header-value', { offset: after.offset, expected: 'time' })
    return ofFacts(
      timeFact('notBefore', sliceOf(slice, BEFORE.length, semicolon), ISO),
      timeFact('notAfter', sliceOf(after, AFTER.length), ISO),
    )
  },
}
