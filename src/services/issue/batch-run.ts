/** Many certificates from one table: made concurrently, stored many per transaction, reported once they are stored. */
import { prepare } from '../../ca/prepare.ts'
import { stopping, warnings } from '../../ca/issue.ts'
import type { Profile } from '../../ca/profiles.ts'
import { exportCertificate, exportChain } from '../../containers/export.ts'
import { FileKeys } from '../../containers/file-keys.ts'
import { isCodedError } from '../../errors.ts'
import type { Finding, FindingCode } from '../../findings.ts'
import type { Write } from '../../vault/commit.ts'
import { openPrivateKey } from '../../vault/signing-keys.ts'
import type { JournalDraft } from '../../vault/shapes.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { callingName } from '../../x509/calling-name.ts'
import { serialOf } from '../../x509/serial-number.ts'
import {
  newKey,
  recordsOf,
  signPrepared,
  type IssuingAuthority,
  type Prepared,
} from '../certifying/certified-key.ts'
import { endsRun, failureOf } from '../../border/failure.ts'
import { surroundings } from '../certifying/surroundings.ts'
import { keyFile, WRITING, type Chain } from '../inventory/methods/certificate.ts'
import type { BatchInput } from '../../border/protocol.ts'
import type { CodedFailure } from '../../border/words.ts'
import { Derivations } from '../files/derivations.ts'
import { leavingOf } from '../session/leaving.ts'
import type { Session } from '../session/session.ts'
import { Signed, type Authorization } from '../signing/signed.ts'
import { sideBySide } from '../shared/side-by-side.ts'
import type { TableRow } from './table.ts'
import { refusalOf, requestOf } from './trial.ts'
import type { BatchProgress, BatchRowProblem, ExportFile } from '../../border/views.ts'

/** Certificates per transaction: few enough for frequent reports, many enough that storing costs little. */
const CHUNK = 128
/** Made concurrently: WebCrypto runs on other threads. */
const LANES = 16
/** Interval between progress reports, in milliseconds. */
const REPORT_INTERVAL = 100

export interface BatchParts {
  session: Session
  input: BatchInput
  profile: Profile
  issuer: IssuingAuthority
  /** The issuer's right to sign: checked for each chunk, and again when it is stored. */
  right: Authorization
  report: (progress: BatchProgress) => void
}

/** A file of the archive, and the table line it came from. */
export interface MadeFile extends ExportFile {
  line: number
}

interface Made {
  row: TableRow
  signed: Signed<SignedRow>
}

interface SignedRow {
  row: TableRow
  certificate: Certificate
  certificateId: string
  writes: Write[]
  entries: JournalDraft[]
  files: MadeFile[]
}

export class BatchRun {
  readonly id: string
  readonly problems: BatchRowProblem[] = []
  readonly files: MadeFile[] = []
  readonly issued: { line: number; subject: string; serialNumber: string; certificateId: string }[] = []
  isStopped = false
  /** Why it ended early; null if it was cancelled or ran to its end. */
  stoppedBy: CodedFailure | null = null
  /** Lines that are stored, or refused by a rule. */
  readonly #settled = new Set<number>()
  readonly #parts: BatchParts
  /** All files share one passphrase: its keys are derived once. */
  readonly #fileKeys: FileKeys | undefined
  /** In a worker of their own, while certificates are made here. */
  readonly #derivations = new Derivations(undefined)
  #total = 0
  #made = 0
  #reportedAt = 0
  #resume: (() => void) | null = null
  #paused: Promise<void> | null = null

