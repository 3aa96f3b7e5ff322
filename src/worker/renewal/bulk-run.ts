/** One act on many certificates: said beforehand of each, then done side by side and stored many to a transaction. */
import { stopping, warnings, type Signer } from '../../ca/issue.ts'
import { putOnHold, revoke } from '../../ca/revoke.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import type { Finding, FindingCode } from '../../findings.ts'
import { onCurrentRecords, type Change } from '../../vault/commit.ts'
import { requireRecord } from '../../vault/reading.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import type { BulkAct, BulkItem, BulkRefusal } from '../protocol/bulk.ts'
import { callingName, revocationOf, serialOf } from '../facts.ts'
import { issuingAuthority, signPrepared, type IssuingAuthority } from '../issuing/issuing.ts'
import { surroundings } from '../issuing/judging.ts'
import { revokedRecord } from '../methods/revocation.ts'
import { renewedRecords } from './records.ts'
import {
  changedCertificate,
  formerOf,
  prepareRenewal,
  refuseLostKey,
  type PreparedRenewal,
} from './renewing.ts'
import type { Session } from '../session.ts'
import type { Actor } from '../views.ts'

/** Certificates to a transaction, and made side by side, as a batch has them. */
const CHUNK = 250
const LANES = 16

type Renewing = Extract<BulkAct, { kind: 'renew' | 'replace' }>
type Revoking = Extract<BulkAct, { kind: 'revoke' }>
type Part = Pick<Required<Change>, 'writes' | 'entries' | 'basedOn'>

/** What is prepared for one certificate; `records` is asked again where those that it read have changed. */
interface Made {
  readonly id: string
  readonly records: () => Promise<Part>
}

export interface BulkPreview extends BulkItem {
  readonly warnings: readonly Finding[]
}

export class BulkRun {
  readonly refused: BulkItem[] = []
  done = 0
  isStopped = false
  readonly #session: Session
  readonly #act: BulkAct
  readonly #around: ReturnType<typeof surroundings>
  /** Each issuer is read once, so that its chain is judged once, and its key opened once. */
  readonly #issuers = new Map<string, Promise<IssuingAuthority>>()
  readonly #signers = new Map<string, Promise<Signer>>()

  constructor(session: Session, act: BulkAct) {
    this.#session = session
    this.#act = act
    this.#around = surroundings(new Date(session.now))
  }

  stop(): void {
    this.isStopped = true
  }

