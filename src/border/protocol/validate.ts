/** The validator's part of the border: a pile goes in, a report comes out. Nothing of it is stored. */
import type { KeyType } from '../../webcrypto/algorithms.ts'
import type { PileItem, PileNotice, PileProblem, Source } from '../../containers/pile/items.ts'
import type { FindingCode } from '../../findings.ts'
import type { ValidateOptions } from '../../validate/options.ts'
import type { Guess } from '../../validate/advice/guess.ts'
import type { Fix } from '../../validate/advice/fixes.ts'
import type { Opinion } from '../../validate/survey/others.ts'
import type { Program } from '../../validate/survey/programs.ts'
import type { Choice } from '../../validate/advice/choices.ts'
import type { Era } from '../../validate/advice/timeline.ts'
import type { PathCertificate, PathReport, Report, Verdict } from '../../validate/report.ts'
import type { InFile } from '../words.ts'
import type { Actor, CertificateFacts } from '../views.ts'
import type { LookMethods } from './look-into.ts'

/** One certificate of the pile, as a line. */
export interface PileCertificate extends Pick<
  CertificateFacts,
  'subject' | 'issuer' | 'notBefore' | 'notAfter' | 'isCa' | 'spkiHash'
> {
  /** Index in the pile: the page refers to it by this. */
  readonly index: number
  readonly selfIssued: boolean
  readonly source: Source
}

/** A private key found in the pile: matched to certificates, and not kept. */
export interface PileKey {
  readonly keyType: KeyType
  /** Certificates of the pile with this key. */
  readonly belongsTo: readonly number[]
  /** Subjects of the first of them. */
  readonly names: readonly string[]
  readonly source: Source
}

type Locked = Extract<PileItem, { kind: 'locked' }>

export interface PileView {
  /** The first of them if there are many, the first self-signed ones, and the guessed one: see `total`. */
  readonly certificates: readonly PileCertificate[]
  readonly total: number
  readonly lists: number
  readonly responses: number
  readonly requests: number
  readonly keys: readonly PileKey[]
  /** Containers that no password has opened yet, and keys in open ones that have a password of their own. */
  readonly locked: readonly Pick<Locked, 'source' | 'part' | 'friendlyName'>[]
  readonly problems: readonly PileProblem[]
  readonly notices: readonly PileNotice[]
  readonly guess: Guess
}

/** Which certificates of the pile to list. */
export interface PileQuery {
  /** Words that must all occur in names, serial number or file; '' for all. */
  readonly text: string
  /** Self-signed ones only. */
  readonly rootsOnly: boolean
  readonly offset: number
  readonly limit: number
}

export interface PilePage {
  /** How many match. */
  readonly total: number
  readonly offset: number
  readonly certificates: readonly PileCertificate[]
}

/** A named set of anchors. */
export interface TrustStoreView {
  readonly id: string
  readonly name: string
  /**
   * `hierarchy`: the vault's roots; `vault`: kept in it; both while it is open. `visit`: until the page is closed.
   * `public`: those that come with the page, named by the version of Node they were taken from.
   */
  readonly kind: 'hierarchy' | 'vault' | 'visit' | 'public'
  readonly count: number
}

/** The source of a trust store's certificates: the pile, by index, or the roots of the vault. */
export type StoreSource =
  { readonly kind: 'pile'; readonly certificates: readonly number[] } | { readonly kind: 'hierarchy' }

/** One certificate of a trust store, as a line; the page refers to it by its fingerprint. */
export type StoreAnchor = Pick<CertificateFacts, 'fingerprint' | 'subject' | 'notAfter' | 'spkiHash'>

/** The new contents of a trust store. */
export interface StoreChange {
  readonly id: string
  readonly name: string
  /** Fingerprints of the certificates to remove. */
  readonly without: readonly string[]
  /** Certificates to add; duplicates are ignored. */
  readonly add: StoreSource | null
}

export interface ValidateQuestion {
  /** Index in the pile. */
  readonly target: number
  readonly stores: readonly string[]
  /** Certificates of the pile that are trusted for this question. */
  readonly trusted: readonly number[]
  readonly options: ValidateOptions
  /** The target was chosen by hand, not guessed: it is the one that is meant. */
  readonly isChosen?: boolean
}

/** A certificate of a path with its card's data, and every rule with its finding. */
export interface ValidatedCertificate extends Pick<
  PathCertificate,
  'place' | 'rows' | 'refusals' | 'faults' | 'undecided'
> {
  readonly from: PathCertificate['from'] | 'public'
  /** Its display name. */
  readonly name: string
  /** The display name of its issuer; '' if that has none. */
  readonly issuerName: string
  readonly card: CertificateFacts
  readonly der: Uint8Array
}

/** What is known of a certificate that is missing, from the one that it signed. */
export interface MissingIssuer {
  /** Its display name. */
  readonly name: string
  readonly keyIdentifier: string | null
  /** Where the other says it is published. */
  readonly addresses: readonly string[]
}

/** A path, anchor first. */
export interface PathView extends Pick<PathReport, 'verdict' | 'complete'> {
  readonly certificates: readonly ValidatedCertificate[]
  /** The issuer of the first, if that is what is missing. */
  readonly missing: MissingIssuer | null
}

export interface ReportView extends Pick<Report, 'engine' | 'verdict' | 'best' | 'spent'> {
  readonly at: Date
  readonly purpose: ValidateOptions['purpose']
  readonly paths: readonly PathView[]
  /** Null if the path to show does not end at a public root, or another store has that root too. */
  readonly publicRoots: PublicRootsUsed | null
}

/** The public roots where they decided. */
export interface PublicRootsUsed {
  /** The version of Node that they were taken from. */
  readonly version: string
  /** `given`: as the lists and responses say that were added; `required`: known for each certificate. */
  readonly revocation: 'unchecked' | 'given' | 'required'
}

