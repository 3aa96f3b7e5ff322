import {
  bitString,
  concat,
  integer,
  integerContent,
  nul,
  octetString,
  oid,
  seq,
} from '../../../der/writer.ts'
import type { Der } from '../../../der/writer.ts'
import { random } from '../../../webcrypto/seal.ts'
import { KEY_OIDS } from '../../../x509/oids.ts'

// Public keys that no browser makes. Nobody has their private halves: they stand in a certificate, and sign nothing.

/** Random octets in the place of the modulus, with as many bits as said; `parameters` as they are written. */
export function rsaKey(bits: number, exponent: number, parameters: Uint8Array = nul()): Der {
  const modulus = random(bits / 8)
  modulus[0]! |= 0x80
  modulus[modulus.length - 1]! |= 1
  const key = seq(integerContent(concat([Uint8Array.of(0), modulus])), integer(exponent))
  return seq(seq(oid(KEY_OIDS.rsaEncryption), parameters), bitString(key))
}

const NOTHING = new Uint8Array()
/** rsaEncryption without the NULL that RFC 3279 §2.3.1 asks for. */
export const rsaKeyWithoutParameters = (): Der => rsaKey(2048, 65537, NOTHING)

const point = (): Uint8Array => concat([Uint8Array.of(4), random(63), Uint8Array.of(0)])
const P256 = '1.2.840.10045.3.1.7'
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