  /** What would happen to each, in the order given. */
  async preview(ids: readonly string[], onProgress: (done: number) => void): Promise<BulkPreview[]> {
    const previews = new Map<string, BulkPreview>()
    await this.#sideBySide(ids, async (id) => {
      previews.set(id, await this.#previewOne(id))
      if (previews.size % 50 === 0) onProgress(previews.size)
    })
    return ids.flatMap((id) => previews.get(id) ?? [])
  }

  /** Ends when all are done, or soon after stop(); what is counted in `done` is stored. */
  async run(
    ids: readonly string[],
    { acknowledged, actor }: { acknowledged: readonly FindingCode[]; actor: Actor },
    onProgress: (done: number) => void,
  ): Promise<void> {
    onProgress(0)
    for (let from = 0; from < ids.length && !this.#hasStopped(); from += CHUNK) {
      const made: Made[] = []
      await this.#sideBySide(ids.slice(from, from + CHUNK), (id) =>
        this.#orRefused(id, this.refused, async () => {
          made.push(await this.#makeOne(id, acknowledged, actor))
        }),
      )
      await this.#store(made)
      onProgress(this.done + this.refused.length)
    }
  }

  async #previewOne(id: string): Promise<BulkPreview> {
    const item = await this.#itemOf(id)
    try {
      if (this.#act.kind === 'revoke') {
        await this.#revocation(id, this.#act)
        return { ...item, warnings: [] }
      }
      // Prepared for the key it has: one that is thrown away again would say nothing more.
      const renewal = await this.#prepared(id, this.#act, 'same')
      await this.#signerOf(renewal)
      const { preparation } = renewal.parts[0]!
      const { notAfter: until } = preparation.certificate
      if (preparation.token === null) return { ...item, until, ...leftOut(preparation.findings) }
      const codes = warnings(preparation.findings)
      return { ...item, until, warnings: preparation.findings.filter(({ code }) => codes.includes(code)) }
    } catch (error) {
      return { ...item, refusal: refusalOf(error), warnings: [] }
    }
  }

  async #makeOne(id: string, acknowledged: readonly FindingCode[], actor: Actor): Promise<Made> {
    const act = this.#act
    const session = this.#session
    if (act.kind === 'revoke') return { id, records: () => this.#revocationRecords(id, act, actor) }
    const renewal = await this.#prepared(id, act, act.kind === 'renew' ? 'same' : 'new')
    const { token, findings } = renewal.parts[0]!.preparation
    if (!token) throw new CodedError('issue-refused', { codes: stopping(findings) })
    const signed = [await signPrepared({ token }, await this.#signerOf(renewal), acknowledged)]
    const keeping = {
      caKey: { kind: 'vault' as const },
      endEntityKey: 'sealed' as const,
      revokeFormer: act.revokeFormer && renewal.former.record.status !== 'revoked',
    }
    return { id, records: () => renewedRecords(session, renewal, signed, keeping, actor) }
  }

  /** One transaction; where a record changed meanwhile, all are written from what lies there now. */
  async #store(made: readonly Made[]): Promise<void> {
    try {
      const { parts, refused } = await onCurrentRecords(async () => {
        const parts: Part[] = []
        const refused: BulkItem[] = []
        for (const { id, records } of made)
          await this.#orRefused(id, refused, async () => {
            parts.push(await records())
          })
        if (parts.length === 0) return { parts, refused }
        await this.#session.commit({
          writes: parts.flatMap(({ writes }) => writes),
          entries: parts.flatMap(({ entries }) => entries),
          basedOn: parts.flatMap(({ basedOn }) => basedOn),
          durability: 'strict',
        })
        return { parts, refused }
      })
      this.done += parts.length
      this.refused.push(...refused)
    } catch (error) {
      if (!isCodedError(error)) throw error
      // Storage full, or locked: what was stored before stays, and the rest is not begun.
      this.stop()
      for (const { id } of made) this.refused.push({ ...(await this.#itemOf(id)), refusal: refusalOf(error) })
    }
  }

  async #prepared(id: string, act: Renewing, key: 'same' | 'new'): Promise<PreparedRenewal> {
    const former = await formerOf(this.#session, id)
    refuseAuthority(former.certificate)
    if (act.kind === 'renew') refuseLostKey(former)
    const input = { key, keyAlgorithm: null, authorityId: null, validity: null }
    return prepareRenewal(this.#session, former, input, this.#around, (authorityId) =>
      remembered(this.#issuers, authorityId, () => issuingAuthority(this.#session, authorityId)),
    )
  }

  #signerOf({ issuer }: PreparedRenewal): Promise<Signer> {
    // A CA is refused before, so that there is always one above.
    const { id } = issuer!
    return remembered(this.#signers, id, () => this.#session.signingKey(id))
  }

  /** Rejects where it cannot be revoked. */
  async #revocation(id: string, { reason }: Revoking) {
    const read = await requireRecord(this.#session.vault, 'certificates', id)
    const { value } = read
    const certificate = parseCertificate(value.der)
    refuseAuthority(certificate)
    if (value.authorityId === null)
      throw new CodedError('renewal-issuer-missing', { name: callingName(certificate) })
    const [before, at] = [revocationOf(value), new Date(this.#session.now)]
    const after =
      reason === 'certificateHold'
        ? putOnHold(before, at)
        : revoke(before, { reason, invalidityDate: null, at })
    return { read, certificate, after }
  }

  async #revocationRecords(id: string, act: Revoking, actor: Actor): Promise<Part> {
    const { read, certificate, after } = await this.#revocation(id, act)
    const name = `${callingName(certificate)} · ${serialOf(certificate)}`
    const done = after.reason === 'certificateHold' ? 'certificate-held' : 'certificate-revoked'
    const subject = after.reason ? `${name} · ${after.reason}` : name
    return {
      writes: [await changedCertificate(this.#session, id, revokedRecord(read.value, after), certificate)],
      entries: [this.#session.draft(done, subject, actor, id)],
      basedOn: [read],
    }
  }

  async #itemOf(id: string): Promise<BulkItem> {
    const { commonName, subject, subjectAltNames, serialNumber, notAfter } =
      await this.#session.inventory.row(id)
    const [first = ''] = subjectAltNames
    const name = commonName ?? (subject || first)
    return { id, name, serialNumber, notAfter, until: null, refusal: null }
  }

  async #orRefused(id: string, refused: BulkItem[], work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (isCodedError(error, 'vault-locked')) this.stop()
      const refusal = refusalOf(error)
      refused.push({ ...(await this.#itemOf(id)), refusal })
    }
  }

  async #sideBySide(ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
    let next = 0
    const lane = async (): Promise<void> => {
      for (let id = ids[next++]; id !== undefined && !this.#hasStopped(); id = ids[next++]) await work(id)
    }
    await Promise.all(Array.from({ length: LANES }, lane))
  }

  /** Asked anew each time: it changes while one waits. */
  #hasStopped(): boolean {
    return this.isStopped
  }
}

/** What hangs below a CA is to be seen first, on its own page. */
function refuseAuthority(certificate: Certificate): void {
  if (certificate.basicConstraints?.ca)
    throw new CodedError('bulk-authority', { name: callingName(certificate) })
}

const leftOut = (findings: readonly Finding[]): Pick<BulkPreview, 'refusal' | 'warnings'> => ({
  refusal: { kind: 'findings', findings: findings.filter(({ code }) => stopping(findings).includes(code)) },
  warnings: [],
})

function refusalOf(error: unknown): BulkRefusal {
  if (!isCodedError(error)) throw error
  return { kind: 'error', code: error.code, detail: error.detail }
}

function remembered<T>(known: Map<string, Promise<T>>, id: string, make: () => Promise<T>): Promise<T> {
  let found = known.get(id)
  if (!found) known.set(id, (found = make()))
  return found
}
