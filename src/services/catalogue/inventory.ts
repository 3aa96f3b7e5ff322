/** Certificates and authorities as the page lists them; each record is read when it is shown. */
import { isCodedError } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import type { CatalogueEdit } from '../../vault/catalogue.ts'
import { allRecords, recordsOf, requireRecord, type Read } from '../../vault/reading.ts'
import type { Write } from '../../vault/commit.ts'
import type { RecordProblem, StoreMark } from '../../vault/shapes.ts'
import type { Vault } from '../../vault/vault.ts'
import { digest } from '../../webcrypto/signature.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { nameToText } from '../../x509/name.ts'
import { hexOf } from '../../octets.ts'
import { idAt, matchingPositions, type CatalogueIndex, type CertificateMatch } from './index.ts'
import { sorted, treeOf } from './authority-tree.ts'
import { CatalogueReader } from './reader.ts'
import { commonNameOf } from '../../x509/calling-name.ts'
import { entryOf, keyAlgorithmOf, revocationOf, rowOf, signatureAlgorithmOf } from '../shared/facts.ts'
import { serialOf, serialText } from '../../x509/serial-number.ts'
import { holdingAt } from '../records/holding.ts'
import { tiersOf } from '../records/tiers.ts'
import type {
  AuthorityNode,
  AuthorityView,
  CertificatePage,
  CertificateQuery,
  CertificateRow,
  OwnCertificate,
} from '../../border/views.ts'

const ROWS_AT_ONCE = 500

export interface InventoryOptions {
  vault: () => Vault
  isReady: (authorityId: string, authority: Read<'authorities'>['value']) => boolean
  report: (problem: RecordProblem) => void
  now: () => number
}

/** A certificate by its entry in the catalogue. */
interface ListedCertificate {
  readonly name: string
  readonly serialNumber: string
  readonly notAfter: Date
  readonly status: CertificateRow['status']
}

export class Inventory {
  readonly #options: InventoryOptions
  readonly #catalogue: CatalogueReader

  constructor(options: InventoryOptions) {
    this.#options = options
    this.#catalogue = new CatalogueReader(options)
  }

  /** Drops everything read: another vault is open, or another state of it. */
  forget(): void {
    this.#catalogue.forget()
  }

  /** Records were written, here or in another tab. */
  changed(): void {
    this.#catalogue.changed()
  }

  /** Returns the catalogue's part of these writes; null if they do not affect it. */
  async edit(
    writes: readonly Write[],
    parsed: ReadonlyMap<string, Certificate> | undefined,
  ): Promise<CatalogueEdit | null> {
    const written = writes.filter((write) => write.store === 'certificates')
    if (written.length === 0) return null
    const entries = await Promise.all(written.map(({ id, value }) => entryOf(id, value, parsed?.get(id))))
    const replaced = written.filter(({ mode }) => mode === 'put').map(({ id }) => id)
    const segments = await this.#catalogue.segmentsOf(replaced)
    return { entries, segmentOf: (id) => segments.get(id) ?? null }
  }

  /** Returns the ids of all matches, sorted; `now` decides which have expired. Reads no record. */
  async ids(query: CertificateMatch, now: number): Promise<string[]> {
    return this.#catalogue.matching(await this.#withHolding(query, now), now)
  }

  /** The same, with those left out because their records failed: for a table that is to be complete. */
  async idsOfAll(query: CertificateMatch, now: number): Promise<string[]> {
    const asked = await this.#withHolding(query, now)
    return this.ask((index) => {
      const positions = matchingPositions({ ...index, hidden: new Set() }, asked, now)
      return Array.from(positions, (position) => idAt(index, position))
    })
  }

  /** Returns what the catalogue has of these, whose records may be unreadable. */
  listed(ids: readonly string[]): Promise<ReadonlyMap<string, ListedCertificate>> {
    const wanted = new Set(ids)
    return this.ask(({ segments }) => {
      const found = new Map<string, ListedCertificate>()
      for (const { ids: all, names, serialNumbers, notAfter, status } of segments)
        for (const [at, id] of all.entries()) {
          if (!wanted.has(id)) continue
          const serialNumber = serialText(serialNumbers[at]!)
          const dated = { notAfter: new Date(notAfter[at]!), status: status[at]! }
          found.set(id, { name: names[at]!, serialNumber, ...dated })
        }
      return found
    })
  }

