import { TAG } from '../../der/reader.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import type { Attribute, Name } from '../../x509/name.ts'
import { EKU_OIDS } from '../../x509/oids.ts'
import { sameOctets } from '../../octets.ts'

/** Certificates of one name, with the name as one of them encodes it. */
interface Namesakes {
  readonly name: Name
  readonly certificates: readonly Certificate[]
}

const NOBODY: readonly Certificate[] = []

export const isResponder = ({ extKeyUsage }: Certificate): boolean =>
  extKeyUsage?.includes(EKU_OIDS.OCSPSigning) === true

/**
 * Certificates by subject (RFC 5280 §7.1). A pile may hold ten thousand unrelated certificates, whose names are never
 * prepared for comparison: a hash over letters and digits, which is the same for equal names, rules them out.
 */
export class Subjects {
  readonly #all: readonly Certificate[]
  #bySum: Map<number, Certificate[]> | null = null
  /** Certificates whose subject may change its letters in preparation: always compared. */
  #unsummed: Certificate[] = []
  /** Names found before, by hash; misses are not cached. */
  readonly #found = new Map<number | null, Namesakes[]>()

  #responders: readonly Certificate[] | null = null

  /** If encodings are identical, the first counts. */
  constructor(all: readonly Certificate[]) {
    this.#all = all
  }

  /** Returns those with this subject, each once, in the order given: the same array each time. */
  named(name: Name): readonly Certificate[] {
    const sum = sumOf(name)
    let found = this.#found.get(sum)
    for (const one of found ?? []) if (namesMatch(one.name, name)) return one.certificates
    const certificates = this.#find(name, sum)
    if (certificates.length === 0) return NOBODY
    if (found === undefined) this.#found.set(sum, (found = []))
    found.push({ name: certificates[0]!.subject, certificates })
    return certificates
  }

  /** Returns those with OCSPSigning among their purposes, each once. */
  get responders(): readonly Certificate[] {
    return (this.#responders ??= distinct(this.#all.filter(isResponder)))
  }

  #find(name: Name, sum: number | null): readonly Certificate[] {
    const bySum = (this.#bySum ??= this.#sumAll())
    const candidates = sum === null ? this.#all : [...(bySum.get(sum) ?? []), ...this.#unsummed]
    return distinct(candidates.filter(({ subject }) => namesMatch(subject, name)))
  }

  #sumAll(): Map<number, Certificate[]> {
    const bySum = new Map<number, Certificate[]>()
    for (const certificate of this.#all) {
      const sum = sumOf(certificate.subject)
      const others = sum === null ? this.#unsummed : bySum.get(sum)
      if (others !== undefined) others.push(certificate)
      else bySum.set(sum!, [certificate])
    }
    return bySum
  }
}

/** Removes duplicates of a certificate, CRL or response; only those whose last octets agree are compared. */
export function distinct<T extends { readonly der: Uint8Array }>(all: readonly T[]): readonly T[] {
  if (all.length < 2) return all
  const byEnd = new Map<number, T[]>()
  return all.filter((one) => {
    const { der } = one
    const end = der.subarray(-4).reduce((sum, octet) => sum * 256 + octet, 0)
    const others = byEnd.get(end)
    if (others?.some((other) => sameOctets(other.der, der))) return false
    if (others === undefined) byEnd.set(end, [one])
    else others.push(one)
    return true
  })
}

/** A hash that is equal for names equal by §7.1; null if that requires preparing them. */
function sumOf(name: Name): number | null {
  let sum = 0
  for (const rdn of name.rdns) {
    if (rdn.length === 0) continue
    let ofRdn = 0
    for (const attribute of rdn) {
      const ofAttribute = sumOfAttribute(attribute)
      if (ofAttribute === null) return null
      ofRdn = (ofRdn + ofAttribute) | 0 // a SET is unordered
    }
    sum = (Math.imul(sum, 31) + ofRdn) | 0
  }
  return sum
}

/** Hashes ASCII letters, in lower case, and digits: spaces and punctuation may differ between equal names. */
function sumOfAttribute({ tag, value }: Attribute): number | null {
  if (tag === TAG.BMP_STRING || tag === TAG.UNIVERSAL_STRING) return null
  let sum = 0
  for (let i = 0; i < value.length; i++) {
    const octet = value[i]!
    if (octet >= 0x80) return null
    const isLetter = octet >= 0x41 && (octet | 0x20) >= 0x61 && (octet | 0x20) <= 0x7a
    if (isLetter) sum = (Math.imul(sum, 31) + (octet | 0x20)) | 0
    else if (octet >= 0x30 && octet <= 0x39) sum = (Math.imul(sum, 31) + octet) | 0
  }
  return sum
}
