import { row } from './row.ts'

/**
 * Findings of validate/: steps of RFC 5280 §6.1 and §6.3, and the checks added to them. `setBy`: index in the path (0:
 * the anchor), or the caller.
 */
export const PATH_ROWS = {
  'signature-invalid': row('RFC 5280 §6.1.3(a)(1)', 'error'),
  'signature-unchecked': row<{ algorithm: string }>('RFC 5280 §6.1.3(a)(1)', 'error'),
  'signature-sha1': row('RFC 9155', 'error'),
  'signature-hash-broken': row<{ hash: string }>('RFC 6150, RFC 6151', 'error'),
  'not-yet-valid': row<{ notBefore: Date; at: Date }>('RFC 5280 §6.1.3(a)(2)', 'error'),
  expired: row<{ notAfter: Date; at: Date }>('RFC 5280 §6.1.3(a)(2)', 'error'),
  'issuer-name-mismatch': row<{ issuer: string; expected: string }>('RFC 5280 §6.1.3(a)(4)', 'error'),
  'name-not-permitted': row<{ form: string; name: string; setBy: number | 'input' }>(
    'RFC 5280 §6.1.3(b)',
    'error',
  ),
  'name-excluded': row<{ form: string; name: string; constraint: string; setBy: number | 'input' }>(
    'RFC 5280 §6.1.3(c)',
    'error',
  ),
  'name-constraint-unsupported': row<{ form: string; name: string; setBy: number | 'input' }>(
    'RFC 5280 §4.2.1.10',
    'error',
  ),
  'name-constraint-malformed': row<{ form: string; constraint: string }>('RFC 5280 §4.2.1.10', 'error'),
  'name-constraint-leading-dot': row<{ constraint: string }>('RFC 5280 §4.2.1.10', 'warning'),
  'constrained-name-malformed': row<{ form: string; name: string; setBy: number | 'input' }>(
    'RFC 5280 §4.2.1.10',
    'error',
  ),
  'policy-mapping-any': row('RFC 5280 §6.1.4(a)', 'error'),
  /** `setBy`: who requires one. */
  'explicit-policy-missing': row<{
    policies: readonly string[]
    asked: readonly string[]
    setBy: number | 'input'
  }>('RFC 5280 §6.1.5(g)', 'error'),
  'not-a-ca': row<{ version: number }>('RFC 5280 §6.1.4(k)', 'error'),
  'path-len-exceeded': row<{ pathLen: number; setBy: number | 'input' }>('RFC 5280 §6.1.4(l)', 'error'),
  'key-cert-sign-missing': row('RFC 5280 §6.1.4(n)', 'error'),
  'critical-extension-unknown': row<{ oid: string }>('RFC 5280 §6.1.5(f)', 'error'),
  'policy-qualifier-unknown': row<{ oid: string }>('RFC 5280 §4.2.1.4', 'error'),
  'extension-unprocessable': row<{ oid: string }>('RFC 5280 §4.2', 'error'),
  'purpose-not-allowed': row<{ purpose: string; allowed: readonly string[] }>('RFC 5280 §4.2.1.12', 'error'),
  'purpose-not-nested': row<{ purpose: string; allowed: readonly string[] }>('RFC 5280 §4.2.1.12', 'error'),
  'time-stamping-purpose': row<{ why: 'missing' | 'not-critical' | 'not-alone' | 'other-key-usage' }>(
    'RFC 3161 §2.3',
    'error',
  ),
  'key-usage-inconsistent': row<{ purpose: string; keyUsage: readonly string[] }>(
    'RFC 5280 §4.2.1.12',
    'error',
  ),
  'key-usage-unusual': row<{ purpose: string; keyUsage: readonly string[] }>('RFC 5280 §4.2.1.3', 'notice'),
  /** `nearly`: the certificate has that name in a form that does not count. */
  'peer-name-mismatch': row<{
    kind: string
    name: string
    present: readonly string[]
    nearly: 'address-as-dns-name' | 'trailing-dot' | 'not-ascii' | null
  }>('RFC 9525 §6', 'error'),
  'peer-name-unusable': row<{ kind: string; name: string }>('RFC 9525 §6', 'error'),
  'common-name-ignored': row<{ commonName: string }>('RFC 9525 §2', 'notice'),
  'pin-mismatch': row<{ of: 'certificate' | 'spki'; expected: string; actual: string }>(
    'RFC 7469 §2.4',
    'error',
  ),
  'key-identifier-mismatch': row<{ keyIdentifier: string; issuerKeyIdentifier: string }>(
    'RFC 5280 §4.2.1.2',
    'error',
  ),
  'authority-serial-mismatch': row<{ serialNumber: string; issuerSerialNumber: string }>(
    'RFC 5280 §4.2.1.1',
    'warning',
  ),
  /** `namesakes`: how many certificates here have the issuer's name but another key. */
  'issuer-missing': row<{
    issuer: string
    keyIdentifier: string | null
    addresses: readonly string[]
    namesakes: number
  }>('RFC 5280 §6.1', 'error'),
  'anchor-missing': row<{ subject: string }>('RFC 5280 §6.1.1(d)', 'error'),
  'path-loop': row<{ subject: string }>('RFC 5280 §6.1', 'error'),
  'depth-exceeded': row<{ limit: number }>('RFC 4158 §2.4.2', 'error'),
  'budget-exhausted': row<{ cost: string; limit: number }>('RFC 4158 §2.4.2', 'error'),
}