  /** Returns the same as rows. Reads each record, so ask for no more than needed. */
  async matching(query: CertificateMatch, now: number): Promise<CertificateRow[]> {
    return this.rows(await this.ids(query, now))
  }

  async page(query: CertificateQuery, now: number): Promise<CertificatePage> {
    const { total, ids } = await this.#catalogue.page(await this.#withHolding(query, now), now)
    const rows = await this.rows(ids)
    this.#catalogue.readSoon()
    if (rows.length === ids.length) return { total, rows }
    // Records that fail authentication have been reported; count again without them.
    return this.page(query, now)
  }

  /** Returns the rows of these ids, authenticated; records that fail are reported and left out from now on. */
  async rows(
    ids: readonly string[],
    advance: (done: number) => void = () => undefined,
  ): Promise<CertificateRow[]> {
    const rows: CertificateRow[] = []
    for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
      advance(from)
      const wanted = ids.slice(from, from + ROWS_AT_ONCE)
      const lost: string[] = []
      const records = await recordsOf(this.#options.vault(), 'certificates', wanted, (problem) => {
        lost.push(problem.id)
        this.#options.report(problem)
      })
      if (lost.length > 0) await this.#catalogue.hide(lost)
      rows.push(...(await Promise.all(records.map(({ id, value, verified }) => rowOf(id, value, verified)))))
    }
    return rows
  }

  /** Answers a question about all certificates without reading a record. */
  ask<T>(question: (index: CatalogueIndex) => T): Promise<T> {
    return this.#catalogue.ask(question)
  }

  /** The same for what is signed. Rejects with 'store-changed' if an answer might lack a revocation. */
  askWhole<T>(question: (index: CatalogueIndex, mark: StoreMark) => T): Promise<T> {
    return this.#catalogue.askWhole(question)
  }

  /** Returns the segment of each of these ids that is present. */
  segmentsOf(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.#catalogue.segmentsOf(ids)
  }

  /** Returns these ids in the order their certificates were stored. */
  inOrder(ids: readonly string[]): Promise<string[]> {
    return this.#catalogue.inOrder(ids)
  }

  /** Reports a record that fails authentication. */
  readonly report = (problem: RecordProblem): void => this.#options.report(problem)

  /** Returns what can be filtered by: the profiles and tags that occur. */
  facets(): Promise<{ profileIds: string[]; tags: string[] }> {
    return this.#catalogue.facets()
  }

  async row(certificateId: string): Promise<CertificateRow> {
    const { value, verified } = await requireRecord(this.#options.vault(), 'certificates', certificateId)
    return rowOf(certificateId, value, verified)
  }

  /** Returns the chain, target first, then each issuer as far as it is in the vault. */
  async chain(certificateId: string): Promise<{ id: string; certificate: Certificate }[]> {
    const vault = this.#options.vault()
    const chain: { id: string; certificate: Certificate }[] = []
    let next: string | null = certificateId
    while (next !== null && chain.every(({ id }) => id !== next)) {
      const id: string = next
      const { value } = await requireRecord(vault, 'certificates', id)
      chain.push({ id, certificate: parseCertificate(value.der) })
      const issuer = value.authorityId
      const isOwn: boolean = issuer !== null && issuer === value.ownAuthorityId
      next = issuer === null || isOwn ? null : await this.#certificateOf(issuer)
    }
    return chain
  }

  async authorities(): Promise<AuthorityView[]> {
    const records = await allRecords(this.#options.vault(), 'authorities', this.#options.report)
    const views = await Promise.all(records.map((record) => this.#authorityView(record)))
    return sorted(views)
  }

  /** Returns all authorities' certificates, as anchors: none while the vault is locked and cannot authenticate them. */
  async authorityCertificates(): Promise<Certificate[]> {
    const vault = this.#options.vault()
    if (!vault.opened) return []
    const records = await allRecords(vault, 'authorities', this.#options.report)
    const read = records.map(({ value }) => requireRecord(vault, 'certificates', value.certificateId))
    return (await Promise.all(read)).map(({ value }) => parseCertificate(value.der))
  }

  async authority(authorityId: string): Promise<AuthorityView> {
    return this.#authorityView(await requireRecord(this.#options.vault(), 'authorities', authorityId))
  }

  /** Returns the tree, roots first; an authority whose own certificate cannot be read is reported and left out. */
  async tree(): Promise<AuthorityNode[]> {
    const records = await allRecords(this.#options.vault(), 'authorities', this.#options.report)
    const views = await Promise.all(records.map((record) => this.#viewUnlessLost(record)))
    return treeOf(sorted(views.filter((view) => view !== null)))
  }

  /** Whether a certificate is valid today depends on the CAs above it, which the catalogue does not know. */
  async #withHolding<Q extends CertificateMatch>(query: Q, now: number): Promise<Q & CertificateMatch> {
    if (query.state !== 'good' && query.state !== 'broken') return query
    return { ...query, holding: holdingAt(await this.authorities(), new Date(now)) }
  }

  async #viewUnlessLost(record: Read<'authorities'>): Promise<AuthorityView | null> {
    try {
      return await this.#authorityView(record)
    } catch (error) {
      const isMissing = isCodedError(error, 'record-missing')
      if (!isMissing && !isCodedError(error, 'record-changed')) throw error
      const { id } = error.detail as { id: string }
      this.#options.report({ store: 'certificates', id, name: '', kind: isMissing ? 'missing' : 'changed' })
      return null
    }
  }

  async #authorityView({ id, value }: Read<'authorities'>): Promise<AuthorityView> {
    const vault = this.#options.vault()
    const [record, issuedCount] = await Promise.all([
      requireRecord(vault, 'certificates', value.certificateId),
      vault.database.countFromIndex('certificates', 'parent', id),
    ])
    const certificate = parseCertificate(record.value.der)
    const isSelfSigned = record.value.authorityId === id
    const others = await this.#otherCertificates(value)
    const selfSigned = [record, ...others].filter(({ value: { authorityId } }) => authorityId === id)
    return {
      id,
      parentId: value.parentId,
      certificateId: value.certificateId,
      subject: nameToText(certificate.subject),
      commonName: commonNameOf(certificate),
      subjectDer: hexOf(certificate.subject.der),
      selfSigned: isSelfSigned,
      keyAlgorithm: keyAlgorithmOf(certificate.spki),
      signatureAlgorithm: signatureAlgorithmOf(certificate.signatureAlgorithm),
      spkiHash: await digest('SHA-256', certificate.spki.der),
      serialNumber: serialOf(certificate),
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      pathLen: certificate.basicConstraints?.pathLen ?? null,
      key: value.key,
      ready: this.#options.isReady(id, value),
      retiredAt: value.retiredAt === null ? null : new Date(value.retiredAt),
      successorId: value.successorId ?? null,
      addresses: value.addresses ?? null,
      against: await this.#against(id),
      status: record.value.status,
      revocation: revocationOf(record.value),
      // A root's own certificates are filed under itself but are not counted as issued to another.
      issuedCount: issuedCount - selfSigned.length,
      others: others.map(ownCertificate),
    }
  }

  /** Returns nothing if a CA above it cannot be read: signing reports that itself. */
  async #against(authorityId: string): Promise<readonly Finding[]> {
    try {
      return (await tiersOf(this.#options.vault(), authorityId, this.#options.now())).against
    } catch (error) {
      if (isCodedError(error)) return []
      throw error
    }
  }

  #otherCertificates({ otherCertificateIds = [] }: Read<'authorities'>['value']) {
    const vault = this.#options.vault()
    return Promise.all(otherCertificateIds.map((id) => requireRecord(vault, 'certificates', id)))
  }

  async #certificateOf(authorityId: string): Promise<string> {
    return (await requireRecord(this.#options.vault(), 'authorities', authorityId)).value.certificateId
  }
}

function ownCertificate({ id, value }: Read<'certificates'>): OwnCertificate {
  const { notBefore, notAfter } = parseCertificate(value.der)
  const { authorityId, status } = value
  return { id, authorityId, notBefore, notAfter, status, revocation: revocationOf(value) }
}
