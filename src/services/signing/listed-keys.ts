/**
 * Keys of certificates here that a stored list revokes because others have them, though their records do not say so:
 * an earlier build stored such lists without changing the records.
 */
import { CodedError } from '../../errors.ts'
import { isSameSum } from '../../vault/head.ts'
import type { CertificateRecord } from '../../vault/shapes.ts'
import { callingName } from '../../x509/calling-name.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { knownRevocations } from '../records/known-revocations.ts'
import { allLists } from '../records/list-records.ts'
import type { Session } from '../session/session.ts'
import { isOfKey } from './lost-keys.ts'

type Known = Awaited<ReturnType<typeof knownRevocations>>

export class ListedKeys {
  readonly #session: Session
  /** What the lists of each CA say, until there is another list. */
  readonly #known = new Map<string, Promise<Known>>()

  constructor(session: Session) {
    this.#session = session
  }

  /** Rejects with 'renewal-of-lost-key'. */
  async require({
    record,
    certificate,
  }: {
    record: CertificateRecord
    certificate: Certificate
  }): Promise<void> {
    if (record.authorityId === null) return
    const { known } = await this.#knownOf(record.authorityId)
    if (isOfKey(known.of(certificate)?.reason ?? null))
      throw new CodedError('renewal-of-lost-key', { name: callingName(certificate) })
  }

  async #knownOf(authorityId: string): Promise<Known> {
    const { sum } = await allLists(this.#session.vault)
    const before = await this.#known.get(authorityId)
    const isSame = before && sum && before.lists.every((each) => isSameSum(each, sum))
    if (isSame) return before
    const now = knownRevocations(this.#session, authorityId)
    this.#known.set(authorityId, now)
    return now
  }
}
