import { parseWhole } from '../../src/der/reader.ts'
import { bitString, seq, type Der } from '../../src/der/writer.ts'

/** A certificate, list or request in its three parts. */
interface SignedParts {
  readonly tbs: Uint8Array
  readonly algorithm: Uint8Array
  readonly signature: Uint8Array
  readonly unusedBits: number
}

/** Returns a signed object with parts of it changed; nothing is signed again. */
export function withParts(der: Uint8Array, change: (parts: SignedParts) => Partial<SignedParts>): Der {
  const parts = parseWhole(der, (reader) => {
    const fields = reader.sequence()
    const [tbs, algorithm] = [fields.element(), fields.element()]
    const { bytes: signature, unusedBits } = fields.bitString()
    fields.finish()
    return { tbs, algorithm, signature, unusedBits }
  })
  const { tbs, algorithm, signature, unusedBits } = { ...parts, ...change(parts) }
  return seq(tbs, algorithm, bitString(signature, unusedBits))
}
