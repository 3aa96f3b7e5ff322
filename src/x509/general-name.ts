import type { Name } from './name.ts'

/** RFC 5280 §4.2.1.6. IA5 values are shown octet by octet (Latin-1) where they are no ASCII. */
export type GeneralName =
  | { readonly kind: 'otherName'; readonly typeId: string; readonly value: Uint8Array /* DER of the value */ }
  | { readonly kind: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly value: string }
  | { readonly kind: 'x400Address' | 'ediPartyName'; readonly der: Uint8Array }
  | { readonly kind: 'directoryName'; readonly name: Name }
  | { readonly kind: 'iPAddress'; readonly octets: Uint8Array }
  | { readonly kind: 'registeredID'; readonly oid: string }

export type GeneralNameKind = GeneralName['kind']
