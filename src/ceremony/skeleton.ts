/**
 * What is signed without what belongs to its keys: the octets under a signature with holes where serial numbers, public
 * keys and identifiers of keys are. Two objects of the same plan, made with other keys, are the same outside the holes.
 */
import { hexOf } from '../octets.ts'
import { sha256Hex } from '../webcrypto/signature.ts'
import { fieldsOf, type Field, type Hole, type ObjectKind } from './tbs-fields.ts'

export interface Skeleton {
  readonly kind: ObjectKind
  /** Octets under the signature. */
  readonly length: number
  /** In order; offsets count from the first octet under the signature, which is its tag. */
  readonly holes: readonly Hole[]
  /** SHA-256, in lower-case hex, of these octets with zeros in every hole. */
  readonly masked: string
}

/** Where two objects are not the same outside their holes. */
export interface Difference {
  /** As RFC 5280 and RFC 6960 call it: `validity.notAfter`, `extensions.keyUsage`. */
  readonly field: string
  /** Of the first octet that differs, in each. */
  readonly expectedAt: number
  readonly actualAt: number
  /** What the field has from there, in hex: at most 32 octets, none if it ends there. */
  readonly expected: string
  readonly actual: string
}

const SHOWN = 32

/** Returns the skeleton of what is to be signed, or was. Throws a CodedError with the offset if it is not DER of that kind. */
export async function skeletonOf(kind: ObjectKind, tbs: Uint8Array): Promise<Skeleton> {
  const { holes } = fieldsOf(kind, tbs)
  return { kind, length: tbs.length, holes, masked: await sha256Hex(masked(tbs, holes)) }
}

/** Returns a copy with zeros in every hole. */
export function masked(tbs: Uint8Array, holes: readonly Hole[]): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(tbs)
  for (const { offset, length } of holes) copy.fill(0, offset, offset + length)
  return copy
}

/**
 * Returns where `actual` first differs from `expected` outside the holes; null if it does not. Fields are compared one
 * by one, so that a field of another length is named itself, not the lengths of what is around it.
 */
export function differenceOf(kind: ObjectKind, expected: Uint8Array, actual: Uint8Array): Difference | null {
  const [ours, theirs] = [fieldsOf(kind, expected), fieldsOf(kind, actual)]
  const [a, b] = [masked(expected, ours.holes), masked(actual, theirs.holes)]
  const count = Math.max(ours.fields.length, theirs.fields.length)
  for (let i = 0; i < count; i++) {
    const [one, other] = [ours.fields[i], theirs.fields[i]]
    const found = fieldDifference(a, one, b, other)
    if (found)
      return one && other && one.name !== other.name ? { ...found, field: oddOne(one, other) } : found
  }
  const at = firstDifference(a, b)
  return at === null ? null : described('', a.subarray(at), at, b.subarray(at), at)

  /** A field that was added is called by its own name, and one that is missing by its own. */
  function oddOne(one: Field, other: Field): string {
    return ours.fields.some(({ name }) => name === other.name) ? one.name : other.name
  }
}

function fieldDifference(
  a: Uint8Array,
  one: Field | undefined,
  b: Uint8Array,
  other: Field | undefined,
): Difference | null {
  const expected = one ? a.subarray(one.offset, one.offset + one.length) : new Uint8Array()
  const actual = other ? b.subarray(other.offset, other.offset + other.length) : new Uint8Array()
  const at = firstDifference(expected, actual)
  if (at === null) return null
  return described(
    (one ?? other)!.name,
    expected.subarray(at),
    (one?.offset ?? a.length) + at,
    actual.subarray(at),
    (other?.offset ?? b.length) + at,
  )
}

const described = (
  field: string,
  expected: Uint8Array,
  expectedAt: number,
  actual: Uint8Array,
  actualAt: number,
): Difference => ({
  field,
  expectedAt,
  actualAt,
  expected: hexOf(expected.subarray(0, SHOWN)),
  actual: hexOf(actual.subarray(0, SHOWN)),
})

function firstDifference(a: Uint8Array, b: Uint8Array): number | null {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i
  return a.length === b.length ? null : length
}

/**
 * The file that verify.sh reads: a line for each object, sorted by file name, with the octets under the signature, the
 * masked SHA-256, and each hole as offset+length.
 */
export function skeletonsText(
  objects: readonly { readonly file: string; readonly skeleton: Skeleton }[],
): string {
  const lines = objects.map(({ file, skeleton: { kind, length, masked, holes } }) =>
    [file, kind, length, masked, ...holes.map(({ offset, length }) => `${offset}+${length}`)].join(' '),
  )
  return lines
    .sort()
    .map((line) => `${line}\n`)
    .join('')
}
