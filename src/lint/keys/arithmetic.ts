/** Checks of a public key by arithmetic alone, fast enough to run before every signature. */

/** BR §6.1.6, SP 800-89 §5.3.3: no prime below 752 divides a modulus. */
const SMALL_PRIMES: readonly bigint[] = primesBelow(752)
const PRODUCT = SMALL_PRIMES.reduce((product, prime) => product * prime, 1n)

/** Returns the smallest prime below 752 that divides `n`, or null. One division by their product comes first. */
export function smallFactor(n: bigint): bigint | null {
  const rest = n % PRODUCT
  return SMALL_PRIMES.find((prime) => rest % prime === 0n) ?? null
}

function primesBelow(limit: number): bigint[] {
  const primes: number[] = []
  for (let n = 2; n < limit; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes.map(BigInt)
}

/** Rounds of Fermat's method: adjacent primes from a broken generator are found in the first few. */
const FERMAT_ROUNDS = 100

/** Whether `n` is the product of two primes so close that Fermat's method finds them (CVE-2022-26320). */
export function hasClosePrimes(n: bigint): boolean {
  if (n % 2n === 0n) return false
  let a = squareRoot(n)
  if (a * a < n) a += 1n
  for (let round = 0; round < FERMAT_ROUNDS; round++, a += 1n) if (isSquare(a * a - n)) return true
  return false
}

/** Remainders of squares modulo 64 and a few small numbers: they rule out most non-squares without computing a root. */
const SIEVES = [64n, 63n, 65n, 11n].map((modulus) => {
  const squares = new Set<bigint>()
  for (let i = 0n; i < modulus; i++) squares.add((i * i) % modulus)
  return { modulus, squares }
})

function isSquare(n: bigint): boolean {
  if (n < 0n || SIEVES.some(({ modulus, squares }) => !squares.has(n % modulus))) return false
  const root = squareRoot(n)
  return root * root === n
}

/** Newton's method, from above. */
function squareRoot(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt((n.toString(16).length * 4 + 1) >> 1)
  for (let next = (x + n / x) >> 1n; next < x; next = (x + n / x) >> 1n) x = next
  return x
}

/** Primes modulo which keys of one broken generator are powers of 65537, and few others are (CVE-2017-15361). */
const ROCA_PRIMES = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157]
const ROCA = ROCA_PRIMES.map((prime) => {
  const powers = new Set<number>()
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power)
  return { prime: BigInt(prime), powers }
})

/** Whether the modulus has the fingerprint of those keys; about one in 2^27 other keys has it by chance. */
export const isRoca = (n: bigint): boolean => ROCA.every(({ prime, powers }) => powers.has(Number(n % prime)))

/**
 * Whether `n` passes Fermat's test to the base 2, so that it is almost certainly prime: no modulus is (RFC 8017 §3.1),
 * and anyone can compute the private key for one.
 */
export function isPrimeLike(n: bigint): boolean {
  if (n % 2n === 0n) return false
  let result = 1n
  // From the highest bit, so that each multiplication by the base is a shift.
  for (const bit of (n - 1n).toString(2)) {
    result = (result * result) % n
    if (bit === '1') result = result << 1n >= n ? (result << 1n) - n : result << 1n
  }
  return result === 1n
}
