import type { GeneralName } from '../general-name.ts'

/** GeneralSubtree (RFC 5280 §4.2.1.10); an iPAddress base has 8 or 32 octets: address and mask. */
export interface GeneralSubtree {
  readonly base: GeneralName
  readonly minimum: number
  readonly maximum: number | null
}

/** RFC 5280 §4.2.1.10. */
export interface NameConstraints {
  readonly permitted: readonly GeneralSubtree[] | null
  readonly excluded: readonly GeneralSubtree[] | null
}
