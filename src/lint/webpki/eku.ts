import { EKU_OIDS } from '../../x509/oids.ts'

export const SERVER_AUTH = EKU_OIDS.serverAuth
export const CODE_SIGNING = EKU_OIDS.codeSigning
export const EMAIL_PROTECTION = EKU_OIDS.emailProtection
export const TIME_STAMPING = EKU_OIDS.timeStamping
export const OCSP_SIGNING = EKU_OIDS.OCSPSigning
export const ANY_EXTENDED_KEY_USAGE = EKU_OIDS.anyExtendedKeyUsage
export { PRECERTIFICATE_SIGNING } from '../../x509/oids.ts'
