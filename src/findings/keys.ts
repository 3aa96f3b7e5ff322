import { WORTHLESS, row } from './row.ts'

/** Findings of lint/keys/: a key that anyone or nobody can sign with proves nothing. */
export const KEY_ROWS = {
  'rsa-below-1024': row<{ bits: number }>('NIST SP 800-131A §3', 'error', WORTHLESS),
  'rsa-below-2048': row<{ bits: number }>('NIST SP 800-131A §3', 'warning'),
  'key-malformed': row<{ algorithm: string }>('RFC 5280 §4.1.2.7', 'error', WORTHLESS),
  'key-not-on-curve': row('NIST SP 800-56A §5.6.2.3', 'error', WORTHLESS),
  'key-kind-unchecked': row<{ algorithm: string }>('judgement', 'warning'),
  'rsa-exponent-unusable': row<{ exponent: string }>('NIST SP 800-56B §6.2.2', 'error', WORTHLESS),
  'rsa-exponent-small': row<{ exponent: string }>('FIPS 186-5 §5.1', 'warning'),
  'rsa-exponent-large': row<{ exponent: string }>('FIPS 186-5 §5.1', 'warning'),
  'rsa-modulus-prime': row('RFC 8017 §3.1', 'error'),
  'rsa-small-factor': row<{ factor: string }>('CA/B BR §6.1.6', 'error', WORTHLESS),
  'rsa-close-primes': row('CVE-2022-26320', 'error', WORTHLESS),
  'rsa-weak-generator': row('CVE-2017-15361', 'error', WORTHLESS),
  'rsa-bits-odd': row<{ bits: number }>('CA/B BR §6.1.5', 'notice'),
  'rsa-long': row<{ bits: number }>('judgement', 'notice'),
}
