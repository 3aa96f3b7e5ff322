/**
 * The plan of a ceremony: everything that is going to be signed, by whom, with what, in which order. It is read from one
 * file (plan-file.ts), whose octets are its identity; nothing in it has a value that the file does not say. Times are UTC.
 */
import type { CertIdHash } from '../ca/ocsp-response.ts'
import type { AttributeInput, ExtensionInputs, NameInput } from '../ca/input.ts'
import type { FindingCode } from '../findings.ts'
import type { KeyAlgorithmId, SignatureAlgorithmId } from '../webcrypto/algorithms.ts'
import type { CrlReason } from '../x509/revoked-entry.ts'

export const PLAN_FORMAT = 'rootcellar-ceremony'
export const PLAN_VERSION = 1

/** What somebody is in a ceremony; the words are in messages/. */
export const ROLES = [
  'administrator',
  'operator',
  'holder',
  'witness',
  'external-witness',
  'auditor',
] as const
export type Role = (typeof ROLES)[number]

export interface Person {
  readonly id: string
  readonly name: string
  readonly organization: string
  readonly roles: readonly Role[]
}

/** Something that is on the table, beyond what every ceremony needs. */
export interface Material {
  readonly what: string
  /** Serial number, or a mark on it; may be empty. */
  readonly serial: string
  /** Number of the bag or seal that it comes in; may be empty. */
  readonly bag: string
}

/** A key that is made in the ceremony. */
export interface PlannedKey {
  readonly id: string
  readonly algorithm: KeyAlgorithmId
  /** People (ids) who know what opens it. */
  readonly holders: readonly string[]
}

