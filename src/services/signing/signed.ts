/**
 * From the right to sign to the stored result. A signature by a CA's key is unwrapped only inside the transaction that
 * checks the CA once more: nothing signed after the CA lost its right is ever released.
 */
import type { Signer } from '../../ca/issue.ts'
import { isCodedError } from '../../errors.ts'
import type { Change } from '../../vault/commit.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import type { Session } from '../session/session.ts'
import { asCurrent, forgetPlaces, isCatalogueOutdated } from './current-records.ts'
import { certifiedBy, requireKeptKey } from './lost-keys.ts'
import type { Standing } from './standing.ts'

/** How often a change is retried because another tab wrote a record of the signing CA. */
const ATTEMPTS = 20

/** A signing key: its signatures are wrapped until they are stored. */
export interface Signing {
  sign<T>(work: (signer: Signer) => Promise<T>): Promise<Signed<T>>
}

/** Whether a key may sign now, and how to open it. */
export interface Rule {
  /** Rejects if it may not. */
  look(): Promise<Standing>
  open(): Promise<Signer>
}

/** The right of one key to sign for one purpose; checked before signing, and again when storing. */
export class Authorization implements Signing {
  readonly #rule: Rule
  #signer: Promise<Signer> | null = null
  #isWritten = false

  private constructor(rule: Rule) {
    this.#rule = rule
  }

  /** Rejects if it may not sign, and if its key does not open. */
  static async of(rule: Rule): Promise<Authorization> {
    const authorization = new Authorization(rule)
    await authorization.standing()
    await authorization.#key()
    return authorization
  }

  /** Rejects if it has lost the right; its key is then dropped. */
  async standing(): Promise<Standing> {
    try {
      const standing = await this.#rule.look()
      return this.#isWritten ? { reads: standing.reads, lists: standing.lists ?? [] } : standing
    } catch (error) {
      this.#signer = null
      throw error
    }
  }

  async sign<T>(work: (signer: Signer) => Promise<T>): Promise<Signed<T>> {
    return new Signed(await work(await this.#key()), [this])
  }

  /** Its journal entries have been stored. */
  written(): void {
    this.#isWritten = true
  }

  #key(): Promise<Signer> {
    return (this.#signer ??= this.#rule.open())
  }
}

/** Records of something signed, and the value the caller gets once they are stored. */
export interface Storing<R> extends Change {
  /** The certificates it writes, by id, if already parsed. */
  readonly parsed?: ReadonlyMap<string, Certificate>
  readonly result: R
}

/** A signed object, and the rights it was signed under. */
export class Signed<T> {
  readonly #value: T
  readonly #by: ReadonlySet<Authorization>

  constructor(value: T, by: Iterable<Authorization>) {
    this.#value = value
    this.#by = new Set(by)
  }

  /** Combines many into one, with the rights of all. */
  static all<T>(signed: readonly Signed<T>[]): Signed<T[]> {
    return new Signed(
      signed.map((each) => each.#value),
      signed.flatMap((each) => [...each.#by]),
    )
  }

  /** Transforms the value before it is stored; it stays wrapped. */
  async map<U>(work: (value: T) => Promise<U> | U): Promise<Signed<U>> {
    return new Signed(await work(this.#value), this.#by)
  }

  /** The rights it was signed under. */
  get by(): ReadonlySet<Authorization> {
    return this.#by
  }

  /** Rejects if one of the signers has lost its right. */
  async standing(): Promise<Standing> {
    const each = await Promise.all([...this.#by].map((authorization) => authorization.standing()))
    return {
      reads: each.flatMap(({ reads }) => reads),
      lists: each.flatMap(({ lists = [] }) => lists),
      entries: each.flatMap(({ entries = [] }) => entries),
    }
  }

  /**
   * Stores what was signed if the signing CAs still may sign, and returns it then. Retries if their records were
   * written meanwhile; the caller must re-read any other records it used ('record-outdated'). `signal`: until it is written.
   */
  async store<R>(
    session: Session,
    records: (value: T) => Promise<Storing<R>> | Storing<R>,
    signal?: AbortSignal,
  ): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      const { reads, lists = [], entries = [] } = await this.standing()
      const { result, parsed, basedOn = [], ...made } = await records(this.#value)
      const change = { ...made, lists: [...lists, ...(made.lists ?? [])] }
      await requireKeptKeys(session, change, parsed)
      try {
        const current = [...(await asCurrent(session, reads)), ...(made.current ?? [])]
        await session.commit(
          { ...change, entries: [...entries, ...change.entries], basedOn: [...reads, ...basedOn], current },
          parsed,
          signal,
        )
        for (const authorization of this.#by) authorization.written()
        return result
      } catch (error) {
        if (isCatalogueOutdated(error)) await forgetPlaces(session)
        const isOurs =
          (outdatedIn(reads, error) && !outdatedIn(basedOn, error)) || (!made.lists && isOf('lists', error))
        const isCompared = isCatalogueOutdated(error) || (change.certificates && isOf('certificates', error))
        if (!(isOurs || isCompared) || attempt === ATTEMPTS) throw error
      }
    }
  }
}

/** What was found out about a key since it was prepared holds for the certificate too. */
async function requireKeptKeys(session: Session, { writes = [] }: Change, parsed?: Storing<null>['parsed']) {
  const added = writes.flatMap(({ store, mode, id, value }) =>
    store === 'certificates' && mode === 'add' ? [parsed?.get(id) ?? parseCertificate(value.der)] : [],
  )
  if (added.length > 0) await requireKeptKey(session, ...added.map(certifiedBy))
}

/** A key that belongs to no CA here: the new key of a root, or an end entity's. */
export const ownKey = (signer: Signer): Signing => ({
  sign: async (work) => new Signed(await work(signer), []),
})

const outdatedIn = (reads: NonNullable<Change['basedOn']>, error: unknown): boolean =>
  isCodedError(error, 'record-outdated') &&
  reads.some(({ store, id }) => store === error.detail.store && id === error.detail.id)

/** Some record of this store was written since their mark or sum was read. */
const isOf = (store: 'certificates' | 'lists', error: unknown): boolean =>
  isCodedError(error, 'record-outdated') && error.detail.store === store && error.detail.id === ''
