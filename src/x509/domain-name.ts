import { toUnicode } from 'punycode/punycode.es6.js'

/** Domain names as certificates hold them: A-labels (RFC 9549 §2), by the UTS #46 of the platform's URL parser. */

const LDH_LABEL = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/

/**
 * The A-labels of a domain name as a person writes it, in lower case; a leading "*." stays. Null where it is no domain
 * name: an empty or overlong label, a character no name may hold, an address, a label that does not survive the way
 * there and back.
 */
export function domainToAscii(text: string): string | null {
  if (text.startsWith('*.')) {
    const rest = domainToAscii(text.slice(2))
    return rest === null ? null : `*.${rest}`
  }
  const ascii = isAsciiName(text) ? text.toLowerCase() : hostOf(text)
  if (ascii === null || ascii.length > 253 || !ascii.split('.').every((label) => LDH_LABEL.test(label)))
    return null
  // A last label of digits alone makes an address to a URL parser (and no top-level domain is one).
  if (/(^|\.)(\d+|0x[0-9a-f]*)$/.test(ascii)) return null
  return ascii.includes('xn--') && !survives(ascii) ? null : ascii
}

const isAsciiName = (text: string): boolean => /^[\x21-\x7e]*$/.test(text)

/** What the platform makes of a host, or null where it takes it for none. */
function hostOf(text: string): string | null {
  // Characters that would end the host, or be decoded, are no part of a name.
  if (/[\s%/\\?#@:[\]<>^|]/.test(text)) return null
  try {
    return new URL(`http://${text}/`).hostname
  } catch {
    return null
  }
}

/** Whether A-labels stand for U-labels that lead back to them. */
function survives(ascii: string): boolean {
  if (hostOf(ascii) !== ascii) return false
  const unicode = decode(ascii)
  return unicode !== null && unicode !== ascii && hostOf(unicode) === ascii
}

function decode(ascii: string): string | null {
  try {
    return toUnicode(ascii)
  } catch (error) {
    if (error instanceof RangeError) return null // what punycode throws at a label that is none
    throw error
  }
}

/** Whether a label of an ASCII name begins as an A-label does and is none (RFC 5891 §5.3). */
export const hasFalseALabel = (ascii: string): boolean =>
  /xn--/i.test(ascii) &&
  ascii
    .toLowerCase()
    .split('.')
    .some((label) => label.startsWith('xn--') && !survives(label))

/** The name as a person reads it: U-labels where each survives the way back, else as it stands. */
export function domainToUnicode(ascii: string): string {
  const lower = ascii.toLowerCase()
  if (!lower.includes('xn--')) return ascii
  const bare = lower.startsWith('*.') ? lower.slice(2) : lower
  return survives(bare) ? lower.slice(0, lower.length - bare.length) + (decode(bare) ?? bare) : ascii
}
