import { RememberedKeys } from '../../containers/derivation.ts'
import type { PileFile } from '../../containers/pile/read-pile.ts'
import type { PileItem, PileNotice, PileProblem } from '../../containers/pile/items.ts'
import { CodedError } from '../../errors.ts'
import { createPool } from '../../validate/pool.ts'
import type { Pool } from '../../validate/pool.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { OcspResponse } from '../../x509/ocsp.ts'
import { sameOctets } from '../../octets.ts'
import type { Call } from '../../border/dispatch.ts'
import { readFiles } from '../files/reading.ts'
import { noteTrust, trustOf } from '../../x509/trust-settings.ts'
import type { TrustStore } from './trust-stores.ts'

type ItemOf<K extends PileItem['kind']> = Extract<PileItem, { kind: K }>

/** Each is tried on every container that is locked, which takes a while by design. */
const MOST_PASSWORDS = 10

interface Surrounded {
  readonly anchors: readonly Certificate[]
  readonly hierarchy: readonly Certificate[]
  readonly pool: Pool
}

/** What the judge keeps between questions: the pile, the anchors, and the pool they make. */
export class JudgeSession {
  #files: PileFile[] = []
  /** Of containers on the desk: all is read again when something is added. */
  #passwords: string[] = []
  /** All is read again with each password: what one gave is not worked out twice. */
  readonly #keys = new RememberedKeys()
  #items: readonly PileItem[] = []
  problems: readonly PileProblem[] = []
  notices: readonly PileNotice[] = []
  certificates: readonly ItemOf<'certificate'>[] = []
  readonly #stores = new Map<string, TrustStore>()
  readonly #texts = new WeakMap<object, string>()
  #pool: Surrounded | null = null
  #nextStore = 1

  /** Reads the files, with the ones before them if they are to stay: a password may open one of those. */
  async read(files: readonly PileFile[], add: boolean, given: readonly string[], call: Call): Promise<void> {
    const all = add ? [...this.#files, ...files] : [...files]
    const before = add ? this.#passwords : []
    const passwords = [...new Set([...given, ...before])].slice(0, MOST_PASSWORDS)
    if (!add) this.#keys.forget()
    const was = closedIn(this.#items)
    const pile = await readFiles(all, { privateKeys: 'match', passwords }, call, this.#keys)
    this.#files = all
    // One that opened nothing is not tried again.
    const opened = closedIn(pile.items) !== was
    this.#passwords = opened || !add ? passwords : before
    this.#items = pile.items
    this.problems = pile.problems
    this.notices = pile.notices
    this.certificates = unique(this.items('certificate'))
    this.#pool = null
  }

  clear(): void {
    this.#files = []
    this.#passwords = []
    this.#keys.forget()
    this.#items = this.certificates = []
    this.problems = []
    this.notices = []
    this.#pool = null
  }

  /** What was read, as it came. */
  get files(): readonly PileFile[] {
    return this.#files
  }

  /** What is worked out from a certificate of the pile, once. */
  remember(item: ItemOf<'certificate'>, work: (item: ItemOf<'certificate'>) => string): string {
    let text = this.#texts.get(item)
    if (text === undefined) this.#texts.set(item, (text = work(item)))
    return text
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

  /** Keeps the store for this visit and answers its id. */
  addStore(name: string, certificates: readonly Certificate[]): string {
    const id = `visit-${String(this.#nextStore++)}`
    this.#stores.set(id, { id, name, certificates })
    return id
  }

  store(id: string): TrustStore | null {
    return this.#stores.get(id) ?? null
  }

  /** Puts another in its place. */
  changeStore(store: TrustStore): void {
    this.#stores.set(store.id, store)
  }

  /** Answers whether it was here. */
  removeStore(id: string): boolean {
    return this.#stores.delete(id)
  }

  get stores(): TrustStore[] {
    return [...this.#stores.values()]
  }

  /** The pool for these anchors, the vault's own authorities at hand; made anew only when they change, so that keys and signatures are remembered. */
  pool(anchors: readonly Certificate[], hierarchy: readonly Certificate[]): Pool {
    const last = this.#pool
    if (last && sameAll(last.anchors, anchors) && sameAll(last.hierarchy, hierarchy)) return last.pool
    const pool = this.freshPool(anchors, hierarchy)
    this.#pool = { anchors, hierarchy, pool }
    return pool
  }

  /** A pool that remembers nothing: what is judged in it is all checked now. */
  freshPool(anchors: readonly Certificate[], hierarchy: readonly Certificate[]): Pool {
    return createPool({
      anchors,
      intermediates: [...this.certificates.map(({ certificate }) => certificate), ...hierarchy],
      crls: this.lists,
      ocspResponses: this.responses,
    })
  }
}

/** Says of two readings whether something was opened between them. */
const closedIn = (items: readonly PileItem[]): string =>
  JSON.stringify(items.filter(({ kind }) => kind === 'locked'))

/** Octet by octet: what only looks like an anchor is none. */
const sameAll = (these: readonly Certificate[], those: readonly Certificate[]): boolean =>
  these.length === those.length && these.every(({ der }, i) => sameOctets(der, those[i]!.der))

/** Each certificate once, the first of its copies. */
function unique(items: readonly ItemOf<'certificate'>[]): ItemOf<'certificate'>[] {
  const seen = new Map<string, Certificate[]>()
  return items.filter(({ certificate }) => {
    // Signatures differ where certificates do; the octets settle it.
    const key = certificate.signatureValue.subarray(0, 16).join()
    const others = seen.get(key) ?? []
    const same = others.find(({ der }) => sameOctets(der, certificate.der))
    if (same) {
      // What was said beside a copy counts for the one that is kept.
      const said = trustOf(certificate)
      if (said) noteTrust(same, said)
      return false
    }
    seen.set(key, [...others, certificate])
    return true
  })
}
