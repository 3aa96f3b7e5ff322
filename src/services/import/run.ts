/** Stores the selection: all CAs at once with keys, lists and revocations, then their certificates in chunks. */
import { isKeyHere } from '../../border/words.ts'
import { SEGMENT_ENTRIES } from '../../vault/catalogue.ts'
import { onCurrentRecords, type Change, type Write } from '../../vault/commit.ts'
import { recordsOf, requireRecord } from '../../vault/reading.ts'
import type { JournalDraft, ListRecord, RequestRecord } from '../../vault/shapes.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { bigIntOf, sameOctets } from '../../octets.ts'
import { KeyCache, verifySigned } from '../../x509/signed.ts'
import type { Spki } from '../../x509/spki.ts'
import { breathe } from '../shared/breathe.ts'
import {
  adoptAuthorities,
  comingKey,
  type AdoptedAuthority,
  type ComingAuthority,
} from '../hierarchy/adopting.ts'
import { callingName } from '../../x509/calling-name.ts'
import { serialOf } from '../../x509/serial-number.ts'
import type { ImportChoice, ImportResult } from '../../border/protocol/import.ts'
import { keyWrite, newId } from '../certifying/certified-key.ts'
import type { KeyKeeping } from '../../border/words.ts'
import { certificateRecord, certificateWrite } from '../records/certificate-records.ts'
import { broughtListId, requireKeptLists, signedListId } from '../records/list-records.ts'
import { asksForCa, requestName, requestWrite } from '../records/request-records.ts'
import type { Session } from '../session/session.ts'
import type { Actor, StepProgress } from '../../border/views.ts'
import type { FoundKey, FoundList, FoundRequest } from './desk.ts'
import type { ImportPlan, PlannedAuthority, PlannedCertificate } from './plan.ts'
import { Revocations } from './revocations.ts'
import { settleRevocations } from './settle.ts'
import { serialRanges } from './serial-ranges.ts'

/** Certificates per transaction: many, because they are ready to store; whole catalogue segments. */
const CHUNK = 8 * SEGMENT_ENTRIES
/** Transactions that may be in flight while the next certificates are verified and sealed. */
const AHEAD = 3
/** Some engines verify on the calling thread: after this many, yield so that the database can respond. */
const VERIFIED_AT_ONCE = 64

export interface ImportParts {
  readonly session: Session
  readonly plan: ImportPlan
  readonly choice: ImportChoice
  readonly keyKeeping: KeyKeeping
  readonly actor: Actor
  readonly signal: AbortSignal
  readonly report: (progress: StepProgress) => void
}

/** Certificates to be filed below one CA, or below none. */
interface Share {
  readonly authorityId: string | null
  readonly name: string
  readonly certificates: readonly PlannedCertificate[]
  readonly revocations: Revocations
  /** The CA's key, to verify signatures not yet verified. */
  readonly spki: Spki | null
}

export class ImportRun {
  readonly #parts: ImportParts
  #certificates = 0
  #keys = 0
  #requests = 0
  #lists = 0
  #total = 0
  #done = 0
  /** Ids of keys already written. */
  readonly #written = new Set<string>()
  /** Serial numbers of certificates that the CA did not sign. */
  readonly #forged = new Set<string>()
  readonly #publicKeys = new KeyCache()

  constructor(parts: ImportParts) {
    this.#parts = parts
  }

