/**
 * The border between the page and the worker: every method's name → input and output. Passphrases travel from the page
 * to the worker only; a CA's key travels in neither direction except as the encrypted file of `authority.exportKey`,
 * which the operator requested and the journal records.
 */
import type { EndEntityKeeping, KeyKeeping, KeyProtection, Opens } from './words.ts'
import type { RevocationReason } from '../ca/revoke.ts'
import type { ErrorCode, ErrorDetails } from '../errors.ts'
import type { IssuerAddresses } from '../ca/addresses.ts'
import type { ExtensionInputs, ValidityInput } from '../ca/input.ts'
import type { Profile } from '../ca/profiles.ts'
import type { Finding, FindingCode } from '../findings.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { CeremonyMethods } from './protocol/ceremony.ts'
import type { FileMethods } from './protocol/files.ts'
import type { ImportMethods } from './protocol/import.ts'
import type { InventoryMethods } from './protocol/inventory.ts'
import type { MatrixMethods } from './protocol/lab-matrix.ts'
import type { LabMethods } from './protocol/lab.ts'
import type { ValidateMethods } from './protocol/validate.ts'
import type { KeyMethods } from './protocol/keys.ts'
import type { RenewalMethods } from './protocol/renewal.ts'
import type { QuorumMethods } from './protocol/quorum.ts'
import type { RequestMethods } from './protocol/request.ts'
import type { ListMethods } from './protocol/list.ts'
import type { ResponseMethods } from './protocol/response.ts'
import type * as view from './views.ts'

/** The operator's input for one certificate, as plain data; ca/ checks it. */
export interface IssueInput {
  profileId: string
  /** Attribute type ('commonName', 'countryName', … or an OID) and value, in order. */
  subject: readonly { type: string; value: string }[]
  subjectAltNames: readonly { kind: string; value: string }[]
  /** Null: as the profile says. */
  validity: ValidityInput | null
  signature: string | null
  /** Overrides of the profile by extension name. */
  extensions: ExtensionInputs
}

export type ExportWhat = 'certificate' | 'chain' | 'pkcs7' | 'private-key' | 'pkcs12'

export interface BatchInput {
  authorityId: string
  profileId: string
  keyAlgorithm: string
  signature: string | null
  validity: ValidityInput | null
  extensions: ExtensionInputs
  /** The table: CSV or pasted cells, heading first. */
  table: string
  keys: EndEntityKeeping
  acknowledged: readonly FindingCode[]
  /** What the plan said against the CA: no more than that is accepted. */
  shown?: readonly Finding[]
  actor: view.Actor
}

