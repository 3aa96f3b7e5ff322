/** One operation on many certificates: previewed for each, then run concurrently and stored many per transaction. */
import { stopping, warnings } from '../../ca/issue.ts'
import { putOnHold, revoke } from '../../ca/revoke.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import { onCurrentRecords, type Change, type Write } from '../../vault/commit.ts'
import { recordsOf, requireRecord, type Read } from '../../vault/reading.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { RecordProblem } from '../../vault/shapes.ts'
import type { BulkAct, BulkItem, BulkPlan, BulkRefusal } from '../../border/protocol/bulk.ts'
import { callingName } from '../../x509/calling-name.ts'
import { revocationOf } from '../shared/facts.ts'
import { hasNoRight } from '../../border/failure.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { rightToIssue, signPrepared, type IssuingAuthority } from '../certifying/certified-key.ts'
import { surroundings } from '../certifying/surroundings.ts'
import { revokedRecord } from '../lists/methods/revocation.ts'
import {
  itemOf,
  leftOut,
  refusalOf,
  refuseAuthority,
  tierOf,
  type AcceptedShown,
  type Preview,
} from './bulk-items.ts'
import { renewedRecords } from './records.ts'
import { asFormer, authoritiesOf, prepareRenewal, type PreparedRenewal } from './renewing.ts'
import { rewritten } from '../files/rewritten.ts'
import type { Session } from '../session/session.ts'
import { ListedKeys } from '../signing/listed-keys.ts'
import { certifiedBy, requireKeptKey } from '../signing/lost-keys.ts'
import { remembered } from '../shared/remembered.ts'
import { sideBySide } from '../shared/side-by-side.ts'
import { Signed, type Authorization } from '../signing/signed.ts'
import type { Actor } from '../../border/views.ts'

/** Certificates per transaction, also made concurrently. */
const CHUNK = 250
const LANES = 16

type Renewing = Extract<BulkAct, { kind: 'renew' | 'replace' }>
type Revoking = Extract<BulkAct, { kind: 'revoke' }>
type Part = Pick<Required<Change>, 'writes' | 'entries' | 'basedOn'>

type CertificateRead = Read<'certificates'>

/** One prepared renewal. `records` is called again if its inputs changed. */
interface Made {
  readonly read: CertificateRead
  readonly records: (read: CertificateRead) => Promise<Signed<Part>>
}

/** The certificates that are new among these writes. */
const addedBy = (writes: readonly Write[]): string[] =>
  writes.filter(({ store, mode }) => store === 'certificates' && mode === 'add').map(({ id }) => id)

export class BulkRun {
  /** The first of those left out, and how many there are. */
  readonly refused: BulkItem[] = []
  refusedCount = 0
  done = 0
  readonly made: string[] = []
  readonly #closed = new Set<string>()
  readonly #against = new Map<string, readonly Finding[]>()
  isStopped = false
  readonly #session: Session
  readonly #act: BulkAct
  readonly #named: number
  readonly #around: ReturnType<typeof surroundings>
  /** Each issuer is read once, so that its chain is validated once, and its key opened once. */
  readonly #issuers = new Map<string, Promise<IssuingAuthority>>()
  readonly #last = new Map<string, Promise<string>>()
  readonly #rights = new Map<string, Promise<Authorization>>()
  readonly #listed: ListedKeys

  /** `named`: how many are listed one by one; the rest are counted. */
  constructor(session: Session, act: BulkAct, named: number) {
    this.#session = session
    this.#act = act
    this.#named = named
    this.#listed = new ListedKeys(session)
    this.#around = surroundings(new Date(session.now))
  }

  stop(): void {
    this.isStopped = true
  }

