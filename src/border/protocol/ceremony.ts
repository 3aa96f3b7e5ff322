/** This part of the border leads a ceremony: from its plan to the record that witnesses sign. */
import type { Decision, CeremonyKind, ExceptionWhy, Said } from '../../ceremony/events.ts'
import type { AttributeInput } from '../../ca/input.ts'
import type { Plan } from '../../ceremony/plan.ts'
import type { Difference } from '../../ceremony/skeleton.ts'
import type { Phase } from '../../ceremony/standing.ts'
import type { TranscriptLine } from '../../ceremony/transcript.ts'
import type { PlanFault } from '../../ceremony/plan-file/fault.ts'
import type { AmendedPlan, Amendments } from '../../ceremony/amend.ts'
import type { TypedAnswers, FormFault } from '../../ceremony/plan-form/answers.ts'
import type { PlanFinding } from '../../ceremony/lint/finding.ts'
import type { Finding } from '../../findings.ts'
import type { ExportFile, PreparedFieldView } from '../views.ts'
import type { InFile } from '../words.ts'

/** A plan as read: either everything that is wrong with its file, or what it says and what speaks against it. */
export type PlanReading =
  | { readonly plan: null; readonly faults: readonly PlanFault[] }
  | {
      readonly plan: Plan
      /** SHA-256 of its file, in lower-case hex: what the plan is known by. */
      readonly sha256: string
      readonly findings: readonly PlanFinding[]
    }

/** What was found in a file that the form of a plan asks for. */
export interface AnswerFile {
  readonly kind: 'authority' | 'request' | 'list'
  readonly der: Uint8Array
  /** Of its DER, in lower-case hex. */
  readonly sha256: string
  /** Of its subject; of a list, its issuer. */
  readonly name: string
  readonly subject: readonly AttributeInput[]
  /** cRLNumber of a list, in decimal; null: it has none. */
  readonly number: string | null
}

/** A file of the record, by what it is compared with. */
export interface KeptFile {
  readonly name: string
  readonly octets: number
  readonly sha256: string
}

export interface CeremonyView {
  readonly kind: CeremonyKind
  readonly phase: Phase
  readonly plan: Plan
  readonly planSha256: string
  /** The step that is next or being done (id); null if none is left. */
  readonly step: string | null
  readonly lines: readonly TranscriptLine[]
  /** SHA-256 of the last line. */
  readonly head: string
  readonly passed: { readonly key: boolean; readonly signature: boolean }
  /** For an interrupted step that signs: whether what it was about to sign is in the vault; null: the vault is not open. */
  readonly found: boolean | null
  /** The vault of this ceremony: none, locked, open; `lost`: there was one. */
  readonly vault: 'none' | 'locked' | 'open' | 'lost'
  readonly files: readonly KeptFile[]
  /** Once its record is closed: SHA-256 of the manifest, and who has signed it. */
  readonly manifest: string | null
  readonly signers: readonly string[]
}

export interface CarriedOut {
  /** `broken`: what is kept cannot be read as a ceremony. */
  readonly kind: CeremonyKind | 'broken'
  readonly begun: Date
  readonly now: Date
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array; readonly sha256: string }[]
}

/** One object that is about to be signed. */
export interface ObjectToSign {
  readonly object: string
  readonly name: string
  readonly fields: readonly PreparedFieldView[]
  readonly findings: readonly { readonly finding: Finding; readonly accepted: string | null }[]
  /** SHA-256 of the octets that would be signed, whole and without what belongs to keys. */
  readonly tbs: string
  readonly masked: string
  readonly octets: number
  readonly holes: number
  /** What was rehearsed; null in a rehearsal. */
  readonly rehearsed: string | null
  /** Where it is not what was rehearsed. */
  readonly difference: Difference | null
  readonly reread: string
}

export interface ToSign {
  /** Null: it is not signed. */
  readonly token: string | null
  readonly objects: readonly ObjectToSign[]
}

/** What a person says at the end of a step that signs and stores nothing. */
export type StepAnswer = {
  [A in 'tool' | 'storage' | 'clock' | 'plan-words' | 'roll-call' | 'request' | 'sign-off']: {
    readonly act: A
  } & Omit<Said[A], 'object' | 'sha256' | 'spki' | 'ahead'> &
    (A extends 'tool' | 'plan-words' ? { readonly sha256: string } : unknown)
}['tool' | 'storage' | 'clock' | 'plan-words' | 'roll-call' | 'request' | 'sign-off']

