import { bitString, integer, integerContent, nul, octetString, oid, seq } from '../../../der/writer.ts'
import { concat, hexOctets, hexOfNumber, bigIntOf } from '../../../octets.ts'
import type { Der } from '../../../der/writer.ts'
import { smallFactor } from '../../../lint/keys/arithmetic.ts'
import { random } from '../../../webcrypto/seal.ts'
import { KEY_OIDS, ALGORITHM_OIDS } from '../../../x509/oids.ts'

// Public keys that no browser generates. They have no private halves, and sign nothing.

/** Returns a key with a random number of this many bits as modulus; `parameters` is written verbatim. */
export function rsaKey(bits: number, exponent: number | bigint, parameters: Uint8Array = nul()): Der {
  return rsaKeyOf(
    undivided(() => randomOdd(bits)),
    exponent,
    parameters,
  )
}

/** Redraws until no small prime divides it, so that only the intended fault is present. */
export function undivided(draw: () => bigint): bigint {
  for (;;) {
    const modulus = draw()
    if (smallFactor(modulus) === null) return modulus
  }
}

/** Returns a key with this modulus. */
export function rsaKeyOf(
  modulus: bigint,
  exponent: number | bigint = 65537,
  parameters: Uint8Array = nul(),
): Der {
  const octets = hexOctets(hexOfNumber(modulus))!
  // Prepends a zero octet only if the first bit would be taken for the sign.
  const content = octets[0]! < 0x80 ? octets : concat([Uint8Array.of(0), octets])
  const key = seq(integerContent(content), integer(exponent))
  return seq(seq(oid(KEY_OIDS.rsaEncryption), parameters), bitString(key))
}

/** Returns an odd number of this many bits. */
export function randomOdd(bits: number): bigint {
  const octets = random(bits / 8)
  octets[0]! |= 0x80
  return bigIntOf(octets) | 1n
}

/** Redraws until it has 2048 bits. */
function rsa2048(draw: () => bigint): Der {
  for (;;) {
    const modulus = draw()
    if (modulus.toString(2).length === 2048) return rsaKeyOf(modulus)
  }
}
/** Returns a key whose modulus is divisible by three. */
export const divisibleKey = (): Der => rsa2048(() => 3n * ((randomOdd(2048) >> 1n) | 1n))
/** Returns a key whose two factors are close together. */
export function closeKey(): Der {
  return rsa2048(() =>
    undivided(() => {
      const middle = randomOdd(1024) - 1n
      return middle * middle - 1n
    }),
  )
}
/** Returns a key whose modulus is a power of 65537 modulo each prime by which the weak generator is detected. */
export function weakGeneratorKey(): Der {
  const product =
    11n * 13n * 17n * 19n * 37n * 53n * 61n * 71n * 73n * 79n * 97n * 103n * 107n * 109n * 127n * 151n * 157n
  const spare = BigInt(2048 - product.toString(2).length)
  return rsa2048(() => undivided(() => 65537n + 2n * product * (randomOdd(2048) >> (2049n - spare))))
}
/** Returns a key whose modulus is the largest prime of 2048 bits. */
export const primeKey = (): Der => rsaKeyOf(2n ** 2048n - 1942289n)
/** Returns a key whose point has one octet. */
export const noPoint = (): Der => seq(seq(oid(KEY_OIDS.ecPublicKey), oid(P256)), bitString(Uint8Array.of(0)))
export const anyPoint = (): Der => seq(seq(oid(KEY_OIDS.ecPublicKey), oid(P256)), bitString(point()))
/** Returns a key-agreement key, which signs nothing. */
export const agreementKey = (): Der => seq(seq(oid(ALGORITHM_OIDS.X25519)), bitString(random(32)))

const NOTHING = new Uint8Array()
/** rsaEncryption without the NULL that RFC 3279 §2.3.1 requires. */
export const rsaKeyWithoutParameters = (): Der => rsaKey(2048, 65537, NOTHING)

const point = (): Uint8Array => concat([Uint8Array.of(4), random(63), Uint8Array.of(0)])
const P256 = KEY_OIDS.secp256r1
const PRIME_FIELD = '1.2.840.10045.1.1'

/** Returns a key with explicit curve parameters; RFC 5480 §2.1.1 requires a named curve. */
export const explicitCurve = (): Der =>
  seq(
    seq(
      oid(KEY_OIDS.ecPublicKey),
      seq(
        integer(1),
        seq(oid(PRIME_FIELD), integer(23)),
        seq(octetString(random(1)), octetString(random(1))),
      ),
    ),
    bitString(point()),
  )

/** Returns a point whose last octet has seven bits. */
export const sevenBits = (): Der => seq(seq(oid(KEY_OIDS.ecPublicKey), oid(P256)), bitString(point(), 1))