/** What a CA has revoked, or put on hold, as its lists have it. */
export interface PlannedRevocation {
  /** In lower-case hex, without a zero octet before it. */
  readonly serial: string
  readonly since: Date
  /** Null: unspecified. */
  readonly reason: ListedReason | null
  readonly invalidityDate: Date | null
}
/** Reasons that a complete list has; that there is none is not written (RFC 5280 §5.3.1). */
export const LISTED_REASONS = [
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const satisfies readonly CrlReason[]
export type ListedReason = (typeof LISTED_REASONS)[number]

/** A CA that exists already, by its certificate; its key is in the vault that is opened. */
export interface ExistingAuthority {
  readonly id: string
  readonly certificate: Uint8Array
  /** Its stand-in in the rehearsal has these on its lists, so that they are as they will be live. */
  readonly revoked: readonly PlannedRevocation[]
}

/** A request (PKCS#10) that somebody brings. */
export interface PlannedRequest {
  readonly id: string
  /** SHA-256 of its DER, in lower-case hex. */
  readonly sha256: string
  /** Who brings it, and from where, in words. */
  readonly from: string
}

/** `ocspSigner`: no CA, but signs OCSP responses for the one that issues it (RFC 6960 §4.2.2.2). */
export const PLANNED_PROFILES = ['root', 'intermediate', 'ocspSigner'] as const
export type PlannedProfile = (typeof PLANNED_PROFILES)[number]

export interface PlannedCertificate {
  readonly id: string
  /** What is certified: a key, a request, or an existing authority's key (by ids; the last is a cross-certificate). */
  readonly key: string
  /** The certificate or existing authority that issues; null: it is self-signed. */
  readonly issuer: string | null
  /** A built-in profile (ca/profiles.ts): what kind of certificate it is. */
  readonly profile: PlannedProfile
  readonly subject: readonly AttributeInput[]
  readonly subjectAltNames: readonly NameInput[]
  readonly notBefore: Date
  readonly notAfter: Date
  readonly signature: SignatureAlgorithmId
  /** `random`: 20 octets, the first between 0x40 and 0x7f, so that every one is of the same length. */
  readonly serial: 'random'
  /** Every extension that it gets, except the key identifiers, which come from the keys. */
  readonly extensions: ExtensionInputs
  /** The section of the policy or statement that describes this profile; may be empty for a private PKI. */
  readonly section: string
}

/** Revocation lists signed one after the other, the first with this number and time. */
export interface PlannedLists {
  readonly id: string
  readonly issuer: string
  /** cRLNumber of the first, in decimal. */
  readonly number: string
  readonly thisUpdate: Date
  /** Each is to be published for so many days, and current for `overlapDays` more. */
  readonly days: number
  readonly overlapDays: number
  readonly count: number
}

/** OCSP responses signed one after the other, for a server of files: of each time one for each certificate and hash. */
export interface PlannedResponses {
  readonly id: string
  /** The certificate or existing authority that has issued these certificates. */
  readonly issuer: string
  /** A certificate of the plan whose key signs; null: the issuer signs. */
  readonly responder: string | null
  /** What they are about: certificates or existing authorities. */
  readonly certificates: readonly string[]
  /** By which a certificate is named in them (RFC 5019 §2.1.1). */
  readonly hashes: readonly CertIdHash[]
  readonly thisUpdate: Date
  /** As those of lists. */
  readonly days: number
  readonly overlapDays: number
  readonly count: number
}

/** The key of a CA that is destroyed. */
export interface PlannedDestruction {
  readonly id: string
  /** A certificate of the plan, or an existing authority. */
  readonly authority: string
  readonly reason: string
}

/** A finding that is known and accepted beforehand. */
export interface Accepted {
  readonly code: FindingCode
  /** The certificate or list (id). */
  readonly on: string
  readonly reason: string
  /** The person (id) who decided it. */
  readonly by: string
}

/** What is done in a step; the words for each are in messages/. */
export const STEP_ACTS = [
  /** The tool's SHA-256 is computed by the room, and compared with the plan. */
  'tool',
  /** Storage lasts, and the window is not a private one. */
  'storage',
  'clock',
  /** The words of the plan are read aloud and compared with the paper. */
  'plan-words',
  'roll-call',
  /** The vault is made, or opened. */
  'vault',
  /** `on` a certificate: its key is made if it is of this plan, and it is signed. */
  'certificate',
  /** `on` a request: it is brought, compared, and its words are read aloud. */
  'request',
  /** A backup of the vault leaves the machine. */
  'backup',
  /** The backup is brought back and opened. */
  'read-back',
  /** `on` lists. */
  'lists',
  /** `on` OCSP responses. */
  'responses',
  /** `on` a destruction. */
  'destroy',
  /** Every key is closed. */
  'close',
  /** Everybody says whether it went by the plan. */
  'sign-off',
] as const
export type StepAct = (typeof STEP_ACTS)[number]

/** What signs something, after it was looked at. */
export const SIGNING_ACTS: readonly StepAct[] = ['certificate', 'lists', 'responses']

export interface Step {
  readonly id: string
  readonly act: StepAct
  /** What it is done to (id); null where the act says it all. */
  readonly on: string | null
  /** People (ids): who reads it aloud, and who does it. */
  readonly reads: string
  readonly does: string
  /** What the administrator adds, in words; may be empty. */
  readonly note: string
}

export interface Plan {
  readonly title: string
  readonly purpose: string
  readonly place: string
  readonly window: { readonly from: Date; readonly to: Date }
  /** SHA-256 of the single file that is used, in lower-case hex. */
  readonly tool: string
  /** Last line's hash of the previous ceremony's transcript, in lower-case hex; null: there was none. */
  readonly previous: string | null
  /** The lists that hashes are read aloud by: the same in every language. */
  readonly words: 'en-1'
  readonly people: readonly Person[]
  readonly materials: readonly Material[]
  readonly existing: readonly ExistingAuthority[]
  readonly keys: readonly PlannedKey[]
  readonly requests: readonly PlannedRequest[]
  readonly certificates: readonly PlannedCertificate[]
  readonly lists: readonly PlannedLists[]
  readonly responses: readonly PlannedResponses[]
  readonly destructions: readonly PlannedDestruction[]
  readonly accepted: readonly Accepted[]
  readonly steps: readonly Step[]
  /** When to stop, beyond what the page stops for by itself, in words. */
  readonly stop: readonly string[]
}
