/** szOID_CERTIFICATE_TEMPLATE, 1.3.6.1.4.1.311.21.7 ([MS-WCCE] 2.2.2.7.7.2). */
export interface MicrosoftTemplate {
  readonly oid: string
  readonly major: number | null
  readonly minor: number | null
}
