import type { ExtensionInputs } from './input.ts'
import { isGeneralName } from './names.ts'

/** Where the certificates that a CA issues say to look for its list, its OCSP responder and its own certificate. */
export interface IssuerAddresses {
  readonly crl: readonly string[]
  readonly ocsp: readonly string[]
  readonly caIssuers: readonly string[]
}

export type AddressFault = 'not-an-address' | 'scheme'

/** Returns why a text is no address to fetch from, or null. LDAP is one too (RFC 5280 §4.2.1.13, §4.2.2.1). */
export function addressFault(text: string): AddressFault | null {
  if (!isGeneralName({ kind: 'uniformResourceIdentifier', value: text })) return 'not-an-address'
  return /^(https?:\/\/[^/?#]|ldaps?:\/\/)/i.test(text) ? null : 'scheme'
}

/** Lays the CA's addresses under what was chosen: each kind that was not chosen is the CA's. */
export function withAddresses(chosen: ExtensionInputs, addresses: IssuerAddresses | null): ExtensionInputs {
  if (!addresses) return chosen
  // RFC 6960 §4.2.2.2.1: nobody asks whether such a responder is revoked.
  const isChecked = chosen.ocspNoCheck !== true
  const [crl, ocsp] = isChecked ? [addresses.crl, addresses.ocsp] : [[], []]
  const own = chosen.authorityInfoAccess
  const access = {
    ocsp: own && own.ocsp.length > 0 ? own.ocsp : ocsp,
    caIssuers: own && own.caIssuers.length > 0 ? own.caIssuers : addresses.caIssuers,
  }
  return {
    ...(crl.length > 0 && { cRLDistributionPoints: crl }),
    ...chosen,
    // Null leaves the extension out.
    ...(own !== null && access.ocsp.length + access.caIssuers.length > 0 && { authorityInfoAccess: access }),
  }
}
