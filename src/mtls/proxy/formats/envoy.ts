import { sameOctets } from '../../../octets.ts'
import { pemCertificates } from '../certificates.ts'
import type { Forwarding, ReadElement, ReadFact } from '../facts.ts'
import { notTooMany, refusal } from '../fault.ts'
import type { HeaderFormat } from '../format.ts'
import { nameOf, rfc2253Name } from '../names.ts'
import { percentDecode, percentEncode } from '../percent.ts'
import { endOfQuoted, sliceOf, trimmed, type Slice } from '../slice.ts'
import { alternativeNames, fact, hashFact, pemOf } from '../values.ts'

/** Envoy's own replacements: line feed, space, plus, slash and equals sign. */
const ENVOY_PERCENT = { kept: /[^\n +/=]/ }

const pems = (ders: readonly Uint8Array[]): string => percentEncode(ders.map(pemOf).join(''), ENVOY_PERCENT)

/** One element with every detail that can be switched on, in Envoy's order. */
function write({ client: { certificate, sha256 }, chain, proxy }: Forwarding): string {
  const by = proxy ? alternativeNames(proxy, 'uri').map((uri) => `By=${uri}`) : []
  const uris = alternativeNames(certificate, 'uri')
  return [
    ...by,
    `Hash=${sha256}`,
    `Cert="${pems([certificate.der])}"`,
    `Chain="${pems([certificate.der, ...chain])}"`,
    `Subject="${rfc2253Name(certificate.subject)}"`,
    ...(uris.length === 0 ? [''] : uris).map((uri) => `URI=${uri}`),
    ...alternativeNames(certificate, 'dns').map((name) => `DNS=${name}`),
  ].join(';')
}

const KEYS = ['by', 'hash', 'cert', 'chain', 'subject', 'uri', 'dns'] as const
type Key = (typeof KEYS)[number]
/** Written as they are, although they may hold separators. */
const UNESCAPED: readonly Key[] = ['by', 'uri', 'dns']
const ONCE: readonly Key[] = ['hash', 'cert', 'chain', 'subject']
const NEXT_PAIR = /[;,]\s*(?:by|hash|cert|chain|subject|uri|dns)=/iy

interface Pair {
  readonly key: Key
  readonly value: Slice
  /** A separator in a value that was not quoted was taken for a part of it. */
  readonly ambiguous: boolean
  /** Index of the separator after it, or of the end. */
  readonly end: number
}

function readPair(header: Slice, start: number): Pair {
  const { text, offset } = header
  const equals = text.indexOf('=', start)
  if (equals < 0) throw refusal('header-cut', { offset: offset + text.length, missing: 'equals' })
  const written = trimmed(sliceOf(header, start, Math.min(equals, start + 32)))
  const key = KEYS.find((each) => each === written.text.toLowerCase())
  if (!key) throw refusal('header-key', { offset: written.offset, key: written.text })
  if (text[equals + 1] !== '"') return unquoted(header, key, equals + 1)
  const close = endOfQuoted(header, equals + 1)
  const end = skipSpace(text, close + 1)
  if (end < text.length && text[end] !== ';' && text[end] !== ',')
    throw refusal('header-character', { offset: offset + end, character: text[end]! })
  return { key, value: sliceOf(header, equals + 2, close), ambiguous: false, end }
}

function unquoted(header: Slice, key: Key, start: number): Pair {
  const { text } = header
  let ambiguous = false
  let end = start
  for (; end < text.length; end++) {
    if (text[end] !== ';' && text[end] !== ',') continue
    NEXT_PAIR.lastIndex = end
    if (!UNESCAPED.includes(key) || NEXT_PAIR.test(text)) break
    ambiguous = true
  }
  return { key, value: trimmed(sliceOf(header, start, end)), ambiguous, end }
}

function skipSpace(text: string, at: number): number {
  while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

/** Reads a header of any number of elements, the client's side first: each proxy appends its own. */
export function readXfcc(value: Slice): ReadElement[] {
  const header = trimmed(value)
  const elements: Pair[][] = [[]]
  for (let at = 0; ;) {
    const pair = readPair(header, at)
    const element = elements.at(-1)!
    if (ONCE.includes(pair.key) && element.some(({ key }) => key === pair.key))
      throw refusal('header-repeated', { offset: pair.value.offset, name: pair.key })
    element.push(pair)
    if (pair.end >= header.text.length) break
    if (header.text[pair.end] === ',') elements.push([])
    notTooMany('elements', elements.length)
    at = pair.end + 1
  }
  return elements.map(elementOf)
}

function elementOf(pairs: readonly Pair[]): ReadElement {
  const certificatesIn = (key: Key): Uint8Array[] =>
    pairs.filter((pair) => pair.key === key).flatMap(({ value }) => pemCertificates(percentDecode(value)))
  const [own, chain] = [certificatesIn('cert'), certificatesIn('chain')]
  const rest = own.length > 0 && chain.length > 0 && sameOctets(own[0]!, chain[0]!) ? chain.slice(1) : chain
  const certificates = [...own, ...rest]
  notTooMany('certificates', certificates.length)
  return { certificates, facts: pairs.flatMap(factsOf) }
}

function factsOf({ key, value, ambiguous }: Pair): ReadFact[] {
  switch (key) {
    case 'cert':
    case 'chain':
      return []
    case 'hash':
      return [hashFact('sha256', value)]
    case 'subject':
      return value.text === '' ? [] : [subjectFact(value.text)]
    default:
      return value.text === '' ? [] : [{ ...fact(key, unescaped(value.text)), ambiguous }]
  }
}

const unescaped = (text: string): string => text.replace(/\\(["\\])/g, '$1')

/**
 * Envoy puts the text of RFC 2253 between the quotes as it is, so that its backslashes are that form's; others may escape
 * the quotes once more.
 */
function subjectFact(raw: string): ReadFact {
  const name = nameOf(raw)
  if (name) return { kind: 'subject', text: raw, name, ambiguous: false }
  const text = unescaped(raw)
  return { kind: 'subject', text, name: nameOf(text), ambiguous: true }
}

/** Envoy's and Istio's x-forwarded-client-cert. */
export const envoy: HeaderFormat = {
  id: 'envoy',
  program: 'Envoy, Istio',
  versions: [],
  basis: 'source',
  strips: 'default',
  names: 'fixed',
  rows: [
    {
      name: 'X-Forwarded-Client-Cert',
      variable: '',
      cautions: ['appended'],
      list: true,
      write,
      read: readXfcc,
    },
  ],
  setting: [
    'forward_client_cert_details: SANITIZE_SET',
    'set_current_client_cert_details: { subject: true, cert: true, chain: true, dns: true, uri: true }',
  ].join('\n'),
  stripping: 'forward_client_cert_details: SANITIZE',
}