  constructor(id: string, parts: BatchParts) {
    this.id = id
    this.#parts = parts
    const { keys } = parts.input
    const passphrase =
      keys.kind === 'hand-out' && keys.protection.kind === 'encrypted' ? keys.protection.passphrase : ''
    this.#fileKeys =
      passphrase === '' ? undefined : new FileKeys(passphrase, WRITING, this.#derivations.derive)
  }

  pause(): void {
    this.#paused ??= new Promise((resolve) => (this.#resume = resolve))
    this.#report([])
  }

  resume(): void {
    this.#resume?.()
    this.#paused = null
    this.#report([])
  }

  stop(): void {
    this.isStopped = true
    this.#resume?.()
  }

  /** Resolves when all rows are done, or soon after stop(); everything in `issued` by then is stored. */
  async run(rows: readonly TableRow[]): Promise<void> {
    try {
      await this.#run(rows)
    } finally {
      this.#derivations.close()
    }
  }

  async #run(rows: readonly TableRow[]): Promise<void> {
    this.#total = rows.length
    this.#report([])
    let storing = Promise.resolve()
    for (let from = 0; from < rows.length; from += CHUNK) {
      await this.#paused
      if (this.#hasStopped()) break
      // Asked while they are made: the answer comes after the transaction in flight. Nothing made leaves before it.
      const [isAllowed, made] = await Promise.all([
        this.#isAllowed(),
        this.#make(rows.slice(from, from + CHUNK)),
      ])
      if (!isAllowed) break
      // At most one transaction is in flight while the next certificates are made.
      await storing
      storing = this.#store(made)
    }
    await storing
  }

  /** Returns false for a CA that was retired, or whose key was destroyed, in this tab or another. */
  async #isAllowed(): Promise<boolean> {
    try {
      await this.#parts.right.standing()
      return true
    } catch (error) {
      this.end(error)
      return false
    }
  }

  /** Storage full, vault locked, or the right to sign lost: keeps what is stored, and starts no more rows. */
  end(error: unknown): void {
    if (!isCodedError(error)) throw error
    this.stoppedBy ??= failureOf(error)
    this.stop()
  }

