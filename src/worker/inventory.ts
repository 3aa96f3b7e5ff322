/** Certificates and authorities as the page lists them, kept between calls and renewed by what is written. */
import { CodedError } from '../errors.ts'
import { allRecords, requireRecord, type Read } from '../vault/reading.ts'
import type { Write } from '../vault/commit.ts'
import type { RecordProblem } from '../vault/shapes.ts'
import type { Vault } from '../vault/vault.ts'
import { digest } from '../webcrypto/signature.ts'
import { parseCertificate, type Certificate } from '../x509/certificate.ts'
import { nameToText } from '../x509/name.ts'
import { commonNameOf, keyAlgorithmOf, rowOf, serialOf, signatureAlgorithmOf } from './facts.ts'
import type {
  AuthorityNode,
  AuthorityView,
  CertificatePage,
  CertificateQuery,
  CertificateRow,
  CertificateSort,
} from './views.ts'

export interface InventoryOptions {
  vault: () => Vault
  isReady: (authorityId: string, authority: Read<'authorities'>['value']) => boolean
  report: (problem: RecordProblem) => void
}

export class Inventory {
  readonly #options: InventoryOptions
  #rows: Promise<Map<string, CertificateRow>> | null = null

  constructor(options: InventoryOptions) {
    this.#options = options
  }

  /** Forgets what was read: another vault, another state of it, or another tab wrote. */
  forget(): void {
    this.#rows = null
  }

  /** Takes over what was just committed here, so that nothing is read twice. */
  async apply(writes: readonly Write[]): Promise<void> {
    if (!this.#rows) return
    const rows = await this.#rows
    const written = writes.filter((write) => write.store === 'certificates')
    const fresh = await Promise.all(written.map(({ id, value }) => rowOf(id, value, true)))
    for (const row of fresh) rows.set(row.id, row)
  }

  /** All that match, sorted; `now` decides what ends within the days asked for. */
  async matching(query: Omit<CertificateQuery, 'offset' | 'limit'>, now: number): Promise<CertificateRow[]> {
    return matching(await this.#all(), query, now).sort(ordered(query))
  }

  async page(query: CertificateQuery, now: number): Promise<CertificatePage> {
    const found = await this.matching(query, now)
    return { total: found.length, rows: found.slice(query.offset, query.offset + query.limit) }
  }

  async row(certificateId: string): Promise<CertificateRow> {
    const { value, verified } = await requireRecord(this.#options.vault(), 'certificates', certificateId)
    return rowOf(certificateId, value, verified)
  }

  /** Target first, then each issuer as far as it is here. */
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
    return views.sort((one, other) => (one.subject ?? '').localeCompare(other.subject ?? '', 'en'))
  }

  /** Certificates of all authorities, to be trusted: none while the vault is locked and they cannot be authenticated. */
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

  /** Roots first; an authority whose parent is not here stands as a root. */
  async tree(): Promise<AuthorityNode[]> {
    const all = await this.authorities()
    const ids = new Set(all.map(({ id }) => id))
    const below = (parentId: string | null): AuthorityNode[] =>
      all
        .filter((authority) => (ids.has(authority.parentId ?? '') ? authority.parentId : null) === parentId)
        .map((authority) => ({ authority, children: below(authority.id) }))
    return below(null)
  }

  async #authorityView({ id, value }: Read<'authorities'>): Promise<AuthorityView> {
    const vault = this.#options.vault()
    const [record, issuedCount] = await Promise.all([
      requireRecord(vault, 'certificates', value.certificateId),
      vault.database.countFromIndex('certificates', 'parent', id),
    ])
    const certificate = parseCertificate(record.value.der)
    const isSelfSigned = record.value.authorityId === id
    const selfSigned = [record, ...(await this.#otherCertificates(value))].filter(
      ({ value: { authorityId } }) => authorityId === id,
    )
    return {
      id,
      parentId: value.parentId,
      certificateId: value.certificateId,
      subject: nameToText(certificate.subject),
      commonName: commonNameOf(certificate),
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
      // A root's own certificates stand below itself; they are none that it issued to another.
      issuedCount: issuedCount - selfSigned.length,
    }
  }

  #otherCertificates({ otherCertificateIds = [] }: Read<'authorities'>['value']) {
    const vault = this.#options.vault()
    return Promise.all(otherCertificateIds.map((id) => requireRecord(vault, 'certificates', id)))
  }

  async #certificateOf(authorityId: string): Promise<string> {
    return (await requireRecord(this.#options.vault(), 'authorities', authorityId)).value.certificateId
  }

  async #all(): Promise<CertificateRow[]> {
    // Asked again each time: a vault that was locked since must not answer from what was read before.
    await this.#requireReadable()
    this.#rows ??= this.#read().catch((error: unknown) => {
      this.#rows = null
      throw error
    })
    return [...(await this.#rows).values()]
  }

  async #read(): Promise<Map<string, CertificateRow>> {
    const records = await allRecords(this.#options.vault(), 'certificates', this.#options.report)
    const rows = await Promise.all(records.map(({ id, value, verified }) => rowOf(id, value, verified)))
    return new Map(rows.map((row) => [row.id, row]))
  }

  async #requireReadable(): Promise<void> {
    const vault = this.#options.vault()
    const header = await vault.header()
    if (!header) throw new CodedError('vault-absent', null)
    if (!vault.opened && header.visibility === 'sealed') throw new CodedError('vault-locked', null)
  }
}

type Query = Omit<CertificateQuery, 'offset' | 'limit'>

const DAY = 86_400_000

function matching(
  rows: CertificateRow[],
  { authorityId, search, within }: Query,
  now: number,
): CertificateRow[] {
  const until = within === undefined ? null : now + within * DAY
  const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter(
    (row) =>
      (authorityId === undefined ||
        (row.authorityId === authorityId && row.ownAuthorityId !== authorityId)) &&
      (until === null || endsBefore(row, now, until)) &&
      words.every((word) => textOf(row).includes(word)),
  )
}

const endsBefore = ({ notAfter, status }: CertificateRow, now: number, until: number): boolean =>
  status !== 'revoked' && notAfter.getTime() >= now && notAfter.getTime() < until

function textOf(row: CertificateRow): string {
  const { subject, subjectAltNames, serialNumber, fingerprint, profileId, status, tags, notes } = row
  return [subject, ...subjectAltNames, serialNumber, fingerprint, profileId, status, ...tags, notes]
    .join('\n')
    .toLowerCase()
}

const SORT_KEYS: Record<CertificateSort, (row: CertificateRow) => number | string> = {
  createdAt: ({ createdAt }) => createdAt.getTime(),
  notAfter: ({ notAfter }) => notAfter.getTime(),
  commonName: ({ commonName, subject }) => (commonName ?? subject ?? '').toLowerCase(),
  serialNumber: ({ serialNumber }) => serialNumber.padStart(42, '0'),
}

function ordered({ sort = 'createdAt', descending = false }: Query) {
  const key = SORT_KEYS[sort]
  const sign = descending ? -1 : 1
  return (one: CertificateRow, other: CertificateRow): number => {
    const [a, b] = [key(one), key(other)]
    return a < b ? -sign : a > b ? sign : 0
  }
}
