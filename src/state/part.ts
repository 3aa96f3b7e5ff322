/** A part of the page's state with a life cycle. App registers each part once and calls these on all of them. */
export interface Part {
  /** Records have changed, here or in another tab; `page` is the open one. */
  readAgain?(page: string): void
  /** The vault was locked: drops what only the open vault could use. What was typed stays. */
  lockAway?(): void
  /** Records can no longer be read: drops what was read of them. */
  forget?(): void
}
