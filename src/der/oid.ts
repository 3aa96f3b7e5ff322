/** OBJECT IDENTIFIERs (X.690 §8.19): dotted text ↔ content octets. */

/** Far longer than any registered identifier; bounds the work on a hostile one. */
const MAX_OCTETS = 64

/** A small hash-indexed cache: few distinct identifiers occur, many times each. */
const CACHE_SLOTS = 1024
interface Known {
  readonly octets: Uint8Array
  readonly text: string
}
const cache: (Known | undefined)[] = Array.from({ length: CACHE_SLOTS }, () => undefined)

/** Returns the dotted text of the content octets bytes[start, end), or null if they are not a DER object identifier. */
export function readOid(bytes: Uint8Array, start: number, end: number): string | null {
  const length = end - start
  if (length === 0 || length > MAX_OCTETS || bytes[end - 1]! >= 0x80) return null
  let hash = length
  for (let i = start; i < end; i++) hash = (hash * 31 + bytes[i]!) & 0x3fffffff
  const slot = hash % CACHE_SLOTS
  const known = cache[slot]
  if (known?.octets.length === length && sameOctets(known.octets, bytes, start)) return known.text
  const text = decode(bytes, start, end)
  if (text !== null) cache[slot] = { octets: bytes.slice(start, end), text }
  return text
}

/** Engines compare the names of properties by their addresses: identifiers are compared far more often than read. */
const interned = (text: string): string => Object.keys({ [text]: null })[0]!

function sameOctets(known: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false
  return true
}

function decode(bytes: Uint8Array, start: number, end: number): string | null {
  const arcs: string[] = []
  let at = start
  while (at < end) {
    if (bytes[at] === 0x80) return null // a padded arc (§8.19.2)
    let arc = 0n
    let octet: number
    do {
      octet = bytes[at]!
      at += 1
      arc = (arc << 7n) | BigInt(octet & 0x7f)
    } while (octet >= 0x80 && at < end)
    if (arcs.length === 0) {
      const root = arc < 40n ? 0n : arc < 80n ? 1n : 2n
      arcs.push(root.toString(), (arc - root * 40n).toString())
    } else arcs.push(arc.toString())
  }
  return interned(arcs.join('.'))
}

/** Returns the content octets of a dotted identifier, or null if the text is not one. */
export function oidOctets(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[0-2](\.(0|[1-9]\d{0,38}))+$/.test(text)) return null
  const [root, second, ...rest] = text.split('.').map(BigInt)
  if (root === undefined || second === undefined || (root < 2n && second >= 40n)) return null
  const out: number[] = []
  for (const arc of [root * 40n + second, ...rest]) {
    const septets = [Number(arc & 0x7fn)]
    for (let left = arc >> 7n; left > 0n; left >>= 7n) septets.unshift(Number(left & 0x7fn) | 0x80)
    out.push(...septets)
  }
  return out.length > MAX_OCTETS ? null : Uint8Array.from(out)
}
