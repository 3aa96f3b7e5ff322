import { bitString, integer, integerContent, nul, octetString, oid, seq } from '../../../der/writer.ts'
import { concat, hexOctets, hexOfNumber, bigIntOf } from '../../../octets.ts'
import type { Der } from '../../../der/writer.ts'
import { smallFactor } from '../../../lint/keys/arithmetic.ts'
import { random } from '../../../webcrypto/seal.ts'
import { KEY_OIDS, ALGORITHM_OIDS } from '../../../x509/oids.ts'

// Public keys that no browser makes. Nobody has their private halves: they stand in a certificate, and sign nothing.

/** A random number in the place of the modulus, with as many bits as said; `parameters` as they are written. */
export function rsaKey(bits: number, exponent: number, parameters: Uint8Array = nul()): Der {
  return rsaKeyOf(
    undivided(() => randomOdd(bits)),
    exponent,
    parameters,
  )
}

/** Drawn until no small number divides it, so that nothing is wrong but what is meant to be. */
export function undivided(draw: () => bigint): bigint {
  for (;;) {
    const modulus = draw()
    if (smallFactor(modulus) === null) return modulus
  }
}

/** A key with this modulus. */
export function rsaKeyOf(modulus: bigint, exponent = 65537, parameters: Uint8Array = nul()): Der {
  const octets = hexOctets(hexOfNumber(modulus))!
  // A sign of its own only where the first bit would be taken for one.
  const content = octets[0]! < 0x80 ? octets : concat([Uint8Array.of(0), octets])
  const key = seq(integerContent(content), integer(exponent))
  return seq(seq(oid(KEY_OIDS.rsaEncryption), parameters), bitString(key))
}

/** Odd, with so many bits. */
export function randomOdd(bits: number): bigint {
  const octets = random(bits / 8)
  octets[0]! |= 0x80
  return bigIntOf(octets) | 1n
}

/** Drawn until it has 2048 bits. */
function rsa2048(draw: () => bigint): Der {
  for (;;) {
    const modulus = draw()
    if (modulus.toString(2).length === 2048) return rsaKeyOf(modulus)
  }
}
/** A modulus that three divides. */
export const divisibleKey = (): Der => rsa2048(() => 3n * ((randomOdd(2048) >> 1n) | 1n))
/** Two factors side by side. */
export function closeKey(): Der {
  return rsa2048(() =>
    undivided(() => {
      const middle = randomOdd(1024) - 1n
      return middle * middle - 1n
    }),
  )
}
/** A power of 65537 modulo each prime that tells keys of the weak generator. */
export function weakGeneratorKey(): Der {
  const product =
    11n * 13n * 17n * 19n * 37n * 53n * 61n * 71n * 73n * 79n * 97n * 103n * 107n * 109n * 127n * 151n * 157n
  const spare = BigInt(2048 - product.toString(2).length)
  return rsa2048(() => undivided(() => 65537n + 2n * product * (randomOdd(2048) >> (2049n - spare))))
}
/** A point with one octet. */
export const noPoint = (): Der => seq(seq(oid(KEY_OIDS.ecPublicKey), oid(P256)), bitString(Uint8Array.of(0)))
export const anyPoint = (): Der => seq(seq(oid(KEY_OIDS.ecPublicKey), oid(P256)), bitString(point()))
/** A key that agrees on secrets and signs nothing. */
export const agreementKey = (): Der => seq(seq(oid(ALGORITHM_OIDS.X25519)), bitString(random(32)))

const NOTHING = new Uint8Array()
/** rsaEncryption without the NULL that RFC 3279 §2.3.1 asks for. */
export const rsaKeyWithoutParameters = (): Der => rsaKey(2048, 65537, NOTHING)

const point = (): Uint8Array => concat([Uint8Array.of(4), random(63), Uint8Array.of(0)])
const P256 = KEY_OIDS.secp256r1
const PRIME_FIELD = '1.2.840.10045.1.1'

/** A curve written out, where RFC 5480 §2.1.1 wants its name. */
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

/** A point whose last octet has seven bits. */
export const sevenBits = (): Der => seq(seq(oid(KEY_OIDS.ecPublicKey), oid(P256)), bitString(point(), 1))
