/** What is in the pile, each thing in full: read out in the worker when it is looked into. */
import type { Source } from '../../containers/pile/items.ts'
import type { CertificateList, CrlExtensions } from '../../x509/certificate-list.ts'
import type { BasicOcspResponse, OcspResponse, SingleResponse } from '../../x509/ocsp.ts'
import type { CertificationRequest } from '../../x509/request.ts'
import type { RevokedEntry } from '../../x509/revoked-entry.ts'
import type { CertificateFacts } from '../views.ts'
import type { RequestView } from './request.ts'

/** Kinds of things in the pile that are no certificates. */
export type OtherKind = 'crl' | 'ocspResponse' | 'request' | 'privateKey'

/** The page refers to a thing by its kind and by its index among those of its kind. */
export interface ThingPlace {
  readonly kind: OtherKind | 'certificate'
  readonly index: number
}

/** One of them as a line. */
export interface PileThing {
  readonly kind: OtherKind
  readonly index: number
  /** Issuer, responder, subject, or the kind of key; '' if it has no name or cannot be read. */
  readonly name: string
  /** When a list or a response was made. */
  readonly at: Date | null
  readonly source: Source
}

/** Lists first, then responses, requests and keys. */
export interface PileThings {
  readonly total: number
  readonly offset: number
  readonly things: readonly PileThing[]
}

/** Its octets; null if there are too many to show. */
interface Octets {
  readonly length: number
  readonly der: Uint8Array | null
  /** SHA-256, in hexadecimal. */
  readonly fingerprint: string
}

/** A certificate, as its own fold shows it. */
export interface LookedCertificate {
  readonly der: Uint8Array
  readonly name: string
  readonly facts: CertificateFacts
}

export interface LookedList extends Octets {
  readonly kind: 'crl'
  readonly list: CrlExtensions &
    Pick<
      CertificateList,
      'version' | 'signatureAlgorithm' | 'issuer' | 'thisUpdate' | 'nextUpdate' | 'extensions'
    >
  readonly entries: number
}

export interface LookedResponse extends Octets {
  readonly kind: 'ocspResponse'
  readonly status: OcspResponse['responseStatus']
  readonly basic: Pick<
    BasicOcspResponse,
    'version' | 'signatureAlgorithm' | 'responderId' | 'producedAt' | 'responseExtensions'
  > | null
  readonly entries: number
  /** Those sent with it, as many as are shown. */
  readonly certificates: readonly LookedCertificate[]
  /** How many more were sent with it: they cannot be read, or are too many. */
  readonly otherCertificates: number
}

export interface LookedRequest extends Octets {
  readonly kind: 'request'
  readonly request: CertificationRequest
  /** All but the requested extensions; `text` is null where a value is no text. */
  readonly attributes: readonly {
    readonly oid: string
    readonly values: readonly { readonly text: string | null; readonly der: Uint8Array }[]
  }[]
  readonly possession: RequestView['possession']
  readonly spkiHash: Uint8Array
}

/** The public part of a private key. */
export interface LookedKey {
  readonly kind: 'privateKey'
  readonly algorithm: string
  readonly spki: Uint8Array
  readonly spkiHash: Uint8Array
  /** The first certificates with this key, and how many there are. */
  readonly names: readonly string[]
  readonly certificates: number
}

export type LookedInto =
  | ({ readonly kind: 'certificate' } & LookedCertificate)
  | LookedList
  | LookedResponse
  | LookedRequest
  | LookedKey

/** Which entries of a list, or answers of a response. */
export interface EntryQuery {
  readonly kind: 'crl' | 'ocspResponse'
  readonly index: number
  /** A serial number in hexadecimal, in any writing; '' for all. */
  readonly serialNumber: string
  readonly offset: number
  readonly limit: number
}

export type LookedEntry = RevokedEntry | SingleResponse

export interface EntryPage {
  /** How many match. */
  readonly total: number
  readonly offset: number
  readonly entries: readonly LookedEntry[]
}

export interface LookMethods {
  /** What is in the pile beside certificates. */
  'validate.things': { in: { offset: number; limit: number }; out: PileThings }
  /** Rejects with what is wrong in it. */
  'validate.lookInto': { in: ThingPlace; out: LookedInto }
  'validate.entries': { in: EntryQuery; out: EntryPage }
}
