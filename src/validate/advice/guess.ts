import { isPlain } from '../../plain-text.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { domainToAscii } from '../../x509/domain-name.ts'
import { generalNameToText, readableIa5 } from '../../x509/general-name-text.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import { parseIpAddress } from '../../x509/ip-address.ts'
import { commonNames } from '../names/peer.ts'
import { nameKey } from '../../x509/name-matching.ts'
import type { PeerName } from '../options.ts'
import { PURPOSES } from '../purpose.ts'
import type { Purpose } from '../purpose.ts'
import { isCa, isSelfIssued } from '../../x509/roles.ts'

/** A guess at what the user wants to know about a pile of certificates. It is shown, and one press changes it. */
export interface Guess {
  /** Index of the certificate to validate, −1 for an empty pile. */
  readonly target: number
  readonly purpose: Purpose | 'any'
  readonly peerName: PeerName | null
  /** Indices of self-issued certificates that could be trusted; being self-issued alone makes none of them trusted. */
  readonly roots: readonly number[]
  /** Whether it is a bundle of roots, to be trusted rather than validated. */
  readonly isBundle: boolean
}

/** Bundles have a few CAs among their roots that another one certified. */
const ROOTS_IN_BUNDLE = 0.9

export function guess(certificates: readonly Certificate[]): Guess {
  const target = guessTarget(certificates)
  const certificate = certificates[target]
  const roots = certificates.flatMap((each, index) => (isSelfIssued(each) ? [index] : []))
  const isBundle =
    roots.length >= Math.max(2, certificates.length * ROOTS_IN_BUNDLE) &&
    certificates.every((each) => isCa(each) || isSelfIssued(each))
  if (!certificate) return { target, purpose: 'any', peerName: null, roots, isBundle }
  const purpose = guessPurpose(certificate)
  return { target, purpose, peerName: guessPeerName(certificate, purpose), roots, isBundle }
}

/** Returns the first end-entity certificate; if all are CAs, the first that issued none of the others. */
function guessTarget(certificates: readonly Certificate[]): number {
  const endEntity = certificates.findIndex((each) => !isCa(each))
  const first = certificates[endEntity]
  // A version 1 root has no basicConstraints either: a certificate that issued another one is not the target.
  if (first && !isSelfIssued(first)) return endEntity
  const issuers = new Set(
    certificates.filter((each) => !isSelfIssued(each)).map(({ issuer }) => nameKey(issuer)),
  )
  const lowest = certificates.findIndex(({ subject }) => !issuers.has(nameKey(subject)))
  const below = certificates.findIndex((each) => !isSelfIssued(each) && !issuers.has(nameKey(each.subject)))
  return below >= 0 ? below : lowest >= 0 ? lowest : certificates.length > 0 ? 0 : -1
}

/** Returns the first purpose in extendedKeyUsage; without the extension, a server's if there is a host name. */
function guessPurpose(certificate: Certificate): Purpose | 'any' {
  const { extKeyUsage, subjectAltName } = certificate
  const purposes = Object.keys(PURPOSES) as Purpose[]
  if (extKeyUsage) return purposes.find((purpose) => extKeyUsage.includes(PURPOSES[purpose].oid)) ?? 'any'
  if (isCa(certificate)) return 'any'
  return subjectAltName?.some(({ kind }) => kind === 'dNSName' || kind === 'iPAddress') === true
    ? 'serverAuth'
    : 'any'
}

const KINDS = {
  dNSName: 'DNS',
  iPAddress: 'IP',
  rfc822Name: 'RFC822',
  uniformResourceIdentifier: 'URI',
} as const

/** Returns a name of the certificate that this purpose checks; for a wildcard, one of the hosts that it matches. */
function guessPeerName(certificate: Certificate, purpose: Purpose | 'any'): PeerName | null {
  const { subjectAltName } = certificate
  const wanted: readonly string[] =
    purpose === 'serverAuth' ? ['dNSName', 'iPAddress'] : purpose === 'emailProtection' ? ['rfc822Name'] : []
  for (const kind of wanted) {
    for (const name of subjectAltName ?? []) {
      const text = name.kind === kind ? askedOf(name) : null
      if (text !== null)
        return { kind: parseIpAddress(text) ? 'IP' : KINDS[kind as keyof typeof KINDS], value: text }
    }
  }
  return purpose === 'serverAuth' ? hostInCommonName(certificate) : null
}

/**
 * Returns the name as a user would ask for it: no final dot, a host below a wildcard; null if it cannot be asked for.
 */
function askedOf(name: GeneralName): string | null {
  const text = name.kind === 'dNSName' ? readableIa5(name.value) : generalNameToText(name)
  if (text === null || !isPlain(text)) return null
  return text.replace(/^\*\./, 'www.').replace(/\.$/, '') || null
}

/**
 * Without subjectAltName, the name that old programs looked for: the owner wants to know whether the certificate has
 * it.
 */
function hostInCommonName(certificate: Certificate): PeerName | null {
  if (certificate.subjectAltName && certificate.subjectAltName.length > 0) return null
  const host = commonNames(certificate).find(
    (text) => parseIpAddress(text) !== null || domainToAscii(text) !== null,
  )
  if (host === undefined) return null
  return { kind: parseIpAddress(host) === null ? 'DNS' : 'IP', value: host.replace(/^\*\./, 'www.') }
}
