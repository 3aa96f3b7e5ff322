import type { Certificate } from './certificate.ts'
import { hexOf } from '../octets.ts'

/** Returns a serial number as hex, without the octet that only keeps it positive. */
export const serialOf = ({ serialNumber }: Pick<Certificate, 'serialNumber'>): string =>
  hexOf(serialNumber.length > 1 && serialNumber[0] === 0 ? serialNumber.subarray(1) : serialNumber)

/**
 * Normalizes a serial number written by another program to the form of serialOf(): OpenSSL writes upper case, and some
 * tools prefix a zero octet.
 */
export const serialText = (hex: string): string => hex.toLowerCase().replace(/^(?:00)+(?=..)/, '')
