import { bigIntOf } from '../../octets.ts'
import { KEY_OIDS, ALGORITHM_OIDS } from '../../x509/oids.ts'
import { namedCurve, type Spki } from '../../x509/spki.ts'

/** y² = x³ + ax + b over the field of p elements. */
interface Curve {
  readonly p: bigint
  readonly a: bigint
  readonly b: bigint
}

const nist = (p: bigint, b: bigint): Curve => ({ p, a: -3n, b })

/** FIPS 186-4 App. D.1.2; SEC 2 §2.4.1; RFC 5639 §3. */
const CURVES: Readonly<Record<string, Curve>> = {
  [ALGORITHM_OIDS.secp192r1]: nist(
    2n ** 192n - 2n ** 64n - 1n,
    0x64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1n,
  ),
  [ALGORITHM_OIDS.secp224r1]: nist(
    2n ** 224n - 2n ** 96n + 1n,
    0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  ),
  [KEY_OIDS.secp256r1]: nist(
    2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  ),
  [KEY_OIDS.secp384r1]: nist(
    2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  ),
  [KEY_OIDS.secp521r1]: nist(
    2n ** 521n - 1n,
    0x051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  ),
  [ALGORITHM_OIDS.secp256k1]: { p: 2n ** 256n - 2n ** 32n - 977n, a: 0n, b: 7n },
  [ALGORITHM_OIDS.brainpoolP256r1]: {
    p: 0xa9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377n,
    a: 0x7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9n,
    b: 0x26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6n,
  },
  [ALGORITHM_OIDS.brainpoolP384r1]: {
    p: 0x8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71874700133107ec53n,
    a: 0x7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a503ad4eb04a8c7dd22ce2826n,
    b: 0x04a8c7dd22ce28268b39b55416f0447c2fb77de107dcd2a62e880ea53eeb62d57cb4390295dbc9943ab78696fa504c11n,
  },
  [ALGORITHM_OIDS.brainpoolP512r1]: {
    p: 0xaadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3n,
    a: 0x7830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94can,
    b: 0x3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94cadc083e67984050b75ebae5dd2809bd638016f723n,
  },
}

/**
 * Whether a key is certainly not a point of its curve, or one that every signature verifies with (SP 800-56A
 * §5.6.2.3); false for curves whose parameters are not here, and for keys of another form.
 */
export function isOffCurve(spki: Spki): boolean {
  const { algorithm, publicKey } = spki
  if (spki.keyType === 'ed25519') return !isEd25519Point(publicKey)
  if (algorithm.oid !== KEY_OIDS.ecPublicKey) return false
  const curve = CURVES[namedCurve(algorithm.parameters) ?? '']
  return curve !== undefined && !isOnCurve(curve, publicKey)
}

/** An uncompressed point, or a compressed one (RFC 5480 §2.2): its y exists if the right side is a square. */
function isOnCurve({ p, a, b }: Curve, point: Uint8Array): boolean {
  const compressed = point[0] !== 4
  const half = compressed ? point.length - 1 : (point.length - 1) / 2
  const x = bigIntOf(point.subarray(1, 1 + half))
  const right = modulo(x * x * x + a * x + b, p)
  if (compressed) return x < p && (right === 0n || power(right, (p - 1n) >> 1n, p) === 1n)
  const y = bigIntOf(point.subarray(1 + half))
  return x < p && y < p && modulo(y * y - right, p) === 0n
}

const ED = 2n ** 255n - 19n
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n
/** The y of the points whose order divides 8 (RFC 7748 §6.1): with such a key, anyone can sign. */
const SMALL_ORDER: readonly bigint[] = [
  0n,
  1n,
  ED - 1n,
  0x5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]

/** RFC 8032 §5.1.3, and not of small order. */
function isEd25519Point(publicKey: Uint8Array): boolean {
  const octets = Uint8Array.from(publicKey).reverse()
  octets[0]! &= 0x7f
  const y = bigIntOf(octets)
  if (y >= ED || SMALL_ORDER.includes(y)) return false
  const square = modulo((y * y - 1n) * (D * y * y + 1n), ED)
  // u/v is a square exactly if uv is.
  return power(square, (ED - 1n) >> 1n, ED) === 1n
}

const modulo = (n: bigint, p: bigint): bigint => ((n % p) + p) % p

/** Returns base to the exponent, modulo `modulus`. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square, rest] = [1n, base % modulus, exponent]
  for (; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}
