/** The judge's part of the border: a pile goes in, a report comes out. Nothing of it is stored. */
import type { KeyType } from '../../webcrypto/algorithms.ts'
import type { PileItem, PileNotice, PileProblem, Source } from '../../containers/pile/items.ts'
import type { FindingCode } from '../../findings.ts'
import type { ValidateOptions } from '../../validate/options.ts'
import type { Commands } from '../../validate/survey/commands.ts'
import type { Guess } from '../../validate/advice/guess.ts'
import type { Mend } from '../../validate/advice/mends.ts'
import type { Opinion } from '../../validate/survey/others.ts'
import type { Program } from '../../validate/survey/programs.ts'
import type { Era } from '../../validate/advice/timeline.ts'
import type { PathCertificate, PathReport, Report, Verdict } from '../../validate/report.ts'
import type { InFile } from '../words.ts'
import type { Actor, CertificateRow, ExportFile } from '../views.ts'

/** One certificate of the pile, as a line. */
export interface PileCertificate {
  /** Place in the pile: how the page speaks of it. */
  readonly index: number
  readonly subject: string
  readonly issuer: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly isCa: boolean
  readonly selfIssued: boolean
  readonly spkiHash: Uint8Array
  readonly source: Source
}

/** A private key found in the pile: matched, and not kept. */
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
  /** The first of them where there are many, the first that sign themselves, and the one that is guessed: see `total`. */
  readonly certificates: readonly PileCertificate[]
  readonly total: number
  readonly lists: number
  readonly responses: number
  readonly requests: number
  readonly keys: readonly PileKey[]
  /** Containers that no password opens yet, and keys in open ones that have a password of their own. */
  readonly locked: readonly Pick<Locked, 'source' | 'part' | 'friendlyName'>[]
  readonly problems: readonly PileProblem[]
  readonly notices: readonly PileNotice[]
  readonly guess: Guess
}

/** Which certificates of the pile to list. */
export interface PileQuery {
  /** Words that must all occur in names, serial number or file; '' for all. */
  readonly text: string
  /** Only those that sign themselves. */
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
  /** `hierarchy`: the roots of the vault; `vault`: kept there; both while it is open. `visit`: until the page is closed. */
  readonly kind: 'hierarchy' | 'vault' | 'visit'
  readonly count: number
}

/** What goes into a trust store: certificates of the pile by their place, or the roots of the vault. */
export type StoreSource =
  { readonly kind: 'pile'; readonly certificates: readonly number[] } | { readonly kind: 'hierarchy' }

/** One certificate of a trust store, as a line. */
export interface StoreAnchor {
  /** SHA-256 in hexadecimal: how the page speaks of it. */
  readonly fingerprint: string
  readonly subject: string
  readonly notAfter: Date
  readonly spkiHash: Uint8Array
}

/** What a trust store is to be from now on. */
export interface StoreChange {
  readonly id: string
  readonly name: string
  /** Fingerprints of what goes. */
  readonly without: readonly string[]
  /** What comes; what is there already stays once. */
  readonly add: StoreSource | null
}

export interface JudgeQuestion {
  /** Place in the pile. */
  readonly target: number
  readonly stores: readonly string[]
  /** Certificates of the pile that are trusted for this question. */
  readonly trusted: readonly number[]
  readonly options: ValidateOptions
  /** The target was chosen, not guessed: then it is the one that is meant. */
  readonly isChosen?: boolean
}

/** A certificate of a path as its card shows it, with every rule and what it found. */
export interface JudgedCertificate extends Pick<
  PathCertificate,
  'from' | 'place' | 'rows' | 'refusals' | 'faults' | 'undecided'
> {
  /** What to call it. */
  readonly name: string
  readonly card: JudgedCard
  readonly der: Uint8Array
}

