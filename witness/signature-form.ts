/** Whether a signature has the form that its algorithm prescribes: of one that has not, no key can be said to fail. */
import { Integer, Sequence, fromBER } from 'asn1js'
import { EC, RSA, RSA_PSS, SIGNATURES } from './names.ts'
import type { KeyFacts, SignedFacts } from './read.ts'
import { count } from './text.ts'

/** Returns what is wrong with a signature whoever made it, in words; null if nothing. */
export function malformation({ signature, algorithm, innerOid }: SignedFacts): string | null {
  // RFC 5280 §4.1.1.2: the algorithm beside the signature equals the one under it.
  if (innerOid !== null && innerOid !== algorithm.algorithmId)
    return 'the algorithm named beside it is not the one named in what is signed'
  const { unusedBits, valueHexView: octets } = signature.valueBlock
  if (octets.length === 0) return 'it is empty'
  if (unusedBits !== 0) return 'its number of bits is not a multiple of eight'
  if (SIGNATURES[algorithm.algorithmId]?.key === EC && !integersOf(octets))
    return 'it is not two positive numbers in DER, as ECDSA has it (RFC 3279 §2.2.3)'
  return null
}

/** Returns why a signature cannot have been made with a key, whatever was signed, in words; null if it can. */
export function misfit({ signature }: SignedFacts, { oid, bits }: KeyFacts): string | null {
  if (bits === null) return null
  const octets = signature.valueBlock.valueHexView
  const length = Math.ceil(bits / 8)
  // RFC 8017 §8.2.2: as long as the modulus.
  if ((oid === RSA || oid === RSA_PSS) && octets.length !== length)
    return `it has ${count(octets.length, 'octet')}, and one made with this key has ${count(length, 'octet')}`
  if (oid === EC && integersOf(octets)?.some((number) => number.length > length))
    return 'its numbers are larger than those of this key’s curve'
  return null
}

/** The two numbers of an ECDSA signature without leading zeros; null if it is anything else. */
function integersOf(octets: Uint8Array): Uint8Array[] | null {
  const { result, offset } = fromBER(octets.slice(), { maxDepth: 2, maxNodes: 3 })
  if (offset !== octets.length || !(result instanceof Sequence)) return null
  const contents = result.valueBlock.value.map((field) =>
    field instanceof Integer ? field.valueBlock.valueHexView : null,
  )
  const [r, s, more] = contents
  if (!r || !s || more !== undefined || ![r, s].every(isPositive)) return null
  const body = [...tlv(0x02, r), ...tlv(0x02, s)]
  // BER has other ways to write the same; DER has one.
  if (tlv(0x30, body).some((octet, i) => octet !== octets[i])) return null
  return [r, s].map((content) => (content[0] === 0 ? content.subarray(1) : content))
}

/** Above zero, in the fewest octets (X.690 §8.3.2). */
function isPositive(content: Uint8Array): boolean {
  const [first, second = 0] = content
  if (first === undefined || first >= 0x80) return false
  return first > 0 || second >= 0x80
}

const tlv = (tag: number, content: ArrayLike<number>): number[] => [
  tag,
  ...(content.length < 0x80 ? [content.length] : [0x81, content.length]),
  ...Array.from(content),
]
