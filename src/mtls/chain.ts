import { CodedError, isCodedError } from '../errors.ts'
import { parseCertificate, type Certificate } from '../x509/certificate.ts'

/** The certificates of a chain as sent: each read, or the error that says why it cannot be. */
export type ReadChain = readonly (Certificate | CodedError)[]

const READ = new WeakMap<readonly Uint8Array[], ReadChain>()

/** Returns a chain's certificates; of the same array it is asked many times. */
export function readChain(chain: readonly Uint8Array[]): ReadChain {
  const known = READ.get(chain)
  if (known) return known
  const read = chain.map((der) => {
    try {
      return parseCertificate(der)
    } catch (error) {
      if (!isCodedError(error)) throw error
      return error
    }
  })
  READ.set(chain, read)
  return read
}

/** Returns those that could be read. */
export const readable = (chain: readonly Uint8Array[]): readonly Certificate[] =>
  readChain(chain).filter((each): each is Certificate => !(each instanceof CodedError))

/** Returns the certificate that a chain is presented for; null if there is none, or it cannot be read. */
export function ownOf(chain: readonly Uint8Array[]): Certificate | null {
  const [own] = readChain(chain)
  return own === undefined || own instanceof CodedError ? null : own
}