  async #make(rows: readonly TableRow[]): Promise<Made[]> {
    const { session, issuer } = this.#parts
    const around = surroundings(new Date(session.now), issuer.against)
    const filed: Promise<Made | null>[] = []
    const makeOne = async (row: TableRow): Promise<void> => {
      const one = await this.#unlessRefused(row, () => this.#signOne(row, around))
      if (!one) return
      // Not awaited here: the first file derives the keys of all.
      const file = this.#unlessRefused(row, () => this.#withFiles(row, one))
      file.catch(() => undefined)
      filed.push(file)
    }
    await sideBySide(rows, LANES, makeOne, () => this.isStopped)
    const made = (await Promise.all(filed)).filter((each) => each !== null)
    return made.sort((a, b) => a.row.line - b.row.line)
  }

  /** Returns null for a row that was refused, and reports its problem. */
  async #unlessRefused<T>(row: TableRow, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      if (!isCodedError(error)) throw error
      if (endsRun(error)) {
        this.end(error)
        return null
      }
      const { field, value } = refusalOf(row.line, error)
      this.#refuse(row, field, value)
      return null
    }
  }

  /** Returns null for a row that the rules refuse. */
  async #signOne(row: TableRow, around: ReturnType<typeof surroundings>) {
    const { session, input, profile, issuer, right } = this.#parts
    const { keyAlgorithm, acknowledged } = input
    const key = await newKey(session, keyAlgorithm)
    const request = requestOf(row, input, key.record.spki)
    const { token, certificate: prepared, findings } = await prepare(profile, request, issuer, around)
    const against = refusing(findings, acknowledged)
    if (!token || against.length > 0) {
      const codes = [...new Set(against.map(({ code }) => code))]
      this.#refuse(row, codes.join(' '), callingName(prepared), against)
      return null
    }
    const waiting: Prepared = { token, certificate: prepared, profileId: profile.id, issuer, key }
    return { waiting, certified: await signPrepared(waiting, right, acknowledged) }
  }

  async #withFiles(
    row: TableRow,
    { waiting, certified }: { waiting: Prepared; certified: Signed<Certificate> },
  ): Promise<Made> {
    const { session, input } = this.#parts
    const keeping = {
      caKey: { kind: 'vault' as const },
      endEntityKey: input.keys.kind === 'hand-out' ? ('handed-out' as const) : ('sealed' as const),
      leaving: leavingOf(input.keys),
    }
    const signed = await certified.map(async (certificate) => ({
      row,
      certificate,
      files: await this.#filesOf(row.line, certificate, waiting),
      ...(await recordsOf(session, waiting, certificate, keeping, input.actor)),
    }))
    this.#made++
    if (performance.now() - this.#reportedAt >= REPORT_INTERVAL) this.#report([])
    return { row, signed }
  }

  async #filesOf(line: number, certificate: Certificate, { key }: Prepared): Promise<MadeFile[]> {
    const { session, input, issuer } = this.#parts
    const chain: Chain = [certificate, issuer.certificate, ...issuer.chain]
    const files = [exportCertificate(certificate, 'pem'), exportChain(chain, { includeRoot: false })].map(
      ({ name, mediaType, bytes }) => ({ line, name, type: mediaType, bytes }),
    )
    if (input.keys.kind !== 'hand-out' || !key) return files
    const { keys } = await session.vault.requireOpen()
    const pkcs8 = await openPrivateKey(key.record, key.id, { kind: 'vault', wrappingKey: keys.wrapping })
    const { format, protection } = input.keys
    const file = await keyFile(chain, pkcs8, {
      format,
      encoding: 'pem',
      protection,
      includeRoot: false,
      keys: this.#fileKeys,
    })
    return [...files, { line, ...file }]
  }

  async #store(made: readonly Made[]): Promise<void> {
    const { session } = this.#parts
    const refused = this.#refusals.splice(0)
    if (made.length + refused.length === 0) return
    try {
      const stored = await Signed.all(made.map(({ signed }) => signed)).store(session, (rows) => ({
        writes: rows.flatMap(({ writes }) => writes),
        entries: [...rows.flatMap(({ entries }) => entries), ...refused],
        // The batch's last write is strict, and makes all earlier ones durable; no file is handed over before that.
        durability: 'relaxed',
        parsed: new Map(rows.map(({ certificateId, certificate }) => [certificateId, certificate])),
        result: rows,
      }))
      for (const { row, certificate, certificateId, files } of stored) {
        const { line, subject } = row
        this.#settled.add(line)
        this.issued.push({ line, subject, serialNumber: serialOf(certificate), certificateId })
        this.files.push(...files)
      }
      this.#report(stored.map(({ certificateId }) => certificateId))
    } catch (error) {
      this.end(error)
      this.#refusals.unshift(...refused)
    }
  }

  /** Journal entries of refused rows, stored with the next certificates. */
  readonly #refusals: JournalDraft[] = []

  /** Returns the rows that are neither stored nor refused by a rule. */
  leftOf(rows: readonly TableRow[]): TableRow[] {
    return rows.filter(({ line }) => !this.#settled.has(line))
  }

  /** Refusal entries that no transaction has stored yet. */
  get unwritten(): readonly JournalDraft[] {
    return this.#refusals
  }

  #refuse(row: TableRow, field: string, value: string, findings?: readonly Finding[]): void {
    const { session, input } = this.#parts
    this.#settled.add(row.line)
    this.problems.push({ ...rowProblem(row, 'refused', field, value), ...(findings ? { findings } : {}) })
    const [name] = row.subjectAltNames
    const refused = session.draft('certificate-refused', row.subject || (name ?? ''), input.actor)
    this.#refusals.push({ ...refused, reason: `${String(row.line)}: ${field}` })
  }

  #report(committed: readonly string[]): void {
    const { report } = this.#parts
    this.#reportedAt = performance.now()
    const progress = {
      done: this.issued.length,
      made: this.#made,
      failed: this.problems.length,
      total: this.#total,
    }
    report({ kind: 'batch', batchId: this.id, ...progress, paused: this.#paused !== null, committed })
  }

  /** Read on every call: it changes during an await. */
  #hasStopped(): boolean {
    return this.isStopped
  }
}

/** Returns the findings that keep it from being signed: errors, and warnings nobody acknowledged. */
function refusing(findings: readonly Finding[], acknowledged: readonly FindingCode[]): Finding[] {
  const stops = stopping(findings)
  const codes = stops.length > 0 ? stops : warnings(findings).filter((code) => !acknowledged.includes(code))
  return findings.filter(({ code }) => codes.includes(code))
}

function rowProblem(
  { line }: TableRow,
  code: BatchRowProblem['code'],
  field: string,
  value: string,
): BatchRowProblem {
  return { line, code, field, value }
}