  /** Returns what would happen to each, in the given order. */
  async preview(ids: readonly string[], onProgress: (done: number) => void): Promise<BulkPlan> {
    const [ready, good, warned]: [string[], BulkItem[], string[]] = [[], [], []]
    const told = new Map<string, BulkPlan['warnings'][number]>()
    for (let from = 0; from < ids.length && !this.#hasStopped(); from += CHUNK) {
      const reads = await this.#read(ids.slice(from, from + CHUNK))
      const previews = new Map<string, Preview>()
      await this.#sideBySide(reads, async (read) => {
        previews.set(read.id, await this.#previewOne(read))
      })
      for (const { id } of reads) {
        const preview = previews.get(id)
        if (!preview) continue
        const { warnings: found, ...item } = preview
        if (item.refusal !== null) {
          this.#refuse(item)
          continue
        }
        ready.push(id)
        if (good.length < this.#named) good.push(item)
        if (found.length > 0) warned.push(id)
        for (const finding of found) {
          const about = `${finding.code} ${tierOf(finding)}`
          if (!told.has(about)) told.set(about, { finding, name: item.name })
        }
      }
      onProgress(ready.length + this.refusedCount)
    }
    const refused = this.refusedCount
    return {
      ...{ total: ready.length + refused, ready, warned, refused },
      items: [...this.refused, ...good].slice(0, this.#named),
      closedSigners: [...this.#closed],
      warnings: [...told.values()],
      against: [...this.#against].map(([authorityId, findings]) => ({ authorityId, findings })),
    }
  }

  /** Resolves when all are done, or soon after stop(); everything counted in `done` is stored. */
  async run(
    ids: readonly string[],
    accepted: AcceptedShown,
    onProgress: (done: number) => void,
  ): Promise<void> {
    onProgress(0)
    const inOrder = await this.#inOrder(ids)
    let storing = Promise.resolve()
    for (let from = 0; from < inOrder.length && !this.#hasStopped(); from += CHUNK) {
      const made: Made[] = []
      const reads = await this.#readUnlessLocked(inOrder.slice(from, from + CHUNK))
      await this.#sideBySide(reads, (read) =>
        this.#orRefused(read, async () => {
          made.push(await this.#makeOne(read, accepted))
        }),
      )
      // While one chunk is stored the next is made.
      await storing
      storing = this.#store(made).then(() => {
        onProgress(this.done + this.refusedCount)
      })
      // Awaited in the next round, or below.
      storing.catch(() => undefined)
    }
    await storing
  }

  /** In storage order: a catalogue segment is then written once, not with each of its certificates. */
  async #inOrder(ids: readonly string[]): Promise<string[]> {
    const known = await this.#session.inventory.inOrder(ids)
    const isKnown = new Set(known)
    return [...known, ...ids.filter((id) => !isKnown.has(id))]
  }

  async #readUnlessLocked(ids: readonly string[]): Promise<CertificateRead[]> {
    try {
      return await this.#read(ids)
    } catch (error) {
      // Anything stored must still be reported.
      if (!isCodedError(error, 'vault-locked')) throw error
      this.stop()
      return []
    }
  }

  /** Returns those that can be read; the others are left out and reported. */
  async #read(ids: readonly string[]): Promise<CertificateRead[]> {
    const lost: RecordProblem[] = []
    const reads = await recordsOf(this.#session.vault, 'certificates', ids, (problem) => lost.push(problem))
    for (const { store, id, kind } of lost) {
      const code = kind === 'missing' ? 'record-missing' : 'record-changed'
      const refusal = { kind: 'error', code, detail: { store, id } } as const
      this.#refuse({ ...(await this.#lostItem(id)), refusal })
    }
    return reads
  }

  /** Returns what the catalogue has of a record that cannot be read. */
  async #lostItem(id: string): Promise<BulkItem> {
    const listed = (await this.#session.inventory.listed([id])).get(id)
    const unknown = { id, name: id, serialNumber: '', notAfter: new Date(0), until: null, refusal: null }
    const { name, serialNumber, notAfter } = listed ?? unknown
    return { ...unknown, name, serialNumber, notAfter }
  }

  async #previewOne(read: CertificateRead): Promise<Preview> {
    const item = itemOf(read)
    try {
      if (this.#act.kind === 'revoke') {
        this.#revocation(read, this.#act)
        return { ...item, warnings: [] }
      }
      // Prepared with its current key: a throw-away key would give the same result.
      const renewal = await this.#prepared(read, this.#act, 'same')
      await this.#findSigner(renewal)
      const { preparation } = renewal.parts[0]!
      const { notAfter: until } = preparation.certificate
      if (preparation.token === null) return { ...item, until, ...leftOut(preparation.findings) }
      const codes = warnings(preparation.findings)
      return { ...item, until, warnings: preparation.findings.filter(({ code }) => codes.includes(code)) }
    } catch (error) {
      return { ...item, refusal: refusalOf(error), warnings: [] }
    }
  }

  async #makeOne(read: CertificateRead, accepted: AcceptedShown): Promise<Made> {
    const { acknowledged, actor } = accepted
    const act = this.#act
    const session = this.#session
    if (act.kind === 'revoke')
      return {
        read,
        records: (now) => Promise.resolve(new Signed(this.#revocationRecords(now, act, actor), [])),
      }
    const renewal = await this.#prepared(read, act, act.kind === 'renew' ? 'same' : 'new')
    const { token, findings } = renewal.parts[0]!.preparation
    if (!token) throw new CodedError('issue-refused', { codes: stopping(findings) })
    const signed = await signPrepared({ token }, await this.#rightOf(renewal, accepted), acknowledged)
    return {
      read,
      records: async (now) => {
        const former = now === read ? renewal.former : await asFormer(session, now)
        if (act.kind === 'renew') await this.#listed.require(former)
        const keeping = {
          caKey: { kind: 'vault' as const },
          endEntityKey: 'sealed' as const,
          revokeFormer: act.revokeFormer && former.record.status !== 'revoked',
        }
        return signed.map((certificate) =>
          renewedRecords(session, renewal, former, [certificate], keeping, actor),
        )
      },
    }
  }

  /** Stores in one transaction; if a record changed meanwhile, all are rebuilt from the current records. */
  async #store(made: readonly Made[]): Promise<void> {
    let attempts = 0
    try {
      const { stored, refused } = await onCurrentRecords(async () => {
        // At first from the records as read: the commit rejects if these have changed.
        const { parts, refused } = await this.#partsOf(made, attempts++ === 0)
        if (parts.length === 0) return { stored: [], refused }
        const stored = await Signed.all(parts).store(this.#session, (all) => ({
          writes: all.flatMap(({ writes }) => writes),
          entries: all.flatMap(({ entries }) => entries),
          basedOn: all.flatMap(({ basedOn }) => basedOn),
          durability: 'strict',
          result: all,
        }))
        return { stored, refused }
      })
      this.done += stored.length
      for (const { writes } of stored) this.made.push(...addedBy(writes))
      for (const item of refused) this.#refuse(item)
    } catch (error) {
      // One issuer just lost its right to sign: store what the others signed.
      if (hasNoRight(error)) return this.#store(made)
      if (!isCodedError(error)) throw error
      // Storage full, or locked: keeps what is stored, and starts no more.
      this.stop()
      for (const { read } of made) this.#refuse({ ...itemOf(read), refusal: refusalOf(error) })
    }
  }

  /** Returns what to store, and what its issuer, or another tab, no longer allows to be stored. */
  async #partsOf(made: readonly Made[], isFirst: boolean) {
    const parts: Signed<Part>[] = []
    const refused: BulkItem[] = []
    const standing = new Map<Authorization, Promise<unknown>>()
    for (const { read, records } of made)
      try {
        const part = await records(isFirst ? read : await this.#again(read))
        for (const right of part.by) {
          if (!standing.has(right)) standing.set(right, right.standing())
          await standing.get(right)
        }
        parts.push(part)
      } catch (error) {
        refused.push({ ...itemOf(read), refusal: this.#refusalOf(error) })
      }
    return { parts, refused }
  }

  #again({ id }: CertificateRead): Promise<CertificateRead> {
    return requireRecord(this.#session.vault, 'certificates', id)
  }

  async #prepared(read: CertificateRead, act: Renewing, key: 'same' | 'new'): Promise<PreparedRenewal> {
    const former = await asFormer(this.#session, read)
    refuseAuthority(former.certificate)
    if (act.kind === 'renew') {
      await requireKeptKey(this.#session, certifiedBy(former.certificate))
      await this.#listed.require(former)
    }
    const input = { key, keyAlgorithm: null, authorityId: null, validity: null }
    const { issuerOf, lastOf } = authoritiesOf(this.#session)
    return prepareRenewal(this.#session, former, input, this.#around, {
      issuerOf: (id) => remembered(this.#issuers, id, () => issuerOf(id)),
      lastOf: (id) => remembered(this.#last, id, () => lastOf(id)),
    })
  }

  #rightOf({ issuer }: PreparedRenewal, { shown, ...accepted }: AcceptedShown): Promise<Authorization> {
    // A CA is refused earlier, so there is always an issuer.
    const { id } = issuer!
    const of = shown.find(({ authorityId }) => authorityId === id)?.findings ?? []
    return remembered(this.#rights, id, () => rightToIssue(this.#session, issuer!, accepted, of))
  }

  /** Keys under their own passphrase must be opened before; a certificate whose key cannot sign is left out. */
  async #findSigner(renewal: PreparedRenewal): Promise<void> {
    try {
      // Findings against the issuer are shown with the other warnings.
      const { id: authorityId, against: findings } = renewal.issuer!
      const acknowledged = findings.map(({ code }) => code)
      if (findings.length > 0) this.#against.set(authorityId, findings)
      await this.#rightOf(renewal, { acknowledged, shown: [{ authorityId, findings }], actor: { who: '' } })
    } catch (error) {
      if (!isCodedError(error, 'key-locked')) throw error
      this.#closed.add(renewal.issuer!.id)
    }
  }

  /** Throws if it cannot be revoked. */
  #revocation({ value }: CertificateRead, { reason }: Revoking) {
    const certificate = parseCertificate(value.der)
    refuseAuthority(certificate)
    if (value.authorityId === null)
      throw new CodedError('renewal-issuer-missing', { name: callingName(certificate) })
    const [before, at] = [revocationOf(value), new Date(this.#session.now)]
    const after =
      reason === 'certificateHold'
        ? putOnHold(before, at)
        : revoke(before, { reason, invalidityDate: null, at })
    return { certificate, after }
  }

  #revocationRecords(read: CertificateRead, act: Revoking, actor: Actor): Part {
    const { certificate, after } = this.#revocation(read, act)
    const name = `${callingName(certificate)} · ${serialOf(certificate)}`
    const done = after.reason === 'certificateHold' ? 'certificate-held' : 'certificate-revoked'
    const subject = after.reason ? `${name} · ${after.reason}` : name
    return {
      writes: [rewritten(read, revokedRecord(read.value, after), certificate)],
      entries: [this.#session.draft(done, subject, actor, read.id)],
      basedOn: [read],
    }
  }

  #refuse(item: BulkItem): void {
    this.refusedCount += 1
    if (this.refused.length < this.#named) this.refused.push(item)
  }

  #refusalOf(error: unknown): BulkRefusal {
    if (isCodedError(error, 'vault-locked')) this.stop()
    return refusalOf(error)
  }

  async #orRefused(read: CertificateRead, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#refuse({ ...itemOf(read), refusal: this.#refusalOf(error) })
    }
  }

  #sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    return sideBySide(items, LANES, work, () => this.isStopped)
  }

  /** Read on every call: it changes during an await. */
  #hasStopped(): boolean {
    return this.isStopped
  }
}
