import fc from 'fast-check'
import { isCodedError } from '../../src/errors.ts'

/** The number of runs, multiplied by FUZZ_RUNS if that is set. */
export const runs = (count: number): number => Math.ceil(count * Number(process.env['FUZZ_RUNS'] ?? 1))

/** Returns one of the seeds, truncated, with some octets changed or some bits flipped, or random octets. */
export function hostileOctets(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const seed = fc.constantFrom(...seeds)
  const place = fc.nat(0xffff)
  return fc.oneof(
    fc.tuple(seed, place).map(([bytes, length]) => bytes.slice(0, length % bytes.length)),
    fc
      .tuple(seed, place, fc.nat(7))
      .map(([bytes, at, bit]) => changed(bytes, at, (octet) => octet ^ (1 << bit))),
    fc
      .tuple(seed, fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 4 }))
      .map(([bytes, changes]) => changes.reduce((all, [at, octet]) => changed(all, at, () => octet), bytes)),
    fc.tuple(seed, place, place, place).map(([bytes, from, to, length]) => spliced(bytes, from, to, length)),
    fc.uint8Array({ maxLength: 64 }),
  )
}

function changed(bytes: Uint8Array, at: number, change: (octet: number) => number): Uint8Array {
  const copy = bytes.slice()
  copy[at % copy.length] = change(copy[at % copy.length]!)
  return copy
}

/** Copies a piece of the octets over another place. */
function spliced(bytes: Uint8Array, from: number, to: number, length: number): Uint8Array {
  const copy = bytes.slice()
  const start = from % copy.length
  copy.copyWithin(to % copy.length, start, start + (length % 32))
  return copy
}

/** Passes hostile octets to a parser: it must parse them or throw a CodedError, within a short time. */
export function feed(
  seeds: readonly Uint8Array[],
  parse: (bytes: Uint8Array) => unknown,
  count: number,
): void {
  fc.assert(
    fc.property(hostileOctets(seeds), (bytes) => {
      try {
        parse(bytes)
      } catch (error) {
        if (!isCodedError(error)) throw error
      }
    }),
    { numRuns: runs(count) },
  )
}
