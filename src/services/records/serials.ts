import { hexOctets } from '../../octets.ts'
import { serialText } from '../../x509/serial-number.ts'

/** Whether a certificate is among those that are asked for, by serial number. */
export type HasSerial = (serialNumber: Uint8Array) => boolean

/** A serial number from the inventory as content of an INTEGER. */
export function serialContent(hex: string): Uint8Array {
  const octets = hexOctets(serialText(hex)) ?? new Uint8Array()
  return Uint8Array.from((octets[0] ?? 0) > 127 ? [0, ...octets] : octets)
}
