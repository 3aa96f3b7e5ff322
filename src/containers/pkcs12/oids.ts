import { EKU_OIDS } from '../../x509/oids.ts'

/**
 * RFC 7292 §4.2 (bags), RFC 5652 §4 and §6 (contents), RFC 2985 (attributes), and Java's attribute for a trusted entry.
 */
export const DATA = '1.2.840.113549.1.7.1'
export const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
export const KEY_BAG = '1.2.840.113549.1.12.10.1.1'
export const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2'
export const CERT_BAG = '1.2.840.113549.1.12.10.1.3'
export const CRL_BAG = '1.2.840.113549.1.12.10.1.4'
export const SAFE_CONTENTS_BAG = '1.2.840.113549.1.12.10.1.6'
export const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1'
export const X509_CRL = '1.2.840.113549.1.9.23.1'
export const FRIENDLY_NAME = '1.2.840.113549.1.9.20'
export const LOCAL_KEY_ID = '1.2.840.113549.1.9.21'
export const JAVA_TRUSTED = '2.16.840.1.113894.746875.1.1'
export const ANY_EXTENDED_KEY_USAGE = EKU_OIDS.anyExtendedKeyUsage
