/** RFC 5280 §4.2.1.5: a pair of policy OIDs. */
export interface PolicyMapping {
  readonly issuerDomainPolicy: string
  readonly subjectDomainPolicy: string
}
