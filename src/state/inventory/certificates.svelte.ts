import type { ExportWhat, In } from '../../border/protocol.ts'
import type { KeyProtection } from '../../border/words.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type {
  CertificateDetail,
  CertificatePage,
  CertificateQuery,
  CertificateRow,
  Notes,
} from '../../border/views.ts'
import type { Calls } from '../calls.ts'
import { tableFile, type TableFormat } from '../../paper/inventory.ts'
import { concat } from '../../octets.ts'
import { download } from '../files.ts'
import type { Task } from '../task.svelte.ts'

const PAGE = 50
/** In the hierarchy, at first and with each click on more. */
const BELOW = 50

/** Everything issued: the current list, and the one certificate on view. */
export class Certificates {
  page = $state.raw<CertificatePage | null>(null)
  query = $state.raw<CertificateQuery>({ offset: 0, limit: PAGE })
  /** Certificates below one authority, for the hierarchy. */
  below = $state.raw<ReadonlyMap<string, CertificatePage>>(new Map())
  /** Why they could not be read. */
  belowUnread = $state.raw<ReadonlyMap<string, unknown>>(new Map())
  detail = $state.raw<CertificateDetail | null>(null)
  /** The same, parsed. */
  parsed = $state.raw<Certificate | null>(null)
  readonly listing: Task
  readonly opening: Task
  /** The most common files of a certificate, or the whole list. */
  readonly exporting: Task
  /** The form with all formats: what went wrong is said there. */
  readonly exportingChosen: Task
  /** Key and chain in one file. */
  readonly exportingBoth: Task
  readonly changing: Task
  readonly #calls: Calls
  #wanted = ''
  #shown = ''

  constructor(calls: Calls) {
    this.#calls = calls
    this.listing = calls.task()
    this.opening = calls.task()
    this.exporting = calls.task()
    this.exportingChosen = calls.task()
    this.exportingBoth = calls.task()
    this.changing = calls.task()
  }

  /** Reads the list for `query`; only the latest query's result is kept. */
  list(query: Omit<CertificateQuery, 'limit'>): void {
    this.query = { ...query, limit: PAGE }
    const { query: asked } = this
    this.listing.read(
      () => this.#calls.ask('certificate.list', asked),
      (page) => (this.page = page),
    )
  }

  /** As list(), on the page of the list that is on view if it is the same list. */
  listFrom(query: Omit<CertificateQuery, 'limit'>): void {
    const { offset } = this.query
    const isSame = JSON.stringify({ ...query, offset, limit: PAGE }) === JSON.stringify(this.query)
    this.list(isSame ? { ...query, offset } : query)
  }