export interface CeremonyMethods {
  /** Reads a plan and lints it; stores nothing. */
  'ceremony.readPlan': { in: { file: Uint8Array }; out: PlanReading }
  /** Makes the file of a plan from the answers of a form, or says what is wrong with them; stores nothing. */
  'ceremony.template': {
    in: TypedAnswers
    out: { readonly file: Uint8Array } | { readonly faults: readonly FormFault[] }
  }
  /** Changes what the author of a plan adds by hand; stores nothing. */
  'ceremony.amend': { in: { file: Uint8Array; amendments: Amendments }; out: AmendedPlan }
  /** The certificates of CAs and the requests in files, in their order. */
  'ceremony.answerFiles': { in: { files: readonly InFile[] }; out: readonly AnswerFile[] }
  /** SHA-256 of a file as sha256sum prints it. */
  'ceremony.sum': { in: { file: Uint8Array }; out: string }
  /** Null: none was begun in this browser. */
  'ceremony.view': { in: null; out: CeremonyView | null }
  /**
   * Begins one. `policy`: the page's own, whose hash it is known by. A live one needs what a rehearsal of the same plan has fixed. Rejects with 'ceremony-running',
   * 'ceremony-plan', 'ceremony-unsealed', 'ceremony-sealed-…'. `sealed`: the ZIP of the rehearsal, or sealed.json if the rehearsal is in this browser.
   */
  'ceremony.open': {
    in: { kind: CeremonyKind; plan: Uint8Array; sealed: Uint8Array | null; policy: string; place: string }
    out: CeremonyView
  }
  /** Enters the vault of the ceremony: for a rehearsal one that is thrown away. */
  'ceremony.enter': { in: null; out: CeremonyView }
  'ceremony.begin': { in: { step: string }; out: CeremonyView }
  'ceremony.answer': { in: { step: string; answer: StepAnswer }; out: CeremonyView }
  /** After the vault was made or opened. */
  'ceremony.vaultOpened': { in: { step: string; how: 'made' | 'unlocked' }; out: CeremonyView }
  /** Compares a request that was brought with the plan. Rejects with 'ceremony-file-other'. */
  'ceremony.bring': {
    in: { step: string; files: readonly InFile[] }
    out: { readonly sha256: string; readonly spki: string; readonly subject: string }
  }
  /** Prepares what a step signs; signs nothing. */
  'ceremony.prepare': { in: { step: string }; out: ToSign }
  'ceremony.sign': { in: { step: string; token: string }; out: CeremonyView }
  'ceremony.backup': { in: { step: string; place: string }; out: { file: ExportFile; view: CeremonyView } }
  /** In the step that reads it back: the backup never arrived, so that another one is made. What happened is an exception. */
  'ceremony.backupAgain': {
    in: { step: string; place: string; text: string; by: string }
    out: { file: ExportFile; view: CeremonyView }
  }
  'ceremony.readBack': {
    in: { step: string; file: Uint8Array; passphrase: string }
    out: CeremonyView
  }
  'ceremony.destroy': { in: { step: string; vaultPassphrase: string }; out: CeremonyView }
  'ceremony.close': { in: { step: string }; out: CeremonyView }
  'ceremony.except': {
    in: { why: ExceptionWhy; decision: Decision; text: string; by: string }
    out: CeremonyView
  }
  'ceremony.pause': { in: { text: string }; out: CeremonyView }
  'ceremony.resume': { in: null; out: CeremonyView }
  'ceremony.abort': { in: { text: string; by: string }; out: CeremonyView }
  /** Closes the record over these sheets and everything else; of one that was aborted if it was live. */
  'ceremony.complete': { in: { sheets: readonly InFile[] }; out: CeremonyView }
  /** Puts a witness's certificate on the roll: only their key then signs for them. Rejects with 'witness-…'. */
  'ceremony.enrol': { in: { person: string; file: InFile }; out: CeremonyView }
  /** Adds what witnesses have signed; those that count are kept, whatever becomes of the others. Rejects with 'witness-…'. */
  'ceremony.attest': { in: { files: readonly InFile[] }; out: CeremonyView }
  'ceremony.file': { in: { name: string }; out: ExportFile }
  /** Everything that leaves. */
  'ceremony.carryOut': { in: null; out: CarriedOut }
  /** The same of one that cannot be read, as it is. */
  'ceremony.salvage': { in: null; out: CarriedOut }
  /** Forgets a ceremony that has ended, and the vault of a rehearsal. */
  'ceremony.forget': { in: null; out: null }
}
