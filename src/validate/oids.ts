/** Object identifiers the steps speak of. */
export const ANY_POLICY = '2.5.29.32.0'
export const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0'
/** emailAddress (PKCS #9). */
export const EMAIL_ADDRESS = '1.2.840.113549.1.9.1'
export const COMMON_NAME = '2.5.4.3'
/** id-on-SmtpUTF8Mailbox (RFC 9598 §3). */
export const SMTP_UTF8_MAILBOX = '1.3.6.1.5.5.7.8.9'
/** Microsoft's User Principal Name, an otherName. */
export const USER_PRINCIPAL_NAME = '1.3.6.1.4.1.311.20.2.3'
/** id-ad-caIssuers (RFC 5280 §4.2.2.1). */
export const CA_ISSUERS = '1.3.6.1.5.5.7.48.2'