  /** Resolves when all is stored, or soon after the signal; everything counted in the result is stored completely. */
  async run(): Promise<ImportResult> {
    const { plan, choice, signal, session, actor } = this.#parts
    const chosen = choice.authorities.flatMap((index) => plan.authorities[index] ?? [])
    const shares = sharesOf(plan, choice)
    this.#total = shares.reduce((sum, { certificates }) => sum + certificates.length, 0) + 1
    // What they say of its certificates is looked up last: it must be readable before anything is stored.
    for (const { hereId } of chosen) if (hereId !== null) await requireKeptLists(session, hereId)
    const adopted = await this.#adopt(chosen)
    const idOf = (authority: PlannedAuthority): string | null =>
      adopted.get(authority)?.authorityId ?? authority.hereId
    for (const { authority, ...share } of shares)
      await this.#storeShare({ ...share, authorityId: authority && idOf(authority) })
    const isWhole = !signal.aborted
    if (isWhole) {
      if (choice.requests) await this.#storeRequests()
      for (const authority of chosen) await settleRevocations(session, authority, idOf(authority), actor)
    }
    return {
      authorities: await Promise.all(
        [...adopted].map(async ([{ certificate }, { authorityId, certificateId }]) => {
          const { value } = await requireRecord(session.vault, 'authorities', authorityId)
          const canSign = isKeyHere(value.key)
          return { authorityId, certificateId, name: callingName(certificate), canSign }
        }),
      ),
      certificates: this.#certificates,
      keys: this.#keys,
      requests: this.#requests,
      lists: this.#lists,
      refused: shares
        .flatMap(({ clashing }) => clashing.map(({ certificate }) => serialOf(certificate)))
        .slice(0, 100),
      unsigned: [...this.#forged].slice(0, 100),
      cancelled: !isWhole,
    }
  }

  /** Stores CAs with their keys, lists and everything they had revoked, in one transaction. */
  async #adopt(chosen: readonly PlannedAuthority[]): Promise<Map<PlannedAuthority, AdoptedAuthority>> {
    const { session, keyKeeping } = this.#parts
    const coming: ComingAuthority[] = []
    const of: PlannedAuthority[] = []
    const keyWrites = new Map<PlannedAuthority, ComingAuthority['key']>()
    for (const authority of chosen) {
      const key = authority.key && (await comingKey(session, authority.key.key, keyKeeping))
      keyWrites.set(authority, key)
      const past = { listNumber: authority.listNumbers.highest, revoked: authority.revocations.all() }
      // An existing CA may have received only a list: then its stored certificate is used.
      const own =
        authority.own.length > 0
          ? authority.own.map(({ certificate }) => certificate)
          : [authority.certificate]
      for (const certificate of own) {
        coming.push({ certificate, key, past })
        of.push(authority)
      }
    }
    if (coming.length === 0 || this.#parts.signal.aborted) return new Map()
    // Another tab may retire one of them, or destroy its key, at the same time: then all is computed again.
    const adopted = await onCurrentRecords(() => this.#storeAuthorities(coming, of))
    // Cancelled.
    if (adopted.size === 0) return adopted
    this.#keys += [...keyWrites.values()].filter((key) => key !== null).length
    this.#advance(1)
    return adopted
  }

  /** `of`: which planned CA each of them is of. */
  async #storeAuthorities(
    coming: readonly ComingAuthority[],
    of: readonly PlannedAuthority[],
  ): Promise<Map<PlannedAuthority, AdoptedAuthority>> {
    const { session, actor } = this.#parts
    const adopted = new Map<PlannedAuthority, AdoptedAuthority>()
    const adoption = await adoptAuthorities(session, coming, actor)
    const writes = [...adoption.writes]
    const entries = [...adoption.entries]
    adoption.adopted.forEach((each, index) => {
      if (!adopted.has(of[index]!)) adopted.set(of[index]!, each)
    })
    let lists = 0
    for (const [authority, { authorityId }] of adopted) {
      const listed = await this.#listWrites(authority, authorityId)
      lists += listed.writes.length
      writes.push(...listed.writes)
      entries.push(...listed.entries)
      const revoked = authority.revocations.all().length
      if (revoked === 0) continue
      const subject = `${callingName(authority.certificate)} · ${String(revoked)}`
      const remark = authority.database?.file ?? ''
      entries.push(session.draft('revocations-imported', subject, withRemark(actor, remark), authorityId))
    }
    const { basedOn } = adoption
    const change = { writes, entries, basedOn, durability: 'strict' } as const
    if (writes.length > 0 && !(await this.#commitUnlessCancelled(change))) return new Map()
    this.#lists += lists
    return adopted
  }

  /** Stores a change unless that is cancelled, so that the result still says what is stored. */
  async #commitUnlessCancelled(change: Change): Promise<boolean> {
    const { session, signal } = this.#parts
    try {
      await session.commit(change, undefined, signal)
      return true
    } catch (error) {
      if (error === signal.reason) return false
      throw error
    }
  }

  async #listWrites(
    { lists, certificate }: PlannedAuthority,
    authorityId: string,
  ): Promise<{ writes: Write[]; entries: JournalDraft[] }> {
    const { session, actor } = this.#parts
    const writes = new Map<string, Write>()
    const entries: JournalDraft[] = []
    for (const { list } of lists) {
      const id = broughtListId(authorityId, list)
      if (writes.has(id) || (await this.#isStored(authorityId, list))) continue
      const value: ListRecord = {
        der: list.der.slice(),
        authorityId,
        createdAt: session.now,
        createdBy: actor.who,
      }
      writes.set(id, { store: 'lists', id, value, mode: 'add', parent: authorityId })
      const number = list.cRLNumber ? String(bigIntOf(list.cRLNumber)) : list.thisUpdate.toISOString()
      entries.push(
        session.draft('list-imported', `${callingName(certificate)} · ${number}`, actor, authorityId),
      )
    }
    return { writes: [...writes.values()], entries }
  }

  /** As one brought before, or as the one with its number. */
  async #isStored(authorityId: string, list: FoundList['list']): Promise<boolean> {
    const { vault } = this.#parts.session
    if ((await vault.database.getKey('lists', broughtListId(authorityId, list))) !== undefined) return true
    if (!list.cRLNumber) return false
    const id = signedListId(authorityId, bigIntOf(list.cRLNumber))
    const [stored] = await recordsOf(vault, 'lists', [id], () => undefined)
    return stored !== undefined && sameOctets(stored.value.der, list.der)
  }

  async #storeShare(share: Share): Promise<void> {
    const { signal } = this.#parts
    const underWay: Promise<void>[] = []
    for (let from = 0; from < share.certificates.length && !signal.aborted; from += CHUNK) {
      const chunk = await this.#verified(share, share.certificates.slice(from, from + CHUNK))
      const made = await this.#chunk(share, chunk)
      // While one transaction is being written the next are sealed; only a few are held in memory.
      if (underWay.length === AHEAD) await underWay.shift()
      const storing = this.#commitChunk(made, chunk.length)
      // Awaited later; until then a failure must not count as an unhandled rejection.
      storing.catch(() => undefined)
      underWay.push(storing)
    }
    await Promise.all(underWay)
  }

  /** Returns those whose signature verifies; the others are reported and not stored. */
  async #verified({ spki }: Share, chunk: readonly PlannedCertificate[]): Promise<PlannedCertificate[]> {
    const holds: boolean[] = []
    for (let from = 0; from < chunk.length; from += VERIFIED_AT_ONCE) {
      await breathe()
      const some = chunk.slice(from, from + VERIFIED_AT_ONCE)
      holds.push(
        ...(await Promise.all(
          some.map(
            async ({ unverified, certificate }) =>
              !unverified ||
              (spki !== null && (await verifySigned(certificate, spki, this.#publicKeys)) === 'valid'),
          ),
        )),
      )
    }
    for (const [index, { certificate }] of chunk.entries())
      if (!holds[index]) this.#forged.add(serialOf(certificate))
    return chunk.filter((_each, index) => holds[index])
  }

  async #commitChunk({ parsed, keys, requests, ...change }: Chunk, count: number): Promise<void> {
    await this.#parts.session.commit({ ...change, durability: 'relaxed' }, parsed)
    this.#certificates += count
    this.#keys += keys
    this.#requests += requests
    this.#advance(count)
  }

  async #chunk(
    { authorityId, name, revocations }: Share,
    chunk: readonly PlannedCertificate[],
  ): Promise<Chunk> {
    const { session, actor } = this.#parts
    const writes: Write[] = []
    const parsed = new Map<string, Certificate>()
    let [keys, requests] = [0, 0]
    for (const { certificate, key, request } of chunk) {
      const id = newId()
      const requestId = request && newId()
      const given = {
        authorityId,
        ownAuthorityId: null,
        profileId: 'custom',
        key: key ? ('sealed' as const) : ('brought' as const),
        keyId: key?.key.id ?? null,
        ...revocations.of(certificate),
        ...(requestId === null ? {} : { requestId }),
      }
      writes.push(certificateWrite(id, certificateRecord(session, certificate, given, actor), certificate))
      parsed.set(id, certificate)
      const keyCopy = key && (await this.#keyOnce(key))
      if (keyCopy) writes.push(keyCopy)
      if (request && requestId !== null)
        writes.push(requestWrite(requestId, this.#requestRecord(request, null, id), 'add'))
      keys += keyCopy ? 1 : 0
      requests += request ? 1 : 0
    }
    const serials = serialRanges(chunk.map(({ certificate }) => serialOf(certificate)))
    const subject = [name, String(chunk.length)].filter(Boolean).join(' · ')
    const entry = session.draft('certificates-imported', subject, withRemark(actor, serials), authorityId)
    return { writes, entries: [entry], parsed, keys, requests }
  }

  /** Returns the write of a key; null if another certificate of this drop has the same key. */
  async #keyOnce({ key }: FoundKey): Promise<Write | null> {
    if (this.#written.has(key.id)) return null
    this.#written.add(key.id)
    return keyWrite(this.#parts.session, key, null)
  }

  /** Stores requests that nothing answers yet; one that comes with its key is treated as if made here. */
  async #storeRequests(): Promise<void> {
    const { session, plan, keyKeeping, actor } = this.#parts
    if (plan.requests.length === 0) return
    const writes: Write[] = []
    const entries: JournalDraft[] = []
    for (const found of plan.requests) {
      const { request, key } = found
      const isCa = asksForCa(request)
      const place = key && ({ store: isCa ? 'keys' : 'endEntityKeys', id: key.key.id } as const)
      const id = newId()
      if (key && !this.#written.has(key.key.id)) {
        this.#written.add(key.key.id)
        writes.push(await keyWrite(session, key.key, isCa ? keyKeeping : null))
        this.#keys += 1
      }
      writes.push(requestWrite(id, this.#requestRecord(found, place, null), 'add'))
      entries.push(session.draft('request-received', requestName(request), actor, id))
    }
    await session.commit({ writes, entries, durability: 'strict' })
    this.#requests += plan.requests.length
  }

  #requestRecord(
    { der }: FoundRequest,
    key: RequestRecord['key'],
    certificateId: string | null,
  ): RequestRecord {
    const { session, actor } = this.#parts
    return {
      der: new Uint8Array(der),
      origin: key ? 'made' : 'received',
      key,
      certificateId,
      createdAt: session.now,
      createdBy: actor.who,
    }
  }

  #advance(count: number): void {
    this.#done += count
    this.#parts.report({ kind: 'step', step: 'import.store', done: this.#done, total: this.#total })
  }
}

interface Chunk {
  readonly writes: Write[]
  readonly entries: JournalDraft[]
  readonly parsed: ReadonlyMap<string, Certificate>
  readonly keys: number
  readonly requests: number
}

type PlannedShare = Omit<Share, 'authorityId'> & {
  readonly authority: PlannedAuthority | null
  readonly clashing: readonly PlannedCertificate[]
}

function sharesOf(plan: ImportPlan, { authorities, certificatesOf, others }: ImportChoice): PlannedShare[] {
  const shares = certificatesOf.flatMap((index): PlannedShare[] => {
    const authority = plan.authorities[index]
    // Certificates cannot be filed without their CA.
    if (!authority || (authority.hereId === null && !authorities.includes(index))) return []
    const { certificates, clashing, revocations, certificate } = authority
    const name = callingName(certificate)
    return [{ authority, name, certificates, clashing, revocations, spki: certificate.spki }]
  })
  const none = { authority: null, name: '', clashing: [], spki: null, revocations: new Revocations(null) }
  return others ? [...shares, { ...none, certificates: plan.others }] : shares
}

const withRemark = (actor: Actor, more: string): Actor => ({
  ...actor,
  remark: [actor.remark, more].filter(Boolean).join(' · '),
})
