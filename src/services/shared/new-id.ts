import { random } from '../../webcrypto/seal.ts'
import { hexOf } from '../../octets.ts'

/** The id of a record that is to be, or of what waits. */
export const newId = (): string => hexOf(random(16))
