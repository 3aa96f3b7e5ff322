/** What a transfer may be; more would keep a camera busy for a quarter of an hour, or a receiver's memory. */

/** Of the message: the file with its hash and name. */
export const MOST_OCTETS = 1_048_576
/** Parts of a message. */
export const MOST_PARTS = 4096
/** Octets of a part: with more a code is too fine for most cameras. */
export const MOST_IN_PART = 1200
/** Of a name in UTF-8. */
export const MOST_IN_NAME = 100
