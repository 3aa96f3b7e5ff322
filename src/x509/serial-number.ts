import type { Certificate } from './certificate.ts'
import { hexOf } from '../octets.ts'

/** A serial number as hex, without the octet that only keeps it positive. */
export const serialOf = ({ serialNumber }: Pick<Certificate, 'serialNumber'>): string =>
  hexOf(serialNumber.length > 1 && serialNumber[0] === 0 ? serialNumber.subarray(1) : serialNumber)

/** A serial number that another program wrote, as serialOf() would: OpenSSL's upper case, a zero octet in front where a tool puts one. */
export const serialText = (hex: string): string => hex.toLowerCase().replace(/^(?:00)+(?=..)/, '')
