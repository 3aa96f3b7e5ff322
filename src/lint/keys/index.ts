import { keyTypeName } from '../key-facts.ts'
import { hasClosePrimes, isPrimeLike, isRoca, smallFactor } from './arithmetic.ts'
import { isOffCurve } from './curves.ts'
import { bigIntOf } from '../../octets.ts'
import { KEY_SIZE_RULES } from './size.ts'
import { always, breach, listed } from '../rule.ts'
import type { Rule } from '../rule.ts'
import type { Finding, FindingCode, FindingDetails } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { lint } from '../lint.ts'
import type { RsaPublicKey, Spki } from '../../x509/spki.ts'
import { isMalformedKey } from '../../x509/spki.ts'

// The key is the only part of a certificate that its owner generated, and nobody else checks it: it is checked before
// each signature, and for being broken in every validation.

/** A rule about any key. */
const ofKey = <C extends FindingCode>(
  code: C,
  check: (spki: Spki) => readonly FindingDetails[C][],
): Rule<C> => ({
  code,
  applies: always,
  check: ({ spki }) => check(spki),
})

/** A rule about RSA keys. */
const ofRsa = <C extends FindingCode>(
  code: C,
  check: (rsa: RsaPublicKey) => readonly FindingDetails[C][],
): Rule<C> => ({
  code,
  applies: ({ spki }) => spki.rsa !== null,
  check: ({ spki }) => (spki.rsa ? check(spki.rsa) : []),
})

const COMMON_EXPONENT = 65537n
/** Beyond this a smart card takes seconds to sign, and many do not support it. */
const LONG = 4096

const keyMalformed = ofKey('key-malformed', (spki) =>
  isMalformedKey(spki) ? [{ algorithm: keyTypeName(spki) }] : [],
)
const keyNotOnCurve = ofKey('key-not-on-curve', (spki) => breach(!isMalformedKey(spki) && isOffCurve(spki)))
const keyKindUnchecked = ofKey('key-kind-unchecked', (spki) =>
  spki.keyType === null && spki.rsa === null && !isMalformedKey(spki)
    ? [{ algorithm: keyTypeName(spki) }]
    : [],
)
/** RFC 8017 §3.1: odd, at least 3, and below the modulus. */
const rsaExponentUnusable = ofRsa('rsa-exponent-unusable', ({ exponent, modulus }) =>
  exponent < 3n || exponent % 2n === 0n || exponent >= bigIntOf(modulus)
    ? [{ exponent: shown(exponent) }]
    : [],
)
/** A number too long to read is described by its length. */
const shown = (exponent: bigint): string =>
  exponent < 2n ** 64n ? String(exponent) : `a number of ${String(exponent.toString(2).length)} bits`
const rsaExponentSmall = ofRsa('rsa-exponent-small', ({ exponent }) =>
  exponent >= 3n && exponent % 2n === 1n && exponent < COMMON_EXPONENT
    ? [{ exponent: String(exponent) }]
    : [],
)
/** FIPS 186-5 §5.1 has a limit of 256 bits; Go reads no exponent of more than 63. */
const rsaExponentLarge = ofRsa('rsa-exponent-large', ({ exponent, modulus }) =>
  exponent >= 2n ** 63n && exponent % 2n === 1n && exponent < bigIntOf(modulus)
    ? [{ exponent: shown(exponent) }]
    : [],
)
const rsaModulusPrime = ofRsa('rsa-modulus-prime', ({ modulus, modulusBits }) =>
  // Longer ones would take seconds.
  breach(modulusBits <= LONG && isPrimeLike(bigIntOf(modulus))),
)
const rsaSmallFactor = ofRsa('rsa-small-factor', ({ modulus }) => {
  const factor = smallFactor(bigIntOf(modulus))
  return factor === null ? [] : [{ factor: String(factor) }]
})
const rsaClosePrimes = ofRsa('rsa-close-primes', ({ modulus }) => breach(hasClosePrimes(bigIntOf(modulus))))
const rsaWeakGenerator = ofRsa('rsa-weak-generator', ({ modulus }) => breach(isRoca(bigIntOf(modulus))))
const rsaBitsOdd = ofRsa('rsa-bits-odd', ({ modulusBits: bits }) => (bits % 8 === 0 ? [] : [{ bits }]))
const rsaLong = ofRsa('rsa-long', ({ modulusBits: bits }) => (bits > LONG ? [{ bits }] : []))

/** Keys that anyone or nobody can sign with: their signatures prove nothing, regardless of the issuer. */
export const MALFORMED_KEY_RULES = listed([keyMalformed, rsaExponentUnusable])
/** The same, by arithmetic that costs as much as a signature. */
export const KEY_ARITHMETIC_RULES = listed([keyNotOnCurve, rsaSmallFactor, rsaClosePrimes, rsaWeakGenerator])

/** For every key to be certified, regardless of who generated it: rules that read only the key. */
export const KEY_RULES = [
  ...KEY_SIZE_RULES.filter(({ code }) => code !== 'ec-parameters-not-named'),
  ...MALFORMED_KEY_RULES,
  ...KEY_ARITHMETIC_RULES,
  ...listed([keyKindUnchecked, rsaExponentSmall, rsaExponentLarge, rsaModulusPrime, rsaBitsOdd, rsaLong]),
]

/** Returns the faults of a key before there is a certificate for it. */
export function keyFindings(spki: Spki): Finding[] {
  // Rules about keys read nothing else of a certificate.
  const bearer = { spki, extensions: [] as const } as unknown as Certificate
  return lint(bearer, KEY_RULES, { place: 'target', issuedAt: new Date(0), issuer: null })
}
