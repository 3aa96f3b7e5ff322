/** What a CA's key is used for beside the CA itself: this part of the border. */

export interface KeyUser {
  readonly id: string
  readonly name: string
}

/** What loses its key with the CA that is looked at. */
export interface KeyUseView {
  /** Requests that wait for an answer. */
  readonly requests: readonly KeyUser[]
  /** Other CAs of the same key, under another name. */
  readonly authorities: readonly KeyUser[]
}

export interface KeyMethods {
  'authority.keyUse': { in: { authorityId: string }; out: KeyUseView }
}
