import { EKU_OIDS } from '../../x509/oids.ts'

export const SERVER_AUTH = EKU_OIDS.serverAuth
export const CLIENT_AUTH = EKU_OIDS.clientAuth
export const CODE_SIGNING = EKU_OIDS.codeSigning
export const EMAIL_PROTECTION = EKU_OIDS.emailProtection
export const TIME_STAMPING = EKU_OIDS.timeStamping
export const OCSP_SIGNING = EKU_OIDS.OCSPSigning
export const ANY_EXTENDED_KEY_USAGE = EKU_OIDS.anyExtendedKeyUsage
/** RFC 6962 §3.1: a CA that signs precertificates alone. */
export const PRECERTIFICATE_SIGNING = '1.3.6.1.4.1.11129.2.4.4'
