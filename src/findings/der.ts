import { ALWAYS, BELOW_ANCHOR, ALWAYS_BELOW_ANCHOR, row } from './row.ts'

/**
 * Findings of x509/ while it reads: violations of DER above TLV, and unreadable extension values. The bytes are kept.
 * Two widely trusted roots break DER's rules above TLV; below the anchor that refuses if §4 is required.
 */
export const DER_ROWS = {
  'der-named-bits-trailing-zeros': row<{ oid: string }>('X.690 §11.2.2', 'error', BELOW_ANCHOR),
  'named-bits-unknown': row<{ oid: string; bits: readonly number[] }>(
    'RFC 5280 §4.2.1.3, §4.2.1.13',
    'warning',
  ),
  'der-default-encoded': row<{ field: string }>('X.690 §11.5', 'error', BELOW_ANCHOR),
  'der-set-order': row<{ field: string }>('X.690 §11.6', 'error', BELOW_ANCHOR),
  /** Code and detail of the error that makes it unreadable. */
  'extension-unreadable': row<{ oid: string; error: string; reason: unknown; offset: number }>(
    'RFC 5280 §4.2',
    'error',
    ALWAYS,
  ),
  'extension-repeated': row<{ oid: string }>('RFC 5280 §4.2', 'error', ALWAYS),
  'extensions-empty': row('RFC 5280 §4.1.2.9', 'error'),
  'rdn-empty': row<{ field: string }>('RFC 5280 §4.1.2.4', 'error', BELOW_ANCHOR),
  /** `octets`: the content, in hexadecimal, at most the first 64. */
  'string-type-broken': row<{ field: string; oid: string; type: string; octets: string }>(
    'X.680 §41',
    'error',
  ),
  'bit-string-not-octets': row<{ field: string; unusedBits: number }>(
    'RFC 5280 §4.1',
    'error',
    ALWAYS_BELOW_ANCHOR,
  ),
}
