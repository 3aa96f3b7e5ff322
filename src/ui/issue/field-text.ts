import { messages } from '../../messages/messages.ts'
import { colons } from '../../octets.ts'
import { algorithmName } from '../../messages/called.ts'

/** Returns a field's value as the rest of the page writes it: dates, octets and algorithms; or that there is none. */
export function fieldText(field: string, value: string): string {
  if (value === '') return messages().ui.issue.emptyValue
  if (/^(notBefore|notAfter|thisUpdate|nextUpdate|revocationTime)$/.test(field))
    return messages().format.moment(new Date(value))
  if (
    /^(serialNumber|subjectKeyIdentifier|authorityKeyIdentifier)$/.test(field) &&
    /^([0-9a-f]{2})+$/.test(value)
  )
    return colons(value)
  return algorithmName(value)
}

/** Returns the same in lines: each alternative name is easier to read, and to fold away, on its own. */
export const fieldLines = (field: string, value: string): string[] =>
  field === 'subjectAltName' ? value.split(', ') : [fieldText(field, value)]