/** A suggested fix as the page offers it: a certificate by its index in the pile. */
export type FixView =
  | Exclude<Fix, { readonly certificate: unknown }>
  | (Omit<Extract<Fix, { readonly kind: 'trust' }>, 'certificate'> & {
      readonly index: number
      readonly name: string
    })
  | (Omit<Extract<Fix, { readonly kind: 'add-list' }>, 'certificate'> & { readonly name: string })

export interface ValidateAnswer extends Conclusion {
  readonly report: ReportView
  readonly fixes: readonly FixView[]
  /** DER of the chain, target first, without the root; and whether it was sent in this order. */
  readonly order: { readonly chain: readonly Uint8Array[]; readonly asSent: boolean }
  /** How many certificates came in one text with the target, itself included: what a peer sent, if that is what it is. */
  readonly together: number
  readonly same: SameQuestion
  /** The verdicts of other programs, in a fixed order. */
  readonly others: readonly Opinion[]
}

/** What other programs need to be asked the same; certificates and lists in DER. */
export interface SameQuestion {
  readonly target: Uint8Array
  readonly anchors: readonly Uint8Array[]
  readonly intermediates: readonly Uint8Array[]
  readonly lists: readonly Uint8Array[]
  readonly options: ValidateOptions
  /** What a list revoked here: where a list decided, it must decide there too. */
  readonly listed: readonly PathCertificate['place'][]
}

/** The inputs of a report; SHA-256 in hexadecimal. */
export interface ReportInputs {
  readonly files: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
  readonly anchors: readonly { readonly subject: string; readonly sha256: string }[]
  readonly certificateLists: readonly {
    readonly issuer: string
    readonly thisUpdate: Date
    readonly nextUpdate: Date | null
    readonly sha256: string
  }[]
  readonly ocspResponses: readonly { readonly producedAt: Date | null; readonly sha256: string }[]
}

/** The report for programs, schema 2: every certificate once by its fingerprint, and paths that refer to it. */
export interface ReportData
  extends
    Pick<Report, 'schema' | 'engine' | 'best' | 'spent' | 'options'>,
    Pick<ReportView, 'publicRoots'>,
    Omit<Conclusion, 'saidToRefuse'> {
  readonly inputs: ReportInputs
  readonly certificates: readonly {
    readonly sha256: string
    readonly subject: string
    readonly issuer: string
    readonly serialNumber: string
    readonly notBefore: Date
    readonly notAfter: Date
    /** In base64. */
    readonly der: string
  }[]
  readonly paths: readonly (Pick<PathReport, 'verdict' | 'complete'> & {
    readonly certificates: readonly (Pick<PathCertificate, 'from' | 'place' | 'rows'> & {
      readonly sha256: string
      readonly refusals: readonly FindingCode[]
    })[]
  })[]
}

/** One report as data for programs, and as the source of a page for people. */
export interface ReportDocument extends Conclusion {
  readonly data: ReportData
  readonly report: ReportView
  readonly inputs: ReportInputs
  readonly options: ValidateOptions
}

export interface RuleExample {
  readonly code: FindingCode
  /** Null if there is no example chain for this rule. */
  readonly report: ReportView | null
}

export interface ValidateMethods extends LookMethods {
  /** Reads files, or text as one file; `add` keeps earlier ones. Without names and bytes: returns the current pile. */
  'validate.read': {
    in: { files: readonly InFile[]; passwords: readonly string[]; add: boolean }
    out: PileView
  }
  'validate.search': { in: PileQuery; out: PilePage }
  'validate.clear': { in: null; out: PileView }
  'validate.run': { in: ValidateQuestion; out: ValidateAnswer }
  'validate.timeline': { in: ValidateQuestion; out: readonly Era[] }
  /** Returns the choices that would change the answer if made otherwise. */
  'validate.choices': { in: ValidateQuestion; out: readonly Choice[] }
  'validate.stores': { in: null; out: readonly TrustStoreView[] }
  /** Takes the text of the pack of public roots; their store is one of the others from then on. */
  'validate.publicRoots': { in: { text: string }; out: readonly TrustStoreView[] }
  /** Returns all stores and the id of the new one. */
  'validate.addStore': {
    in: { name: string; from: StoreSource; keep: 'vault' | 'visit'; actor: Actor }
    out: { stores: readonly TrustStoreView[]; id: string }
  }
  /** Every certificate of a store, by name. */
  'validate.storeContents': { in: { id: string }; out: readonly StoreAnchor[] }
  'validate.changeStore': { in: StoreChange & { actor: Actor }; out: readonly TrustStoreView[] }
  'validate.removeStore': { in: { id: string; actor: Actor }; out: readonly TrustStoreView[] }
  /** Returns a minimal chain that breaks this rule, made on the fly with throw-away keys, and its report. */
  'validate.example': { in: { code: FindingCode }; out: RuleExample }
  /** The report for a ticket or an audit, with fingerprints of all inputs. */
  'validate.report': { in: ValidateQuestion; out: ReportDocument }
}

/** The result for a question about the pile: the verdict of its paths, and what precedes it. */
export interface Conclusion {
  readonly verdict: Verdict
  /** The certificate that was meant and cannot be read: no other is validated in its place. */
  readonly unread: PileProblem | null
  /** A list or response that cannot be read: it may revoke one of these. */
  readonly unreadStatus: PileProblem | null
  /** Programs that were observed to refuse a chain that is valid here. */
  readonly refusedBy: readonly Program[]
  /** Programs documented to refuse such a chain; they cannot be run here. */
  readonly saidToRefuse: readonly Program[]
}
