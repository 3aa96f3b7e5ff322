/**
 * From the right to sign to what is stored. A signature by a CA's key comes out of its wrapping only into the
 * transaction that looks the CA up once more: what a CA signed and had no right to any more is never seen by anybody.
 */
import type { Signer } from '../../ca/issue.ts'
import { isCodedError } from '../../errors.ts'
import type { Change } from '../../vault/commit.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Session } from '../session/session.ts'
import type { Standing } from './standing.ts'

/** How often a change is tried again because somebody else wrote a record of the CA that signed. */
const ATTEMPTS = 20

/** Whose key signs: what it signs is wrapped until it is stored. */
export interface Signing {
  sign<T>(work: (signer: Signer) => Promise<T>): Promise<Signed<T>>
}

/** Whether a key may sign at this moment, and its opening. */
export interface Rule {
  /** Rejects where it may not. */
  look(): Promise<Standing>
  open(): Promise<Signer>
}

/** The right of one key to sign for one purpose; asked before a signature, and again when what it signed is stored. */
export class Authorization implements Signing {
  readonly #rule: Rule
  #signer: Promise<Signer> | null = null
  #isWritten = false

  private constructor(rule: Rule) {
    this.#rule = rule
  }

  /** Rejects where it may not sign, and where its key does not open. */
  static async of(rule: Rule): Promise<Authorization> {
    const authorization = new Authorization(rule)
    await authorization.standing()
    await authorization.#key()
    return authorization
  }

  /** Rejects where it has the right no more; its key is let go then. */
  async standing(): Promise<Standing> {
    try {
      const standing = await this.#rule.look()
      return this.#isWritten ? { reads: standing.reads } : standing
    } catch (error) {
      this.#signer = null
      throw error
    }
  }

  async sign<T>(work: (signer: Signer) => Promise<T>): Promise<Signed<T>> {
    return new Signed(await work(await this.#key()), [this])
  }

  /** What the journal is to say of it is stored. */
  written(): void {
    this.#isWritten = true
  }

  #key(): Promise<Signer> {
    return (this.#signer ??= this.#rule.open())
  }
}

/** What is written for something that was signed, and what the caller gets once it is stored. */
export interface Storing<R> extends Change {
  /** The same certificates as it writes, by id, where many of them are at hand. */
  readonly parsed?: ReadonlyMap<string, Certificate>
  readonly result: R
}

/** What was signed, and by whose right. */
export class Signed<T> {
  readonly #value: T
  readonly #by: ReadonlySet<Authorization>

  constructor(value: T, by: Iterable<Authorization>) {
    this.#value = value
    this.#by = new Set(by)
  }

  /** Many as one, with the rights of all. */
  static all<T>(signed: readonly Signed<T>[]): Signed<T[]> {
    return new Signed(
      signed.map((each) => each.#value),
      signed.flatMap((each) => [...each.#by]),
    )
  }

  /** What is made of it before it is stored; it stays wrapped. */
  async map<U>(work: (value: T) => Promise<U> | U): Promise<Signed<U>> {
    return new Signed(await work(this.#value), this.#by)
  }

  /** Whose right it was. */
  get by(): ReadonlySet<Authorization> {
    return this.#by
  }

  /** Rejects where one of those that signed has no right to any more. */
  async standing(): Promise<Standing> {
    const each = await Promise.all([...this.#by].map((authorization) => authorization.standing()))
    return {
      reads: each.flatMap(({ reads }) => reads),
      entries: each.flatMap(({ entries = [] }) => entries),
    }
  }

  /**
   * Stores what was signed if the CAs that signed still may, and gives it out then. Again where somebody wrote their
   * records meanwhile; what else the change is made from is the caller's to read again ('record-outdated').
   */
  async store<R>(session: Session, records: (value: T) => Promise<Storing<R>> | Storing<R>): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      const { reads, entries = [] } = await this.standing()
      const { result, parsed, basedOn = [], ...change } = await records(this.#value)
      try {
        await session.commit(
          { ...change, entries: [...entries, ...change.entries], basedOn: [...reads, ...basedOn] },
          parsed,
        )
        for (const authorization of this.#by) authorization.written()
        return result
      } catch (error) {
        const isOurs = outdatedIn(reads, error) && !outdatedIn(basedOn, error)
        if (!isOurs || attempt === ATTEMPTS) throw error
      }
    }
  }
}

/** A key that is no CA's here: the one that is made for a root, or an end entity's. */
export const ownKey = (signer: Signer): Signing => ({
  sign: async (work) => new Signed(await work(signer), []),
})

const outdatedIn = (reads: NonNullable<Change['basedOn']>, error: unknown): boolean =>
  isCodedError(error, 'record-outdated') &&
  reads.some(({ store, id }) => store === error.detail.store && id === error.detail.id)
