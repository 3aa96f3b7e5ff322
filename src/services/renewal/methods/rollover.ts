import { planRollover, planSuccession } from '../../../ca/rollover-plan.ts'
import { CodedError } from '../../../errors.ts'
import { requireRecord } from '../../../vault/reading.ts'
import { standingAt } from '../../inventory/as-of.ts'
import { standingBelow } from '../../inventory/dependents.ts'
import { endsIn } from '../../inventory/ends.ts'
import type { Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
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

async function rolloverPlan(
  session: Session,
  { authorityId }: In<'rollover.plan'>,
): Promise<Out<'rollover.plan'>> {
  await session.vault.requireOpen()
  const { value } = await requireRecord(session.vault, 'authorities', authorityId)
  const { successorId } = value
  if (successorId === undefined) {
    const { commonName, subject } = await session.inventory.authority(authorityId)
    throw new CodedError('rollover-none', { name: commonName ?? subject ?? '' })
  }
  const [ofOld, ofNew] = await Promise.all([
    certificatesOf(session, authorityId),
    certificatesOf(session, successorId),
  ])
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
    old: await withOctets(session, old),
    fresh: await withOctets(session, fresh),
    oldWithNew: oldWithNew && (await withOctets(session, oldWithNew)),
    newWithOld: newWithOld && (await withOctets(session, newWithOld)),
    below,
    lastBelow,
  }
}

async function dependentsOf(
  session: Session,
  { certificateId }: In<'authority.dependents'>,
): Promise<Out<'authority.dependents'>> {
  const { value } = await requireRecord(session.vault, 'certificates', certificateId)
  if (value.ownAuthorityId === null) return NOTHING
  const [row, own] = await Promise.all([
    session.inventory.row(certificateId),
    certificatesOf(session, value.ownAuthorityId),
  ])
  const asked = { now: session.now, end: row.notAfter.getTime(), named: NAMED }
  const { longest, ...below } = await standingBelow(session, value.ownAuthorityId, asked)
  return {
    ...below,
    rows: await session.inventory.rows(longest),
    others: own.filter(
      ({ id, status, notAfter }) =>
        id !== certificateId && status !== 'revoked' && notAfter.getTime() >= session.now,
    ),
  }
}

/** Returns every certificate of one authority's key. */
async function certificatesOf(session: Session, authorityId: string): Promise<CertificateRow[]> {
  const { value } = await requireRecord(session.vault, 'authorities', authorityId)
  const ids = [value.certificateId, ...(value.otherCertificateIds ?? [])]
  return Promise.all(ids.map((id) => session.inventory.row(id)))
}

async function withOctets(session: Session, row: CertificateRow): Promise<RolloverCertificate> {
  const { value } = await requireRecord(session.vault, 'certificates', row.id)
  return { row, der: value.der }
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

/** Key rollover: from an old key to a new one, and what depends on either. */
export function rolloverMethods(session: Session): RolloverMethods {
  return {
    'hierarchy.asOf': ({ at }, { signal }) => standingAt(session, at, signal),
    'hierarchy.ends': ({ at }) => session.inventory.ask((index) => endsIn(index, at.getTime())),
    'rollover.plan': (input) => rolloverPlan(session, input),
    'authority.dependents': (input) => dependentsOf(session, input),
  }
}
