import { POLICY_OIDS, EKU_OIDS, ATTRIBUTE_OIDS, OTHER_NAME_OIDS, ACCESS_METHOD_OIDS } from '../x509/oids.ts'

/** Object identifiers used by the steps. */
export const ANY_POLICY = POLICY_OIDS.anyPolicy
export const ANY_EXTENDED_KEY_USAGE = EKU_OIDS.anyExtendedKeyUsage
/** emailAddress (PKCS #9). */
export const EMAIL_ADDRESS = ATTRIBUTE_OIDS.emailAddress
export const COMMON_NAME = ATTRIBUTE_OIDS.CN
/** id-on-SmtpUTF8Mailbox (RFC 9598 §3). */
export const SMTP_UTF8_MAILBOX = OTHER_NAME_OIDS.smtpUTF8Mailbox
/** Microsoft's User Principal Name, an otherName. */
export const USER_PRINCIPAL_NAME = OTHER_NAME_OIDS.userPrincipalName
/** id-ad-caIssuers (RFC 5280 §4.2.2.1). */
export const CA_ISSUERS = ACCESS_METHOD_OIDS.caIssuers
