import { TAG } from '../der/reader.ts'
import { tlv, tlvHeader } from '../der/writer.ts'
import { concat } from '../octets.ts'
import { CodedError } from '../errors.ts'
import { CONTAINER_LIMITS, type ContainerLimits } from './limits.ts'

/**
 * Containers may be BER (NSS writes PKCS#12 with indefinite lengths, Windows too). toDer() rewrites indefinite lengths
 * and constructed OCTET STRINGs (X.690 §8.1.3.6, §8.7) and nothing else, so that a certificate inside keeps its octets
 * and der/reader.ts can parse the rest strictly.
 */
export function toDer(bytes: Uint8Array, limits: ContainerLimits = CONTAINER_LIMITS): Uint8Array {
  if (bytes.length > limits.size)
    throw new CodedError('der-too-large', { size: bytes.length, limit: limits.size })
  const rewriter = new Rewriter(bytes, limits)
  const { parts, next } = rewriter.value(0, bytes.length, 0)
  if (next !== bytes.length)
    throw new CodedError('der-trailing-data', { offset: next, length: bytes.length - next })
  return parts ?? bytes
}

/**
 * Returns the length in octets of the BER value at the start of `bytes`; indefinite lengths are followed to their end.
 */
export function berLength(bytes: Uint8Array, limits: ContainerLimits = CONTAINER_LIMITS): number {
  return new Rewriter(bytes, limits).value(0, bytes.length, 0).next
}

interface Rewritten {
  /** The rewritten octets, or null if the value is unchanged. */
  readonly parts: Uint8Array | null
  readonly next: number
}

interface Header {
  readonly tag: number
  readonly content: number
  /** −1: indefinite. */
  readonly end: number
}

const CONSTRUCTED = 0x20
const OCTETS_IN_PIECES = TAG.OCTET_STRING | CONSTRUCTED

class Rewriter {
  readonly #bytes: Uint8Array
  readonly #limits: ContainerLimits
  #count = 0

  constructor(bytes: Uint8Array, limits: ContainerLimits) {
    this.#bytes = bytes
    this.#limits = limits
  }

  value(start: number, limit: number, depth: number): Rewritten {
    if (depth > this.#limits.depth)
      throw new CodedError('der-too-deep', { offset: start, limit: this.#limits.depth })
    this.#count += 1
    if (this.#count > this.#limits.count)
      throw new CodedError('der-too-many', { offset: start, limit: this.#limits.count })
    const { tag, content, end } = this.#header(start, limit)
    if (end >= 0 && !(tag & CONSTRUCTED)) return { parts: null, next: end }
    if (!(tag & CONSTRUCTED)) throw new CodedError('der-length-indefinite', { offset: start + 1 })
    return this.#constructed(start, tag, content, end, limit, depth)
  }

  #constructed(
    start: number,
    tag: number,
    content: number,
    end: number,
    limit: number,
    depth: number,
  ): Rewritten {
    const stop = end < 0 ? limit : end
    const children: Uint8Array[] = []
    let changed = end < 0 || tag === OCTETS_IN_PIECES
    let at = content
    while (end < 0 ? !this.#endOfContents(at, stop) : at < stop) {
      const { parts, next } = this.value(at, stop, depth + 1)
      changed ||= parts !== null
      children.push(parts ?? this.#bytes.subarray(at, next))
      at = next
    }
    const next = end < 0 ? at + 2 : end
    if (!changed) return { parts: null, next }
    if (tag === OCTETS_IN_PIECES) return { parts: joinOctets(children, start), next }
    return { parts: tlv(tag, ...many(children)), next }
  }

  #endOfContents(at: number, limit: number): boolean {
    if (at + 2 > limit) throw new CodedError('der-truncated', { offset: at, need: 2, have: limit - at })
    return this.#bytes[at] === 0 && this.#bytes[at + 1] === 0
  }

  #header(start: number, limit: number): Header {
    const bytes = this.#bytes
    if (start + 2 > limit)
      throw new CodedError('der-truncated', { offset: start, need: 2, have: limit - start })
    const tag = bytes[start]!
    if ((tag & 0x1f) === 0x1f) throw new CodedError('der-high-tag-number', { offset: start })
    const first = bytes[start + 1]!
    if (first === 0x80) return { tag, content: start + 2, end: -1 }
    const octets = first < 0x80 ? 0 : first & 0x7f
    if (octets > 4) throw new CodedError('der-length-too-large', { offset: start + 1 })
    const content = start + 2 + octets
    if (content > limit)
      throw new CodedError('der-truncated', { offset: start + 2, need: octets, have: limit - start - 2 })
    let length = octets === 0 ? first : 0
    for (let i = start + 2; i < content; i++) length = length * 256 + bytes[i]!
    if (length > limit - content)
      throw new CodedError('der-truncated', { offset: content, need: length, have: limit - content })
    return { tag, content, end: content + length }
  }
}

/** Join first: spreading a long list as arguments overflows the stack. */
function many(children: readonly Uint8Array[]): readonly Uint8Array[] {
  return children.length < 1000 ? children : [concat(children)]
}

/** Makes one OCTET STRING from the pieces of a constructed one; each piece is already primitive. */
function joinOctets(pieces: readonly Uint8Array[], offset: number): Uint8Array {
  const contents = pieces.map((piece) => {
    if (piece[0] !== TAG.OCTET_STRING)
      throw new CodedError('der-unexpected-tag', {
        offset,
        expected: TAG.OCTET_STRING,
        actual: piece[0] ?? -1,
      })
    const octets = piece[1]!
    return piece.subarray(2 + (octets < 0x80 ? 0 : octets & 0x7f))
  })
  const joined = concat(contents)
  return concat([tlvHeader(TAG.OCTET_STRING, joined.length), joined])
}
