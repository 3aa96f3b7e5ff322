/** This part of the border lists the uses of a CA's key other than the CA itself. */

export interface KeyUser {
  readonly id: string
  readonly name: string
}

/** The users that lose the key together with the CA on view. */
export interface KeyUseView {
  /** Requests waiting for an answer. */
  readonly requests: readonly KeyUser[]
  /** Other CAs with the same key, under another name. */
  readonly authorities: readonly KeyUser[]
}

export interface KeyMethods {
  'authority.keyUse': { in: { authorityId: string }; out: KeyUseView }
}
