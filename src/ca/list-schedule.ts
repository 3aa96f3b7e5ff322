import { issueList } from './certificate-list.ts'
import type { CertificateList } from '../x509/certificate-list.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { ListRequest } from './certificate-list.ts'
import type { Signer } from './issue.ts'
import type { EntriesOptions } from './list-entries.ts'
import { DAY } from '../time.ts'

/** Days until nextUpdate by kind of CA: BR §4.9.7 allows 12 months for CA certificates, 10 days for the others. */
export const SUGGESTED_DAYS = { offlineCa: 180, issuingCa: 7, delta: 1 } as const

/** A CA whose lists cover only CA certificates is opened rarely; one that issues to end entities, often. */
export const suggestedDays = (
  { basicConstraints, issuer, subject }: Certificate,
  below: 'cas' | 'others' | null,
): number =>
  below === 'cas' ||
  (below === null && basicConstraints?.pathLen !== 0 && issuer.der.join() === subject.der.join())
    ? SUGGESTED_DAYS.offlineCa
    : SUGGESTED_DAYS.issuingCa

/** One list to be signed in advance. */
export interface Period {
  readonly number: bigint
  readonly thisUpdate: Date
  /** When the next list takes over, with a margin: nextUpdate is later. */
  readonly publishUntil: Date
  readonly nextUpdate: Date
}

export interface ScheduleRequest {
  readonly from: Date
  /** How long each list is the one to publish. */
  readonly days: number
  /** How long it stays current after its successor is due. */
  readonly overlapDays: number
  readonly count: number
  readonly firstNumber: bigint
  /** notAfter of the signer: no list outlives it. */
  readonly until: Date
}

/** Returns the periods of a schedule, which ends early if the signer's certificate does. */
export function schedulePeriods({
  from,
  days,
  overlapDays,
  count,
  firstNumber,
  until,
}: ScheduleRequest): Period[] {
  const periods: Period[] = []
  for (let i = 0; i < count; i++) {
    const thisUpdate = new Date(from.getTime() + i * days * DAY)
    if (thisUpdate >= until) break
    const publishUntil = earlier(new Date(thisUpdate.getTime() + days * DAY), until)
    const nextUpdate = earlier(new Date(publishUntil.getTime() + overlapDays * DAY), until)
    periods.push({ number: firstNumber + BigInt(i), thisUpdate, publishUntil, nextUpdate })
  }
  return periods
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

/** A pre-signed list: its period, octets and file name. */
export interface ScheduledList extends Period {
  readonly list: CertificateList
  readonly fileName: string
}

/**
 * Signs the lists of all periods in one session of an offline CA. Each contains the revocations known now: a later
 * revocation needs another session, and a new schedule with higher numbers.
 */
export async function issueSchedule(
  request: Omit<ListRequest, 'thisUpdate' | 'nextUpdate' | 'number' | 'revoked'> & {
    readonly revoked: Parameters<typeof issueList>[0]['revoked'] & readonly unknown[]
  },
  periods: readonly Period[],
  signer: Signer,
  {
    name,
    onProgress,
    onEntries,
  }: {
    readonly name: string
    readonly onProgress?: (done: number) => void | Promise<void>
    /** As issueList's callback, for each list. */
    readonly onEntries?: EntriesOptions['onProgress']
  },
): Promise<ScheduledList[]> {
  const lists: ScheduledList[] = []
  let { previousNumber } = request
  for (const period of periods) {
    const { number, thisUpdate, nextUpdate } = period
    const list = await issueList(
      { ...request, number, previousNumber, thisUpdate, nextUpdate },
      signer,
      onEntries ? { onProgress: onEntries } : {},
    )
    previousNumber = number
    lists.push({
      ...period,
      list,
      fileName: `${thisUpdate.toISOString().slice(0, 10)}_${name}_${number}.crl`,
    })
    await onProgress?.(lists.length)
  }
  return lists
}
