/** Trust stores kept in the vault. */
import { CodedError } from '../../errors.ts'
import { onCurrentRecords } from '../../vault/commit.ts'
import { findCurrent } from '../../vault/current.ts'
import { allRecords, requireRecord } from '../../vault/reading.ts'
import type { TrustStoreRecord } from '../../vault/shapes.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { sameOctets } from '../../octets.ts'
import { newId } from '../certifying/certified-key.ts'
import type { Session } from '../session/session.ts'
import type { Actor } from '../../border/views.ts'

/** A named set of anchors, kept in the vault or for this visit. */
export interface TrustStore {
  readonly id: string
  readonly name: string
  readonly certificates: readonly Certificate[]
}

/** Far more than any program trusts; a record with this many is a few megabytes. */
const MOST_ANCHORS = 2000
const LONGEST_NAME = 200

/** The vault's stores. While it is locked there are none: unauthenticated records are not trusted. */
export class KeptStores {
  readonly #session: Session
  /** The last parse of each store, until the vault locks. */
  readonly #parsed = new Map<string, TrustStore>()

  constructor(session: Session) {
    this.#session = session
    session.onLock.add(() => this.#parsed.clear())
  }

  async list(): Promise<TrustStore[]> {
    const { vault } = this.#session
    if (!vault.opened) return []
    const records = await allRecords(vault, 'trustStores')
    return records.map(({ id, value }) => this.#read(id, value)).sort(byName)
  }

  /** Returns one store, or null if it is not here or cannot be authenticated now. Rejects as findCurrent(). */
  async find(id: string): Promise<TrustStore | null> {
    const { vault } = this.#session
    if (!vault.opened) return null
    const found = await findCurrent(vault, 'trustStores', id)
    return found && this.#read(id, found.value)
  }

  /** Stores these certificates and returns the store's id. Rejects as `checkStore` and 'vault-locked'. */
  async keep(name: string, certificates: readonly Certificate[], actor: Actor): Promise<string> {
    const session = this.#session
    await session.begin(actor)
    const id = newId()
    const value: TrustStoreRecord = {
      name,
      certificates: certificates.map(({ der }) => new Uint8Array(der)),
      createdAt: session.now,
      createdBy: actor.who,
    }
    await session.commit({
      writes: [{ store: 'trustStores', id, value, mode: 'add' }],
      entries: [session.draft('trust-store-kept', name, actor, id)],
      durability: 'strict',
    })
    return id
  }

  /**
   * Replaces the store by what `next` makes of it as it is stored now; differences are journalled. Rejects as `next`,
   * 'record-missing' and 'vault-locked'.
   */
  async change(
    id: string,
    name: string,
    next: (store: TrustStore) => Promise<readonly Certificate[]>,
    actor: Actor,
  ): Promise<void> {
    await this.#session.begin(actor)
    // Another tab may change or remove it at the same time.
    await onCurrentRecords(() => this.#change(id, name, next, actor))
  }

  async #change(
    id: string,
    name: string,
    next: (store: TrustStore) => Promise<readonly Certificate[]>,
    actor: Actor,
  ): Promise<void> {
    const session = this.#session
    const read = await requireRecord(session.vault, 'trustStores', id)
    const { value } = read
    const store = this.#read(id, value)
    const before = store.certificates
    const certificates = await next(store)
    const added = certificates.filter((each) => !holds(before, each)).length
    const removed = before.filter((each) => !holds(certificates, each)).length
    const entries = []
    if (name !== value.name)
      entries.push(session.draft('trust-store-renamed', `${value.name} · ${name}`, actor, id))
    if (added + removed > 0) {
      const subject = `${name} · +${String(added)} −${String(removed)}`
      entries.push(session.draft('trust-store-changed', subject, actor, id))
    }
    if (entries.length === 0) return
    const changed = { ...value, name, certificates: certificates.map(({ der }) => new Uint8Array(der)) }
    await session.commit({
      writes: [{ store: 'trustStores', id, value: changed, mode: 'put' }],
      entries,
      basedOn: [read],
      durability: 'strict',
    })
  }

  /** Rejects with 'record-missing' and 'vault-locked'. */
  async remove(id: string, actor: Actor): Promise<void> {
    const session = this.#session
    await session.begin(actor)
    await onCurrentRecords(async () => {
      const read = await requireRecord(session.vault, 'trustStores', id)
      await session.commit({
        removals: [{ store: 'trustStores', id }],
        entries: [session.draft('trust-store-removed', read.value.name, actor, id)],
        basedOn: [read],
        durability: 'strict',
      })
    })
    this.#parsed.delete(id)
  }

  #read(id: string, { name, certificates }: TrustStoreRecord): TrustStore {
    const last = this.#parsed.get(id)
    const same =
      last?.certificates.length === certificates.length &&
      last.certificates.every(({ der }, i) => sameOctets(der, certificates[i]!))
    // It may have been changed, in another tab too.
    if (same && last.name === name) return last
    const parsed = same ? last.certificates : certificates.map((der) => parseCertificate(der))
    const store = { id, name, certificates: parsed }
    this.#parsed.set(id, store)
    return store
  }
}

/**
 * Checks a new store: it has a unique name, and is not empty. Throws 'trust-store-unnamed', 'trust-store-name-taken',
 * 'trust-store-empty' and 'trust-store-too-large'.
 */
export function checkStore(
  name: string,
  certificates: readonly Certificate[],
  others: readonly TrustStore[],
): void {
  if (name.trim() === '') throw new CodedError('trust-store-unnamed', null)
  if (name.length > LONGEST_NAME)
    throw new CodedError('trust-store-name-long', { length: name.length, limit: LONGEST_NAME })
  if (others.some((other) => other.name === name)) throw new CodedError('trust-store-name-taken', { name })
  if (certificates.length === 0) throw new CodedError('trust-store-empty', { name })
  if (certificates.length > MOST_ANCHORS)
    throw new CodedError('trust-store-too-large', { count: certificates.length, limit: MOST_ANCHORS })
}

/** Octet by octet: a certificate that only looks like an anchor is not one. */
export const holds = (all: readonly Certificate[], { der }: Certificate): boolean =>
  all.some((each) => sameOctets(each.der, der))

/** Returns each certificate once. */
export function once(certificates: readonly Certificate[]): Certificate[] {
  const found: Certificate[] = []
  for (const each of certificates) if (!holds(found, each)) found.push(each)
  return found
}

const byName = (one: TrustStore, other: TrustStore): number => one.name.localeCompare(other.name, 'en')
