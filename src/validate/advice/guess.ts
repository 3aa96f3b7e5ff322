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

/** What a person most likely wants to know of a pile of certificates. Shown, and changed with one press. */
export interface Guess {
  /** Index of the certificate to judge, −1 for an empty pile. */
  readonly target: number
  readonly purpose: Purpose | 'any'
  readonly peerName: PeerName | null
  /** Indices of certificates that name themselves as issuer and could be trusted; nothing is trusted for that. */
  readonly roots: readonly number[]
}

export function guess(certificates: readonly Certificate[]): Guess {
  const target = guessTarget(certificates)
  const certificate = certificates[target]
  const roots = certificates.flatMap((each, index) => (isSelfIssued(each) ? [index] : []))
  if (!certificate) return { target, purpose: 'any', peerName: null, roots }
  const purpose = guessPurpose(certificate)
  return { target, purpose, peerName: guessPeerName(certificate, purpose), roots }
}

/** The first end-entity's certificate; in a pile of authorities, the first that issued none of the others. */
function guessTarget(certificates: readonly Certificate[]): number {
  const endEntity = certificates.findIndex((each) => !isCa(each))
  const first = certificates[endEntity]
  // A root of version 1 has no basicConstraints either: what issued something else is no target.
  if (first && !isSelfIssued(first)) return endEntity
  const issuers = new Set(
    certificates.filter((each) => !isSelfIssued(each)).map(({ issuer }) => nameKey(issuer)),
  )
  const lowest = certificates.findIndex(({ subject }) => !issuers.has(nameKey(subject)))
  const below = certificates.findIndex((each) => !isSelfIssued(each) && !issuers.has(nameKey(each.subject)))
  return below >= 0 ? below : lowest >= 0 ? lowest : certificates.length > 0 ? 0 : -1
}

/** The first purpose that extendedKeyUsage names; without the extension, a server's if there is a host name. */
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

/** A name that the certificate has and this purpose asks for; below a wildcard, one host of many. */
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

/** How a name is asked for: without a final dot, an address below no wildcard; null for one that nobody could ask for. */
function askedOf(name: GeneralName): string | null {
  const text = name.kind === 'dNSName' ? readableIa5(name.value) : generalNameToText(name)
  if (text === null || !isPlain(text)) return null
  return text.replace(/^\*\./, 'www.').replace(/\.$/, '') || null
}

/** Without alternative names, what old programs looked for: whether the certificate has it is what its owner wants to know. */
function hostInCommonName(certificate: Certificate): PeerName | null {
  if (certificate.subjectAltName && certificate.subjectAltName.length > 0) return null
  const host = commonNames(certificate).find(
    (text) => parseIpAddress(text) !== null || domainToAscii(text) !== null,
  )
  if (host === undefined) return null
  return { kind: parseIpAddress(host) === null ? 'DNS' : 'IP', value: host.replace(/^\*\./, 'www.') }
}
