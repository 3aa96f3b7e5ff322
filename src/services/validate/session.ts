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
import type { PublicRoots } from './public-roots.ts'
import type { TrustStore } from './trust-stores.ts'

type ItemOf<K extends PileItem['kind']> = Extract<PileItem, { kind: K }>

/** Each is tried on every locked container, which is slow by design. */
const MOST_PASSWORDS = 10

interface Surrounded {
  readonly anchors: readonly Certificate[]
  readonly hierarchy: readonly Certificate[]
  readonly pool: Pool
}

/** The validator's state between questions: the pile, the anchors, and the pool built from them. */
export class ValidateSession {
  #files: PileFile[] = []
  /** For containers in the pile: everything is read again when something is added. */
  #passwords: string[] = []
  /** Everything is read again with each password: derived keys are cached. */
  readonly #keys = new RememberedKeys()
  #items: readonly PileItem[] = []
  problems: readonly PileProblem[] = []
  notices: readonly PileNotice[] = []
  certificates: readonly ItemOf<'certificate'>[] = []
  /** Null until the page has given them. */
  publicRoots: PublicRoots | null = null
  readonly #stores = new Map<string, TrustStore>()
  readonly #texts = new WeakMap<object, string>()
  #pool: Surrounded | null = null
  #nextStore = 1

  /** Reads the files, along with earlier ones if those are kept: a password may open one of them. */
  async read(files: readonly PileFile[], add: boolean, given: readonly string[], call: Call): Promise<void> {
    const all = add ? [...this.#files, ...files] : [...files]
    const before = add ? this.#passwords : []
    const passwords = [...new Set([...given, ...before])].slice(0, MOST_PASSWORDS)
    if (!add) this.#keys.forget()
    const was = closedIn(this.#items)
    const pile = await readFiles(all, { privateKeys: 'match', passwords }, call, this.#keys)
    this.#files = all
    // A password that opened nothing is not tried again.
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

  /** The files as they were read. */
  get files(): readonly PileFile[] {
    return this.#files
  }

  /** Caches a value computed from a certificate of the pile. */
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

  /** Returns a certificate by its index in the pile. */
  certificate(index: number): Certificate {
    const item = this.certificates[index]
    if (!item) throw new CodedError('pile-nothing-found', null)
    return item.certificate
  }

  /** Keeps the store for this visit and returns its id. */
  addStore(name: string, certificates: readonly Certificate[]): string {
    const id = `visit-${String(this.#nextStore++)}`
    this.#stores.set(id, { id, name, certificates })
    return id
  }

  store(id: string): TrustStore | null {
    return this.#stores.get(id) ?? null
  }

  /** Replaces a store. */
  changeStore(store: TrustStore): void {
    this.#stores.set(store.id, store)
  }

  /** Returns true if the store existed. */
  removeStore(id: string): boolean {
    return this.#stores.delete(id)
  }

  get stores(): TrustStore[] {
    return [...this.#stores.values()]
  }

  /** Returns the pool for these anchors, cached with its keys and signatures until they or the hierarchy change. */
  pool(anchors: readonly Certificate[], hierarchy: readonly Certificate[]): Pool {
    const last = this.#pool
    if (last && sameAll(last.anchors, anchors) && sameAll(last.hierarchy, hierarchy)) return last.pool
    const pool = this.freshPool(anchors, hierarchy)
    this.#pool = { anchors, hierarchy, pool }
    return pool
  }

  /** Returns a pool with an empty cache: everything validated in it is verified now. */
  freshPool(anchors: readonly Certificate[], hierarchy: readonly Certificate[]): Pool {
    return createPool({
      anchors,
      intermediates: [...this.certificates.map(({ certificate }) => certificate), ...hierarchy],
      crls: this.lists,
      ocspResponses: this.responses,
    })
  }
}

/** Returns a text that changes when something is opened between two readings. */
const closedIn = (items: readonly PileItem[]): string =>
  JSON.stringify(items.filter(({ kind }) => kind === 'locked'))

/** Octet by octet: a certificate that only looks like an anchor is not one. */
const sameAll = (these: readonly Certificate[], those: readonly Certificate[]): boolean =>
  these.length === those.length && these.every(({ der }, i) => sameOctets(der, those[i]!.der))

/** Returns each certificate once, the first of its copies. */
function unique(items: readonly ItemOf<'certificate'>[]): ItemOf<'certificate'>[] {
  const seen = new Map<string, Certificate[]>()
  return items.filter(({ certificate }) => {
    // Signatures differ if certificates do; the octets decide.
    const key = certificate.signatureValue.subarray(0, 16).join()
    const others = seen.get(key) ?? []
    const same = others.find(({ der }) => sameOctets(der, certificate.der))
    if (same) {
      // Trust settings attached to a copy apply to the one that is kept.
      const said = trustOf(certificate)
      if (said) noteTrust(same, said)
      return false
    }
    seen.set(key, [...others, certificate])
    return true
  })
}
