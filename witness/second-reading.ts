/** What the main page's second reader answers: facts as octets and numbers, for comparison field by field. */
import type { BaseBlock } from 'asn1js'
import type { AlgorithmIdentifier } from 'pkijs'
import { LARGEST_FILE } from './blocks.ts'
import type { NotReadReason } from './not-read.ts'
import type { NamePart } from './name.ts'
import { read, type ExtensionFacts, type Facts, type Kind } from './read.ts'
import { readResponse } from './response.ts'
import { hex } from './text.ts'

/** Octets are in hex, times in milliseconds since 1970. */
export interface SecondReading {
  readonly kind: Kind | 'response'
  /** Of each RelativeDistinguishedName: type, identifier octet and content of its attributes, in encoded order. */
  readonly subject: readonly string[] | null
  readonly issuer: readonly string[] | null
  readonly serial: string | null
  readonly from: number | null
  readonly until: number | null
  readonly spki: string | null
  /** Type, criticality and value of each extension, in encoded order. */
  readonly extensions: readonly string[]
  /** Of a list: serial number, revocation date, reason and extensions of each entry. Of a response: who answers, and each answer. */
  readonly entries: readonly string[]
  /** The octets under the signature. */
  readonly signed: string
  /** Type and parameters. */
  readonly algorithm: string
  readonly signature: string
}

export type SecondAnswer = SecondReading | { readonly notRead: NotReadReason }

/** Reads one certificate, request, list or OCSP response. Never throws. */
export function readAgain(der: Uint8Array<ArrayBuffer>, kind: SecondReading['kind']): SecondAnswer {
  if (der.length > LARGEST_FILE) return { notRead: 'size' }
  if (kind === 'response') return responseReading(der)
  const reading = read(der, kind)
  return 'facts' in reading ? secondReading(reading.facts) : reading
}

function secondReading(facts: Facts): SecondReading {
  const { kind, subject, issuer, serial, from, until, key, extensions, entries, signed } = facts
  return {
    kind,
    subject: subject && rdnsOf(subject),
    issuer: issuer && rdnsOf(issuer),
    serial,
    from: from && from.getTime(),
    until: until && until.getTime(),
    spki: key && hex(key.spki),
    extensions: extensions.map(extension),
    entries: entries.map(({ serial, at, reason, extensions }) =>
      [serial, String(at.getTime()), String(reason ?? ''), ...extensions.map(extension)].join(' '),
    ),
    signed: hex(signed.tbs),
    algorithm: algorithm(signed.algorithm),
    signature: hex(signed.signature.valueBlock.valueHexView),
  }
}

function responseReading(der: Uint8Array<ArrayBuffer>): SecondAnswer {
  try {
    const facts = readResponse(der)
    return {
      ...{ kind: 'response', subject: null, issuer: null, serial: null, until: null, spki: null },
      from: facts.producedAt,
      extensions: facts.extensions.map(({ extnID: oid, critical, extnValue }) =>
        extension({ oid, critical, value: extnValue.valueBlock.valueHexView }),
      ),
      entries: [facts.responder, ...facts.answers],
      signed: hex(facts.signed),
      algorithm: algorithm(facts.algorithm),
      signature: hex(facts.signature),
    }
  } catch {
    return { notRead: 'ber' }
  }
}

function rdnsOf(parts: readonly NamePart[]): string[] {
  const rdns = new Map<number, string[]>()
  for (const { rdn, oid, octets } of parts) rdns.set(rdn, [...(rdns.get(rdn) ?? []), `${oid} ${octets}`])
  return Array.from(rdns.values(), (attributes) => attributes.join(' + '))
}

const extension = ({ oid, critical, value }: Omit<ExtensionFacts, 'text'>): string =>
  `${oid} ${String(critical)} ${hex(value)}`

function algorithm({ algorithmId, algorithmParams }: AlgorithmIdentifier): string {
  const parameters = algorithmParams as BaseBlock | undefined
  return `${algorithmId} ${parameters ? hex(parameters.valueBeforeDecodeView) : ''}`
}
