import { generalNameToText } from '../../x509/general-name-text.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import { hexOf } from '../../x509/octets.ts'

/** A general name as a finding shows it; what has no text, by its octets. */
export const generalNameText = (name: GeneralName): string =>
  generalNameToText(name) ?? hexOf(octetsOf(name).subarray(0, 64))

function octetsOf(name: GeneralName): Uint8Array {
  if (name.kind === 'iPAddress') return name.octets
  if (name.kind === 'otherName') return name.value
  return 'der' in name ? name.der : new Uint8Array()
}
