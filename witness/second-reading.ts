/** What the main page's second reader answers: facts as octets and numbers, for comparison field by field. */
import { LARGEST_FILE } from './blocks.ts'
import type { NotReadReason } from './not-read.ts'
import type { NamePart } from './name.ts'
import { read, type Facts, type Kind } from './read.ts'
import { hex } from './text.ts'

/** Octets are in hex, times in milliseconds since 1970. */
export interface SecondReading {
  readonly kind: Kind
  /** Type, identifier octet and content of each attribute, in encoded order. */
  readonly subject: readonly string[] | null
  readonly issuer: readonly string[] | null
  readonly serial: string | null
  readonly from: number | null
  readonly until: number | null
  readonly spki: string | null
  /** Type, criticality and value of each extension, in encoded order. */
  readonly extensions: readonly string[]
  /** Serial number, revocation date and reason of each entry. */
  readonly entries: readonly string[]
  /** The octets under the signature. */
  readonly signed: string
  readonly algorithm: string
  readonly signature: string
}

export type SecondAnswer = SecondReading | { readonly notRead: NotReadReason }

/** Reads one certificate, request or list. Never throws. */
export function readAgain(der: Uint8Array<ArrayBuffer>, kind: Kind): SecondAnswer {
  if (der.length > LARGEST_FILE) return { notRead: 'size' }
  const reading = read(der, kind)
  return 'facts' in reading ? secondReading(reading.facts) : reading
}

function secondReading(facts: Facts): SecondReading {
  const { kind, subject, issuer, serial, from, until, key, extensions, entries, signed } = facts
  return {
    kind,
    subject: subject && subject.map(attribute),
    issuer: issuer && issuer.map(attribute),
    serial,
    from: from && from.getTime(),
    until: until && until.getTime(),
    spki: key && hex(key.spki),
    extensions: extensions.map(({ oid, critical, value }) => `${oid} ${String(critical)} ${hex(value)}`),
    entries: entries.map(
      (entry) => `${entry.serial} ${String(entry.at.getTime())} ${String(entry.reason ?? '')}`,
    ),
    signed: hex(signed.tbs),
    algorithm: signed.algorithm.algorithmId,
    signature: hex(signed.signature.valueBlock.valueHexView),
  }
}

const attribute = ({ oid, octets }: NamePart): string => `${oid} ${octets}`