  /** Saves the current list as a file. */
  saveList(format: TableFormat, summary: string, then: (name: string) => void): void {
    this.exporting.run(async (options) => {
      const { offset: _offset, limit: _limit, ...query } = this.query
      const input = { which: { query } }
      const file = tableFile(await this.#calls.ask('inventory.table', input, options), format, summary)
      if (download(file, options)) then(file.name)
    })
  }

  /** A list that is not on view is dropped: a stale line could be selected before the list is read again. */
  readAgain(page: string): void {
    if (page === 'inventory') this.list(this.query)
    else this.page = null
    for (const authorityId of this.below.keys()) this.listBelow(authorityId)
    if (this.#wanted !== '') this.#read(this.#wanted)
  }

  /** Reads what `authorityId` issued, newest first; at least as many as are shown already. */
  listBelow(authorityId: string, more = 0): void {
    const limit = Math.max(BELOW, this.below.get(authorityId)?.rows.length ?? 0) + more
    const query = { authorityId, sort: 'createdAt', descending: true, offset: 0, limit } as const
    void this.#calls.ask('certificate.list', query).then(
      (page) => {
        this.below = new Map(this.below).set(authorityId, page)
        const unread = new Map(this.belowUnread)
        unread.delete(authorityId)
        this.belowUnread = unread
      },
      (error: unknown) => (this.belowUnread = new Map(this.belowUnread).set(authorityId, error)),
    )
  }

  listMoreBelow(authorityId: string): void {
    this.listBelow(authorityId, BELOW)
  }

  /** Shows one certificate. */
  open(certificateId: string): void {
    if (this.#wanted === certificateId && this.detail?.row.id === certificateId) return
    this.#wanted = certificateId
    this.detail = null
    this.parsed = null
    this.opening.clear()
    // What went wrong was about another certificate. A lock closes the page and leaves it.
    if (this.#shown !== certificateId)
      for (const task of [this.exporting, this.exportingChosen, this.exportingBoth]) task.clear()
    this.#shown = certificateId
    if (certificateId !== '') this.#read(certificateId)
  }

  #read(certificateId: string): void {
    this.opening.read(
      () => this.#both(certificateId),
      ({ detail, parsed }) => {
        this.detail = detail
        this.parsed = parsed
      },
    )
  }

  async #both(certificateId: string): Promise<{ detail: CertificateDetail; parsed: Certificate }> {
    const detail = await this.#calls.ask('certificate.detail', { certificateId })
    return { detail, parsed: await this.readOut(detail.der) }
  }

  /** Parses any certificate, to show its fields; rejects with what is wrong in it. */
  readOut(der: Uint8Array): Promise<Certificate> {
    return this.#calls.ask('certificate.read', { der })
  }

  forget(): void {
    this.page = null
    this.below = new Map()
    this.belowUnread = new Map()
    this.detail = null
    this.parsed = null
    this.#wanted = ''
    this.listing.clear()
    this.opening.clear()
  }

  /** `before`: the notes when editing began; nothing else is replaced. */
  note(row: CertificateRow, before: Notes, after: Notes, then: (stored: Notes) => void): void {
    this.changing.run(async () => {
      const changed = await this.#calls.act('certificate.note', { certificateId: row.id, before, ...after })
      if (this.detail?.row.id === row.id) this.detail = { ...this.detail, row: changed }
      then(changed)
    })
  }

  revoke(row: CertificateRow, reason: RevokeReason, invalidityDate: Date | null, then: () => void): void {
    this.#change(row, then, () =>
      this.#calls.act('revocation.revoke', { certificateId: row.id, reason, invalidityDate }),
    )
  }

  release(row: CertificateRow, then: () => void): void {
    this.#change(row, then, () => this.#calls.act('revocation.release', { certificateId: row.id }))
  }

  #change(row: CertificateRow, then: () => void, work: () => Promise<CertificateRow>): void {
    this.changing.run(async () => {
      const changed = await work()
      if (this.detail?.row.id === row.id) this.detail = { ...this.detail, row: changed }
      then()
    })
  }

  /** One file with the key of an end entity under this passphrase, its certificate, and the CAs above it but the root. */
  exportKeyAndChain(
    certificateId: string,
    format: 'pkcs12' | 'pem',
    passphrase: string,
    then: (name: string) => void,
  ): void {
    const protection = { kind: 'encrypted', passphrase, form: 'modern' } as const
    const asked = { certificateId, format: 'pem', includeRoot: false } as const
    if (format === 'pkcs12') {
      this.#export(this.exportingBoth, { ...asked, what: 'pkcs12', protection }, then)
      return
    }
    this.exportingBoth.run(async (options) => {
      const read = (choices: ExportChoices) => this.#calls.act('certificate.export', choices, options)
      const key = await read({ ...asked, what: 'private-key', protection })
      const chain = await read({ ...asked, what: 'chain', protection: null })
      const name = chain.name.replace(/\.chain\.pem$/, '.key-and-chain.pem')
      download({ name, type: chain.type, bytes: concat([key.bytes, chain.bytes]) })
      then(name)
    })
  }

  export(choices: ExportChoices, then: (name: string) => void): void {
    this.#export(this.exporting, choices, then)
  }

  exportChosen(choices: ExportChoices, then: (name: string) => void): void {
    this.#export(this.exportingChosen, choices, then)
  }

  #export(task: Task, choices: ExportChoices, then: (name: string) => void): void {
    task.run(async (options) => {
      const file = await this.#calls.act('certificate.export', { ...choices }, options)
      if (download(file, options)) then(file.name)
    })
  }
}

export type RevokeReason = In<'revocation.revoke'>['reason']

export interface ExportChoices {
  certificateId: string
  what: ExportWhat
  format: 'pem' | 'der'
  includeRoot: boolean
  protection: KeyProtection | null
}
