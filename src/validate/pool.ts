import type { CertificateList } from '../x509/certificate-list.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Name } from '../x509/name.ts'
import type { OcspResponse } from '../x509/ocsp.ts'
import { nameKey } from '../x509/name-matching.ts'
import { sameOctets } from '../x509/octets.ts'
import { createSignatureCache } from './signatures.ts'
import type { SignatureCache } from './signatures.ts'

export interface PoolContents {
  readonly anchors: readonly Certificate[]
  /** Unordered; may hold strangers, duplicates and the anchors themselves. */
  readonly intermediates: readonly Certificate[]
  readonly crls?: readonly CertificateList[]
  readonly ocspResponses?: readonly OcspResponse[]
}

/** What a path may be built from, indexed by subject; remembers keys and signatures from one call to the next. */
export interface Pool {
  readonly anchors: readonly Certificate[]
  readonly certificateLists: readonly CertificateList[]
  readonly ocspResponses: readonly OcspResponse[]
  /** Those with this subject by RFC 5280 §7.1: anchors first, each certificate once. */
  bySubject(name: Name): readonly Certificate[]
  /** Whether these very octets are an anchor. */
  isAnchor(certificate: Certificate): boolean
  /** The same certificates with other anchors; what was remembered is shared. */
  withAnchors(anchors: readonly Certificate[]): Pool
  readonly signatures: SignatureCache
}

const NONE: readonly Certificate[] = []

/** The contents may be added to neither; a changed pile is a new pool. */
export function createPool({ anchors, intermediates, crls = [], ocspResponses = [] }: PoolContents): Pool {
  const subjects = new Map<string, Certificate[]>()
  const trusted = anchors.map((anchor) => enter(subjects, anchor))
  for (const certificate of intermediates) enter(subjects, certificate)
  return poolOf(subjects, trusted, {
    certificateLists: crls,
    ocspResponses,
    signatures: createSignatureCache(),
  })
}

type Subjects = Map<string, Certificate[]>

function poolOf(
  subjects: Subjects,
  anchors: readonly Certificate[],
  rest: Pick<Pool, 'certificateLists' | 'ocspResponses' | 'signatures'>,
): Pool {
  const trusted = new Set(anchors)
  return {
    ...rest,
    anchors: [...trusted],
    bySubject: (name) => subjects.get(nameKey(name)) ?? NONE,
    isAnchor: (certificate) => {
      if (trusted.has(certificate)) return true
      for (const anchor of trusted) if (sameOctets(anchor.der, certificate.der)) return true
      return false
    },
    withAnchors: (others) =>
      poolOf(
        subjects,
        others.map((anchor) => enter(subjects, anchor)),
        rest,
      ),
  }
}

/** Files the certificate under its subject unless it is there already; returns the one that is filed. */
function enter(subjects: Subjects, certificate: Certificate): Certificate {
  const key = nameKey(certificate.subject)
  const others = subjects.get(key)
  if (others === undefined) {
    subjects.set(key, [certificate])
    return certificate
  }
  const known = others.find(({ der }) => sameOctets(der, certificate.der))
  if (known === undefined) others.push(certificate)
  return known ?? certificate
}