export type JudgedCard = Pick<
  CertificateRow,
  | 'subject'
  | 'commonName'
  | 'subjectAltNames'
  | 'issuer'
  | 'serialNumber'
  | 'notBefore'
  | 'notAfter'
  | 'isCa'
  | 'keyAlgorithm'
  | 'signatureAlgorithm'
  | 'fingerprint'
  | 'spkiHash'
>

/** A path, anchor first. */
export interface PathView extends Pick<PathReport, 'verdict' | 'complete'> {
  readonly certificates: readonly JudgedCertificate[]
}

export interface ReportView extends Pick<Report, 'engine' | 'verdict' | 'best' | 'spent'> {
  readonly at: Date
  readonly paths: readonly PathView[]
}

/** A mend as the page offers it: a certificate by its place in the pile. */
export type MendView =
  | Exclude<Mend, { readonly certificate: unknown }>
  | { readonly kind: 'trust'; readonly index: number; readonly name: string }
  | (Omit<Extract<Mend, { readonly kind: 'add-list' }>, 'certificate'> & { readonly name: string })

export interface JudgeAnswer extends Judgement {
  readonly report: ReportView
  readonly mends: readonly MendView[]
  /** DER of the chain, target first, root left out; and whether it lay so in what was sent. */
  readonly order: { readonly chain: readonly Uint8Array[]; readonly asSent: boolean }
  readonly commands: Commands
  /** What other programs would say, in a fixed order. */
  readonly others: readonly Opinion[]
}

/** What a report rests on; SHA-256 in hexadecimal. */
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

/** One report as a file for programs, and as what a page for people is made of. */
export interface ReportDocument extends Judgement {
  readonly json: ExportFile
  readonly report: ReportView
  readonly inputs: ReportInputs
  readonly options: ValidateOptions
}

export interface RuleExample {
  readonly code: FindingCode
  /** Null where no chain is drawn for this rule. */
  readonly report: ReportView | null
}

export interface JudgeMethods {
  /** Files, or text as one file; `add` keeps what was read before. Without names and bytes: the pile as it is. */
  'judge.read': {
    in: { files: readonly InFile[]; passwords: readonly string[]; add: boolean }
    out: PileView
  }
  'judge.search': { in: PileQuery; out: PilePage }
  'judge.clear': { in: null; out: PileView }
  'judge.run': { in: JudgeQuestion; out: JudgeAnswer }
  'judge.timeline': { in: JudgeQuestion; out: readonly Era[] }
  'judge.stores': { in: null; out: readonly TrustStoreView[] }
  /** Answers all stores and the id of the new one. */
  'judge.addStore': {
    in: { name: string; from: StoreSource; keep: 'vault' | 'visit'; actor: Actor }
    out: { stores: readonly TrustStoreView[]; id: string }
  }
  /** Every certificate of a store, by name. */
  'judge.storeContents': { in: { id: string }; out: readonly StoreAnchor[] }
  'judge.changeStore': { in: StoreChange & { actor: Actor }; out: readonly TrustStoreView[] }
  'judge.removeStore': { in: { id: string; actor: Actor }; out: readonly TrustStoreView[] }
  /** A minimal chain that breaks this rule, made now with keys that are thrown away, and its report. */
  'judge.example': { in: { code: FindingCode }; out: RuleExample }
  /** The report for a ticket or an audit, with fingerprints of all inputs. */
  'judge.report': { in: JudgeQuestion; out: ReportDocument }
}

/** What is answered to a question about the pile: the verdict of its paths, and what stands before it. */
export interface Judgement {
  readonly verdict: Verdict
  /** The certificate that was meant and cannot be read: then nothing is said for another in its place. */
  readonly unread: PileProblem | null
  /** A list or response that cannot be read: it may say that one of these is revoked. */
  readonly unreadStatus: PileProblem | null
  /** Programs that were seen to refuse a chain that is valid here. */
  readonly refusedBy: readonly Program[]
  /** Programs whose makers publish that they refuse such a chain; nobody here can run them. */
  readonly saidToRefuse: readonly Program[]
}
