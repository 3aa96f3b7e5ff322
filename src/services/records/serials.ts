import { hexOctets } from '../../octets.ts'
import { serialText } from '../../x509/serial-number.ts'

/** Tests by serial number whether a certificate is in the selection. */
export type HasSerial = (serialNumber: Uint8Array) => boolean

/** Returns a serial number from the inventory as the content of an INTEGER. */
export function serialContent(hex: string): Uint8Array {
  const octets = hexOctets(serialText(hex)) ?? new Uint8Array()
  return Uint8Array.from((octets[0] ?? 0) > 127 ? [0, ...octets] : octets)
}
