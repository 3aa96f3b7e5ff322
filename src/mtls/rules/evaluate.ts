import { dnsLabels, isWithinDomain } from '../../validate/names/dns.ts'
import { isWithinSubnet, parseSubnet } from '../../validate/names/ip.ts'
import { matchPeerName } from '../../validate/names/peer.ts'
import { parseMailbox } from '../../validate/names/mailbox.ts'
import { hexOf } from '../../octets.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { parseIpAddress, parseIpRange } from '../../x509/ip-address.ts'
import { parseNameText } from '../../x509/name-from-text.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { encodeName, nameFromDer } from '../../x509/name.ts'
import { plainAddress } from '../proxy/addresses.ts'
import { isWithinLimits, type Rule, type Test } from './rule.ts'
import { isSound, spiffeUri } from './sound.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'

/** What is known of who connects. */
export interface Connecting {
  /** A valid path, anchor first; null if no certificate was sent, or it is not valid. */
  readonly path: readonly Certificate[] | null
  /** The connection's own address, and the one that a trusted proxy forwarded; null if not known. */
  readonly address: string | null
  readonly forwarded: string | null
}

/** `unknown` if what it asks about is not known: that lets nobody in, and neither does its opposite. */
export type Met = 'yes' | 'no' | 'unknown'

/** A rule's answer, with that of each of its parts. */
export interface Weighed {
  readonly rule: Rule
  readonly met: Met
  readonly of: readonly Weighed[]
}

/** Returns whether a rule is met, and why. Only `yes` lets in; what cannot be asked, or is too large, is unknown. */
export async function weigh(rule: Rule, who: Connecting): Promise<Weighed> {
  if (!isWithinLimits(rule)) return { rule, met: 'unknown', of: [] }
  if (who.path !== null) await hashAll(who.path)
  return weighed(rule, who)
}

function weighed(rule: Rule, who: Connecting): Weighed {
  switch (rule.kind) {
    case 'all':
    case 'any': {
      const of = rule.of.map((each) => weighed(each, who))
      const decides = rule.kind === 'all' ? 'no' : 'yes'
      const otherwise = rule.kind === 'all' ? 'yes' : 'no'
      return { rule, met: combined(of, decides, otherwise), of }
    }
    case 'not': {
      const inner = weighed(rule.of, who)
      return { rule, met: OPPOSITE[inner.met], of: [inner] }
    }
    default:
      return { rule, met: test(rule, who), of: [] }
  }
}

const OPPOSITE: Readonly<Record<Met, Met>> = { yes: 'no', no: 'yes', unknown: 'unknown' }

function combined(of: readonly Weighed[], decides: Met, otherwise: Met): Met {
  if (of.some(({ met }) => met === decides)) return decides
  return of.some(({ met }) => met === 'unknown') ? 'unknown' : otherwise
}

function test(asked: Test, { path, address, forwarded }: Connecting): Met {
  if (!isSound(asked)) return 'unknown'
  if (asked.kind === 'address') return addressMet(asked, asked.of === 'connection' ? address : forwarded)
  if (path === null) return 'unknown'
  return certificateMeets(asked, path) ? 'yes' : 'no'
}

function addressMet({ ranges }: Extract<Test, { kind: 'address' }>, address: string | null): Met {
  const octets = address === null ? null : parseIpAddress(address)
  if (octets === null) return 'unknown'
  const plain = plainAddress(octets)
  return ranges.some((text) => {
    const range = parseIpRange(text)
    const subnet = range && parseSubnet(range)
    return subnet !== null && isWithinSubnet(plain, subnet)
  })
    ? 'yes'
    : 'no'
}

const HASHES = new WeakMap<Uint8Array, string>()

/** Each once: of many clients and servers the same few are asked about all the time. */
async function hashAll(path: readonly Certificate[]): Promise<void> {
  for (const { der, spki } of path)
    for (const octets of [der, spki.der]) if (!HASHES.has(octets)) HASHES.set(octets, await sha256Hex(octets))
}

const hashOf = (octets: Uint8Array): string => HASHES.get(octets) ?? ''

type CertificateTest = Exclude<Test, { kind: 'address' }>

function certificateMeets(asked: CertificateTest, path: readonly Certificate[]): boolean {
  const own = path.at(-1)!
  switch (asked.kind) {
    case 'root':
      return sameHash(asked.sha256, hashOf(path[0]!.der))
    case 'issuer':
      return path.slice(0, -1).some(({ der }) => sameHash(asked.sha256, hashOf(der)))
    case 'subject':
      return namesMatch(own.subject, nameFromDer(encodeName(parseNameText(asked.name))))
    case 'san':
      return sanMeets(asked, own)
    case 'spiffe':
      return spiffeMeets(asked.id, own)
    case 'serial':
      return asked.numbers.some((number) => sameNumber(number, hexOf(own.serialNumber)))
    case 'certificate':
      return asked.sha256.some((each) => sameHash(each, hashOf(own.der)))
    case 'key':
      return asked.sha256.some((each) => sameHash(each, hashOf(own.spki.der)))
    case 'purpose':
      return own.extKeyUsage?.includes(asked.oid) ?? false
    case 'policy':
      return own.certificatePolicies?.some(({ oid }) => oid === asked.oid) ?? false
    case 'user':
      return matchPeerName(own, { kind: asked.by, value: asked.name }).answer === 'match'
  }
}

const digitsOf = (text: string): string => text.toLowerCase().replace(/[^0-9a-f]/g, '')
const sameHash = (one: string, other: string): boolean => digitsOf(one) === digitsOf(other)
/** Programs write serial numbers with and without leading zeros. */
const sameNumber = (one: string, other: string): boolean =>
  digitsOf(one).replace(/^0+/, '') === digitsOf(other).replace(/^0+/, '')

function sanMeets({ form, match, value }: Extract<Test, { kind: 'san' }>, own: Certificate): boolean {
  if (match === 'exact') return matchPeerName(own, { kind: form, value }).answer === 'match'
  const names = own.subjectAltName ?? []
  const suffix = value.replace(/^\./, '').toLowerCase()
  switch (form) {
    case 'DNS':
      // A wildcard is within a domain only if all that it stands for is.
      return names.some(
        (name) =>
          name.kind === 'dNSName' &&
          dnsLabels(name.value, 'wildcard') !== null &&
          isWithinDomain(name.value.toLowerCase().replace(/^\*\./, ''), suffix),
      )
    case 'RFC822':
      return names.some((name) => {
        const host = name.kind === 'rfc822Name' ? parseMailbox(name.value)?.host : undefined
        return typeof host === 'string' && isWithinDomain(host, suffix)
      })
    default:
      return false
  }
}

const SPIFFE = /^spiffe:\/\/([a-z0-9._-]+)(\/.*)?$/

/** An SVID has one URI alone (SPIFFE X.509-SVID §2); a trust domain without a path stands for all of its IDs. */
function spiffeMeets(id: string, own: Certificate): boolean {
  const uris = (own.subjectAltName ?? []).flatMap((name) =>
    name.kind === 'uniformResourceIdentifier' ? [name.value] : [],
  )
  const [uri] = uris
  if (uris.length !== 1 || uri === undefined) return false
  const [, domain, path] = SPIFFE.exec(uri) ?? []
  const [, wantedDomain, wantedPath] = SPIFFE.exec(spiffeUri(id)) ?? []
  return domain !== undefined && domain === wantedDomain && (wantedPath === undefined || path === wantedPath)
}
