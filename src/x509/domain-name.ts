import { toUnicode } from 'punycode/punycode.es6.js'

/** Domain names as encoded in certificates: A-labels (RFC 9549 §2), by the UTS #46 of the platform's URL parser. */

const LDH_LABEL = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/

/**
 * Returns the A-labels of a domain name as a person writes it, in lower case; a leading "*." is kept. Null if it is not
 * a domain name: an empty or overlong label, a character that no name may contain, an address, or a label that does not
 * survive the round trip.
 */
export function domainToAscii(text: string): string | null {
  if (text.startsWith('*.')) {
    const rest = domainToAscii(text.slice(2))
    return rest === null ? null : `*.${rest}`
  }
  const ascii = isAsciiName(text) ? text.toLowerCase() : hostOf(text)
  if (ascii === null || ascii.length > 253 || !ascii.split('.').every((label) => LDH_LABEL.test(label)))
    return null
  // A URL parser reads a name whose last label is all digits as an address (and no top-level domain is numeric).
  if (/(^|\.)(\d+|0x[0-9a-f]*)$/.test(ascii)) return null
  return ascii.includes('xn--') && !survives(ascii) ? null : ascii
}

const isAsciiName = (text: string): boolean => /^[\x21-\x7e]*$/.test(text)

/** Returns the host as the platform parses it, or null if it rejects it. */
function hostOf(text: string): string | null {
  // Characters that would end the host, or be decoded, cannot be part of a name.
  if (/[\s%/\\?#@:[\]<>^|]/.test(text)) return null
  try {
    return new URL(`http://${text}/`).hostname
  } catch {
    return null
  }
}

/** Whether the A-labels decode to U-labels that encode back to them. */
function survives(ascii: string): boolean {
  if (hostOf(ascii) !== ascii) return false
  const unicode = decode(ascii)
  return unicode !== null && unicode !== ascii && hostOf(unicode) === ascii
}

function decode(ascii: string): string | null {
  try {
    return toUnicode(ascii)
  } catch (error) {
    if (error instanceof RangeError) return null // punycode throws this for an invalid label
    throw error
  }
}

/** Whether a label of an ASCII name starts like an A-label but is not one (RFC 5891 §5.3). */
export const hasFalseALabel = (ascii: string): boolean =>
  /xn--/i.test(ascii) &&
  ascii
    .toLowerCase()
    .split('.')
    .some((label) => label.startsWith('xn--') && !survives(label))

/** Returns the name as a person reads it: U-labels if each survives the round trip, else unchanged. */
export function domainToUnicode(ascii: string): string {
  const lower = ascii.toLowerCase()
  if (!lower.includes('xn--')) return ascii
  const bare = lower.startsWith('*.') ? lower.slice(2) : lower
  return survives(bare) ? lower.slice(0, lower.length - bare.length) + (decode(bare) ?? bare) : ascii
}