export interface Methods
  extends
    ValidateMethods,
    LabMethods,
    MatrixMethods,
    RenewalMethods,
    RequestMethods,
    ListMethods,
    ResponseMethods,
    FileMethods,
    ImportMethods,
    InventoryMethods,
    KeyMethods,
    QuorumMethods,
    CeremonyMethods {
  'vault.status': { in: null; out: view.VaultStatus }
  'vault.create': {
    in: {
      passphrase: string
      recoveryPassphrase: string | null
      visibility: view.Visibility
      /** The page's location: a path on the disk, or an address. It is journalled. */
      place?: string
      actor: view.Actor
    }
    out: view.VaultStatus
  }
  'vault.unlock': { in: { passphrase: Opens; place?: string; actor: view.Actor }; out: view.VaultStatus }
  'vault.lock': { in: null; out: view.VaultStatus }
  'vault.changePassphrase': {
    in: { slotId: string; current: Opens; next: string; actor: view.Actor }
    out: view.VaultStatus
  }
  'vault.addPassphrase': {
    in: { current: Opens; next: string; label: string; actor: view.Actor }
    out: view.VaultStatus
  }
  'vault.removeSlot': { in: { slotId: string; current: Opens; actor: view.Actor }; out: view.VaultStatus }
  /** A new secret for the vault: slots whose passphrases are given are kept, others are dropped; `progress` steps. */
  'vault.rekey': {
    in: { kept: readonly { slotId: string; passphrase: Opens }[]; actor: view.Actor }
    out: view.VaultStatus
  }
  /** Confirms that the vault is of an earlier revision than the page has seen, on purpose. */
  'vault.confirmEarlier': { in: { seen: number; actor: view.Actor }; out: view.VaultStatus }
  'vault.setIdle': { in: { minutes: number; actor: view.Actor }; out: view.VaultStatus }
  /** Resets the idle timer. */
  'vault.touch': { in: null; out: { locksAt: Date | null } }
  /** Reads and authenticates every record; `progress` steps. */
  'vault.check': { in: null; out: view.CheckResult }
  /** Records the result of navigator.storage.persist(), which only a page may call. */
  'vault.setPersisted': { in: { persisted: boolean }; out: view.VaultStatus }
  /** Makes the throw-away vault with a sample hierarchy and enters it; leaving deletes it. */
  'vault.enterSample': { in: null; out: view.VaultStatus }
  'vault.leaveSample': { in: null; out: view.VaultStatus }
  /** `passphrase` null: the vault's own passphrases open the backup. */
  'vault.backup': {
    in: { passphrase: string | null; place?: string; actor: view.Actor }
    out: { file: view.ExportFile; summary: view.BackupSummary }
  }
  'vault.checkBackup': { in: { file: Uint8Array; passphrase: Opens }; out: view.BackupSummary }
  /** `replace`: discards the current vault; without it an existing vault is an error. */
  'vault.restore': {
    in: { file: Uint8Array; passphrase: Opens; replace: boolean; place?: string; actor: view.Actor }
    out: { status: view.VaultStatus; summary: view.BackupSummary }
  }
  /** Rejects if a passphrase must not protect a CA: 'passphrase-too-short', 'passphrase-weak'. */
  'vault.checkPassphrase': { in: { passphrase: string }; out: null }
  /** Whether a file under this passphrase is as good as plain. */
  'vault.isWorthless': { in: { passphrase: string }; out: boolean }
  /** Returns random words and their entropy. */
  'vault.suggestPassphrase': { in: { words: number }; out: view.PassphraseSuggestion }

  'authority.list': { in: null; out: readonly view.AuthorityView[] }
  'authority.tree': { in: null; out: readonly view.AuthorityNode[] }
  /** Opens a CA's key that has its own passphrase, until it is closed or the vault locks. */
  'authority.unlock': {
    in: { authorityId: string; passphrase: Opens; actor: view.Actor }
    out: view.AuthorityView
  }
  /** Closes it again. */
  'authority.close': { in: { authorityId: string; actor: view.Actor }; out: view.AuthorityView }
  /** For all it issues from now on; the certificates that are there stay as they are. */
  'authority.setAddresses': {
    in: { authorityId: string; addresses: IssuerAddresses; actor: view.Actor }
    out: view.AuthorityView
  }
  'authority.retire': { in: { authorityId: string; actor: view.Actor }; out: view.AuthorityView }
  /**
   * `typedName` must be the authority's common name (or subject); `seen`, everything else that loses the key (ids). The
   * passphrase is required again, as below.
   */
  'authority.destroyKey': {
    in: {
      authorityId: string
      typedName: string
      seen: readonly string[]
      vaultPassphrase: Opens
      actor: view.Actor
    }
    out: view.AuthorityView
  }
  /** `vaultPassphrase` is required again: an open vault is not enough. */
  'authority.exportKey': {
    in: {
      authorityId: string
      format: 'pkcs8' | 'pkcs12'
      vaultPassphrase: Opens
      keyPassphrase: Opens | null
      filePassphrase: string
      actor: view.Actor
    }
    out: view.ExportFile
  }

  'certificate.list': { in: view.CertificateQuery; out: view.CertificatePage }
  'certificate.detail': { in: { certificateId: string }; out: view.CertificateDetail }
  /** `before`: the notes as seen when editing began; changes somebody else made meanwhile are kept. */
  'certificate.note': {
    in: { certificateId: string; before: view.Notes; actor: view.Actor } & view.Notes
    out: view.CertificateRow
  }
  'certificate.export': {
    in: {
      certificateId: string
      what: ExportWhat
      format: 'pem' | 'der'
      includeRoot: boolean
      /** Needed for 'private-key' and 'pkcs12'. */
      protection: KeyProtection | null
      actor: view.Actor
    }
    out: view.ExportFile
  }

  /** Parses any certificate's DER, from the vault or only prepared; stores nothing. */
  'certificate.read': { in: { der: Uint8Array }; out: Certificate }

  /** `authorityId` null makes a self-signed root. The new key is made and sealed here, and dropped on discard. */
  'issue.prepare': {
    in: {
      authorityId: string | null
      request: IssueInput
      key:
        | { kind: 'generate'; algorithm: string }
        | { kind: 'spki'; spki: Uint8Array }
        /** The key of a request; `take`: the extensions taken from it, by OID. `requestId`: the stored request. */
        | { kind: 'request'; der: Uint8Array; take: readonly string[]; requestId: string | null }
    }
    out: view.PreparedView
  }
  'issue.sign': {
    in: {
      token: string
      acknowledged: readonly FindingCode[]
      /** For a CA's certificate: how its key is kept. */
      caKey: KeyKeeping
      /** For an end-entity's certificate; the default is 'sealed'. */
      endEntityKey: EndEntityKeeping
      actor: view.Actor
    }
    out: view.IssuedView
  }
  'issue.discard': { in: { token: string }; out: null }

  /** The operator's own profiles; the built-in ones are in ca/profiles.ts. */
  'profile.list': { in: null; out: readonly Profile[] }
  'profile.save': { in: { profile: Profile; actor: view.Actor }; out: Profile }
  'profile.remove': { in: { profileId: string; actor: view.Actor }; out: null }
  'profile.import': { in: { file: Uint8Array; actor: view.Actor }; out: Profile }

  /** Permanent, or with 'certificateHold' until it is released. */
  'revocation.revoke': {
    in: {
      certificateId: string
      reason: RevocationReason | 'certificateHold'
      invalidityDate: Date | null
      actor: view.Actor
    }
    out: view.CertificateRow
  }
  'revocation.release': { in: { certificateId: string; actor: view.Actor }; out: view.CertificateRow }

  'journal.list': { in: { offset: number; limit: number; search?: string }; out: view.JournalPage }
  'journal.verify': { in: null; out: view.JournalCheck }
  'journal.export': { in: { actor: view.Actor }; out: view.ExportFile & { readonly last: string } }

  /** Reads the table, and tries each row with that issuer; without an issuer, only reads the table. */
  'batch.read': {
    in: Pick<BatchInput, 'table' | 'profileId' | 'keyAlgorithm' | 'validity'> & { authorityId: string | null }
    out: view.BatchPlan
  }
  /** Runs to its end; progress reports what is committed; abort the call to cancel. */
  'batch.start': { in: BatchInput; out: view.BatchResult }
  'batch.pause': { in: { batchId: string }; out: null }
  'batch.resume': { in: { batchId: string }; out: null }

  'algorithms.supported': { in: null; out: readonly view.AlgorithmSupport[] }
}

export type Method = keyof Methods
export type In<M extends Method> = Methods[M]['in']
export type Out<M extends Method> = Methods[M]['out']

/** Events that no call caused, in this tab or another. */
export type VaultEvent =
  | { name: 'unlocked' }
  | { name: 'locked'; reason: 'asked' | 'idle' | 'other-tab' }
  /** Records were written, here or in another tab: reload what is shown. */
  | { name: 'changed'; otherTab: boolean }
  | { name: 'problems'; problems: readonly view.RecordProblem[] }

export type ToWorker =
  | { kind: 'call'; id: number; method: Method; input: unknown }
  | { kind: 'cancel'; id: number }
  /** The worker's own script, for the worker that it starts itself. */
  | { kind: 'script'; script: Blob }

export type FromWorker =
  | { kind: 'result'; id: number; output: unknown }
  | { kind: 'coded-error'; id: number; code: ErrorCode; detail: ErrorDetails[ErrorCode] }
  /** A bug: its message, never its data. */
  | { kind: 'bug'; id: number; message: string }
  | { kind: 'progress'; id: number; progress: view.Progress }
  | { kind: 'event'; event: VaultEvent }
