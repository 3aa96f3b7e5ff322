/** From the worker to its page: it wants a port to a second reader. */
export const SECOND_READER_WANTED = 'second-reader-wanted'

/** The page's answer; null if the second reader in the page is not as it was built. */
export interface SecondReaderPort {
  readonly kind: 'second-reader'
  readonly port: MessagePort | null
}
