import { random } from '../../webcrypto/seal.ts'
import { hexOf } from '../../octets.ts'

/** Returns a new id for a record or a pending item. */
export const newId = (): string => hexOf(random(16))
