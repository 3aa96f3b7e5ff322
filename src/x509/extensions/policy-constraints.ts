/** RFC 5280 §4.2.1.11: numbers of certificates that may follow. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | null
  readonly inhibitPolicyMapping: number | null
}
