import { readPile } from '../containers/pile/read-pile.ts'
import type { PileFile } from '../containers/pile/read-pile.ts'
import type { PileOptions } from '../containers/pile/builder.ts'
import type { PileItem, PileNotice, PileProblem } from '../containers/pile/items.ts'
import { CodedError } from '../errors.ts'
import { createPool } from '../validate/pool.ts'
import type { Pool } from '../validate/pool.ts'
import { isSelfIssued } from '../validate/question/guess.ts'
import type { CertificateList } from '../x509/certificate-list.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { OcspResponse } from '../x509/ocsp.ts'
import { sameOctets } from '../x509/octets.ts'
import type { JudgeQuestion } from './judge-protocol.ts'

type ItemOf<K extends PileItem['kind']> = Extract<PileItem, { kind: K }>

/** A set of anchors for this visit. */
export interface TrustStore {
  readonly id: string
  readonly name: string
  readonly certificates: readonly Certificate[]
}

/** What the judge keeps between questions: the pile, the anchors, and the pool they make. */
export class JudgeSession {
  #files: PileFile[] = []
  #items: readonly PileItem[] = []
  problems: readonly PileProblem[] = []
  notices: readonly PileNotice[] = []
  certificates: readonly ItemOf<'certificate'>[] = []
  readonly #stores = new Map<string, TrustStore>()
  #pool: { key: string; pool: Pool } | null = null
  #nextStore = 1

  /** Reads the files, with the ones before them if they are to stay: a password may open one of those. */
  async read(files: readonly PileFile[], add: boolean, options: PileOptions): Promise<void> {
    const all = add ? [...this.#files, ...files] : [...files]
    const pile = await readPile(all, options)
    this.#files = all
    this.#items = pile.items
    this.problems = pile.problems
    this.notices = pile.notices
    this.certificates = unique(this.items('certificate'))
    this.#pool = null
  }

  clear(): void {
    this.#files = []
    this.#items = this.certificates = []
    this.problems = []
    this.notices = []
    this.#pool = null
  }

  items<K extends PileItem['kind']>(kind: K): ItemOf<K>[] {
    return this.#items.filter((item): item is ItemOf<K> => item.kind === kind)
  }

  get lists(): CertificateList[] {
    return this.items('crl').map(({ crl }) => crl)
  }

  get responses(): OcspResponse[] {
    return this.items('ocspResponse').map(({ response }) => response)
  }

  /** A certificate by its place in the pile. */
  certificate(index: number): Certificate {
    const item = this.certificates[index]
    if (!item) throw new CodedError('pile-nothing-found', null)
    return item.certificate
  }

  addStore(name: string, indices: readonly number[]): void {
    const id = `visit-${String(this.#nextStore++)}`
    this.#stores.set(id, { id, name, certificates: indices.map((index) => this.certificate(index)) })
  }

  /** What was judged with it is not judged with it again. */
  removeStore(id: string): void {
    this.#stores.delete(id)
    this.#pool = null
  }

  get stores(): TrustStore[] {
    return [...this.#stores.values()]
  }

  /** The pool for these anchors, the vault's own authorities at hand; made anew only when they change, so that keys and signatures are remembered. */
  pool({ stores, trusted }: JudgeQuestion, hierarchy: readonly Certificate[]): Pool {
    const key = JSON.stringify([
      stores,
      trusted,
      hierarchy.map(({ signatureValue }) => signatureValue.join()),
    ])
    if (this.#pool?.key !== key) {
      const kept = stores.flatMap((id) =>
        id === 'hierarchy' ? hierarchy.filter(isSelfIssued) : (this.#stores.get(id)?.certificates ?? []),
      )
      const pool = createPool({
        anchors: [...kept, ...trusted.map((index) => this.certificate(index))],
        intermediates: [...this.certificates.map(({ certificate }) => certificate), ...hierarchy],
        crls: this.lists,
        ocspResponses: this.responses,
      })
      this.#pool = { key, pool }
    }
    return this.#pool.pool
  }
}

/** Each certificate once, the first of its copies. */
function unique(items: readonly ItemOf<'certificate'>[]): ItemOf<'certificate'>[] {
  const seen = new Map<string, Certificate[]>()
  return items.filter(({ certificate }) => {
    // Signatures differ where certificates do; the octets settle it.
    const key = certificate.signatureValue.subarray(0, 16).join()
    const others = seen.get(key) ?? []
    if (others.some(({ der }) => sameOctets(der, certificate.der))) return false
    seen.set(key, [...others, certificate])
    return true
  })
}
