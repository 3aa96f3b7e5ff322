import type { FindingDetails } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { domainToAscii } from '../../x509/domain-name.ts'
import { otherNameToText, readableIa5 } from '../../x509/general-name-text.ts'
import { ipAddressToText, parseIpAddress } from '../../x509/ip-address.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import { ATTRIBUTE_OIDS, OTHER_NAME_OIDS } from '../../x509/oids.ts'
import { hexOf, sameOctets } from '../../octets.ts'
import type { PeerName } from '../options.ts'
import { prepare } from '../../x509/name-matching.ts'
import { dnsLabels, dnsMatches } from './dns.ts'
import { parseMailbox } from './mailbox.ts'
import { smtpUtf8Mailbox } from './subject-names.ts'
import { normalizeUri } from './uri.ts'

/** `unusable`: the reference name is not valid for its kind. */
export interface PeerMatch {
  readonly answer: 'match' | 'mismatch' | 'unusable'
  /** The certificate's names of the kind asked for, at most the first hundred. */
  readonly present: readonly string[]
  /** Why a name that looks the same does not match. */
  readonly nearly: Nearly | null
}

type Nearly = NonNullable<FindingDetails['peer-name-mismatch']['nearly']>

const ENOUGH = 100
const UNUSABLE: PeerMatch = { answer: 'unusable', present: [], nearly: null }

/**
 * Checks whether the certificate is for the name asked for: RFC 9525 for servers, the like for users. Of the subject,
 * reads only CN.
 */
export function matchPeerName(certificate: Certificate, { kind, value }: PeerName): PeerMatch {
  const names = certificate.subjectAltName ?? []
  switch (kind) {
    case 'DNS':
      return matchDns(names, value)
    case 'IP':
      return matchIp(names, value)
    case 'RFC822':
      return matchMailbox(names, value)
    case 'URI': {
      const asked = normalizeUri(value)
      return answer(texts(names, 'uniformResourceIdentifier'), (uri) => normalizeUri(uri) === asked)
    }
    case 'UPN': {
      const asked = prepare(value)
      return answer(principalNames(names), (upn) => prepare(upn) === asked)
    }
    case 'CN': {
      const asked = prepare(value)
      return answer(commonNames(certificate), (cn) => prepare(cn) === asked)
    }
  }
}

/** Returns the common name that a client following RFC 2818 would have matched, or null. */
export function matchingCommonName(certificate: Certificate, { kind, value }: PeerName): string | null {
  const labels = kind === 'DNS' ? referenceLabels(value) : null
  return (
    commonNames(certificate).find((cn) =>
      labels === null ? kind === 'IP' && cn === value : dnsMatches(cn, labels),
    ) ?? null
  )
}

export function commonNames({ subject }: Certificate): string[] {
  return subject.rdns
    .flat()
    .flatMap(({ oid, text }) => (oid === ATTRIBUTE_OIDS.CN && text !== null ? [text] : []))
}

/** Returns the A-labels of the name asked for, without one final dot. */
function referenceLabels(value: string): readonly string[] | null {
  const bare = value.endsWith('.') ? value.slice(0, -1) : value
  // A-labels in the input are accepted as they are: whether they are well-formed is not checked here.
  const ascii = /^[\x21-\x7e]*$/.test(bare) ? bare : domainToAscii(bare)
  return ascii === null ? null : dnsLabels(ascii)
}

function matchDns(names: readonly GeneralName[], value: string): PeerMatch {
  const labels = parseIpAddress(value) === null ? referenceLabels(value) : null
  if (labels === null) return UNUSABLE
  const present = texts(names, 'dNSName')
  const found = answer(present, (name) => dnsMatches(name, labels))
  if (found.answer === 'match') return found
  const bare = (name: string): string => readableIa5(name).replace(/\.$/, '')
  const near = present.find((name) => {
    const ascii = domainToAscii(bare(name))
    return ascii !== null && dnsMatches(ascii, labels)
  })
  const nearly = near === undefined ? null : near.endsWith('.') ? 'trailing-dot' : 'not-ascii'
  return { ...found, present: found.present.map(readableIa5), nearly }
}

function matchIp(names: readonly GeneralName[], value: string): PeerMatch {
  const asked = parseIpAddress(value)
  if (asked === null) return UNUSABLE
  const addresses = names.flatMap((name) => (name.kind === 'iPAddress' ? [name.octets] : []))
  const matches = addresses.some((octets) => sameOctets(octets, asked))
  return {
    answer: matches ? 'match' : 'mismatch',
    present: matches
      ? []
      : addresses.slice(0, ENOUGH).map((octets) => ipAddressToText(octets) ?? hexOf(octets)),
    nearly:
      matches || !texts(names, 'dNSName').some((name) => isAddress(name, asked))
        ? null
        : 'address-as-dns-name',
  }
}

function isAddress(name: string, asked: Uint8Array): boolean {
  const octets = parseIpAddress(name)
  return octets !== null && sameOctets(octets, asked)
}

function matchMailbox(names: readonly GeneralName[], value: string): PeerMatch {
  const asked = mailboxWithALabels(value)
  if (asked === null) return UNUSABLE
  const mailboxes = names.flatMap((name) => {
    if (name.kind === 'rfc822Name') return [name.value]
    return name.kind === 'otherName' && name.typeId === OTHER_NAME_OIDS.smtpUTF8Mailbox
      ? (smtpUtf8Mailbox(name.value) ?? [])
      : []
  })
  return answer(mailboxes, (text) => {
    const mailbox = parseMailbox(text)
    return mailbox?.local === asked.local && mailbox.host === asked.host
  })
}

function mailboxWithALabels(value: string) {
  const at = value.lastIndexOf('@')
  const labels = referenceLabels(value.slice(at + 1))
  return at < 1 || labels === null ? null : parseMailbox(`${value.slice(0, at)}@${labels.join('.')}`)
}

function principalNames(names: readonly GeneralName[]): string[] {
  return names.flatMap((name) =>
    name.kind === 'otherName' && name.typeId === OTHER_NAME_OIDS.userPrincipalName
      ? (otherNameToText(name.value) ?? [])
      : [],
  )
}

function texts(names: readonly GeneralName[], kind: 'dNSName' | 'uniformResourceIdentifier'): string[] {
  const values: string[] = []
  for (const name of names) if (name.kind === kind) values.push(name.value)
  return values
}

/** Lists the names only if none matches: a certificate may have a thousand. */
function answer(present: readonly string[], matches: (name: string) => boolean): PeerMatch {
  return present.some(matches)
    ? { answer: 'match', present: [], nearly: null }
    : { answer: 'mismatch', present: present.slice(0, ENOUGH), nearly: null }
}
