/** RFC 5280 §4.2.1.9. */
export interface BasicConstraints {
  readonly ca: boolean
  readonly pathLen: number | null
}
