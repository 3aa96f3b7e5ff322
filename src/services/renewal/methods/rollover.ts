import { planRollover, planSuccession } from '../../../ca/rollover-plan.ts'
import { CodedError } from '../../../errors.ts'
import { requireRecord } from '../../../vault/reading.ts'
import { standingAt } from '../../inventory/as-of.ts'
import { standingBelow } from '../../inventory/dependents.ts'
import type { Handlers } from '../../../border/dispatch.ts'
import type {
  DependentsView,
  RolloverCertificate,
  RolloverMethods as Rollover,
} from '../../../border/protocol/rollover.ts'
import type { Session } from '../../session/session.ts'
import type { CertificateRow } from '../../../border/views.ts'

type RolloverMethods = Pick<Handlers, keyof Rollover>

/** Certificates listed one by one; the rest are counted. */
const NAMED = 100

/** Key rollover: from an old key to a new one, and what depends on either. */
export function rolloverMethods(session: Session): RolloverMethods {
  const { inventory } = session

  /** Returns every certificate of one authority's key. */
  async function certificatesOf(authorityId: string): Promise<CertificateRow[]> {
    const { value } = await requireRecord(session.vault, 'authorities', authorityId)
    const ids = [value.certificateId, ...(value.otherCertificateIds ?? [])]
    return Promise.all(ids.map((id) => inventory.row(id)))
  }

  async function withOctets(row: CertificateRow): Promise<RolloverCertificate> {
    const { value } = await requireRecord(session.vault, 'certificates', row.id)
    return { row, der: value.der }
  }

  return {
    'hierarchy.asOf': ({ at }, { signal }) => standingAt(session, at, signal),

    async 'rollover.plan'({ authorityId }) {
      await session.vault.requireOpen()
      const { value } = await requireRecord(session.vault, 'authorities', authorityId)
      const { successorId } = value
      if (successorId === undefined) {
        const { commonName, subject } = await inventory.authority(authorityId)
        throw new CodedError('rollover-none', { name: commonName ?? subject ?? '' })
      }
      const [ofOld, ofNew] = await Promise.all([certificatesOf(authorityId), certificatesOf(successorId)])
      const [old, fresh] = [ofOld[0]!, ofNew[0]!]
      const oldWithNew = standing(ofOld.find((row) => row.authorityId === successorId))
      const newWithOld = standing(ofNew.find((row) => row.authorityId === authorityId))
      const asked = { now: session.now, end: Infinity, named: 0 }
      const { total: below, lastEnd: lastBelow } = await standingBelow(session, authorityId, asked)
      const kind = old.authorityId === authorityId ? ('root' as const) : ('intermediate' as const)
      const plan =
        kind === 'root'
          ? planRollover({ old, fresh, oldWithNew, newWithOld, lastBelow })
          : planSuccession({ old, fresh, lastBelow })
      return {
        ...plan,
        kind,
        old: await withOctets(old),
        fresh: await withOctets(fresh),
        oldWithNew: oldWithNew && (await withOctets(oldWithNew)),
        newWithOld: newWithOld && (await withOctets(newWithOld)),
        below,
        lastBelow,
      }
    },

    async 'authority.dependents'({ certificateId }) {
      const { value } = await requireRecord(session.vault, 'certificates', certificateId)
      if (value.ownAuthorityId === null) return NOTHING
      const [row, own] = await Promise.all([
        inventory.row(certificateId),
        certificatesOf(value.ownAuthorityId),
      ])
      const asked = { now: session.now, end: row.notAfter.getTime(), named: NAMED }
      const { longest, ...below } = await standingBelow(session, value.ownAuthorityId, asked)
      return {
        ...below,
        rows: await inventory.rows(longest),
        others: own.filter(
          ({ id, status, notAfter }) =>
            id !== certificateId && status !== 'revoked' && notAfter.getTime() >= session.now,
        ),
      }
    },
  }
}

const NOTHING: DependentsView = {
  total: 0,
  authorities: 0,
  outlive: 0,
  lastEnd: null,
  rows: [],
  others: [],
}

/** A revoked cross-certificate links nothing. */
const standing = (row: CertificateRow | undefined): CertificateRow | null =>
  row && row.status === 'good' ? row : null
