/** Whether a CA may sign, by its records as currently stored. */
import { CodedError } from '../../errors.ts'
import { requireRecord, type Read } from '../../vault/reading.ts'
import type { Finding, FindingCode } from '../../findings.ts'
import type { AuthorityRecord, JournalDraft, StoreSum } from '../../vault/shapes.ts'
import { callingName } from '../../x509/calling-name.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { Session } from '../session/session.ts'
import type { Actor } from '../../border/views.ts'
import type { Tier } from '../records/tiers.ts'
import { again } from '../../vault/current.ts'
import { requireCurrentNow } from './current-records.ts'
import { tiersAgainst } from './lost-keys.ts'

/** The kinds of signed objects. A retired or replaced CA still signs lists and responses for what it issued. */
export type Purpose = 'certificate' | 'request' | 'list' | 'response'

/** The records that were checked; the storing transaction compares them. */
export interface Standing {
  readonly reads: readonly Read<'authorities' | 'certificates' | 'keys' | 'endEntityKeys'>[]
  /** Sums of the lists that were checked; absent if none count. */
  readonly lists?: readonly StoreSum[]
  /** Journal entries to add, the first time something is stored. */
  readonly entries?: readonly JournalDraft[]
  /** What speaks against the CA and was accepted. */
  readonly against?: readonly Finding[]
}

export interface Asked {
  readonly authorityId: string
  readonly purpose: Purpose
  /** The CA's own certificate used in prepare; null: whichever it has. */
  readonly certificateId: string | null
  /** Findings on revoked CAs that were shown and accepted. */
  readonly acknowledged?: readonly FindingCode[]
  /** Those findings: what is accepted covers no other. Null: whatever there is when it is first looked up. */
  readonly shown?: readonly Finding[] | null
  readonly actor: Actor
}

/**
 * Rejects with 'authority-retired', 'authority-replaced', 'authority-renewed', 'authority-revoked', 'key-destroyed' or
 * 'key-elsewhere'.
 */
export function standingOf(session: Session, asked: Asked): Promise<Standing> {
  return again(() => standingOnce(session, asked))
}

async function standingOnce(session: Session, asked: Asked): Promise<Standing> {
  const { authorityId, purpose, certificateId } = asked
  const tier = await tierOf(session, authorityId)
  const { authority: read, own } = tier
  const name = callingName(parseCertificate(own.value.der))
  requireKey(read.value, name)
  requireActive(read.value, purpose, name)
  if (certificateId !== null && certificateId !== read.value.certificateId)
    throw new CodedError('authority-renewed', { name })
  // Its lists say that it is revoked, or what it had revoked before.
  if (purpose === 'list') {
    await requireCurrentNow(session, [read, own])
    return { reads: [read, own] }
  }
  return overriddenOnce(session, asked, tier)
}

/** Rejects with 'authority-revoked' if this CA or one above it is revoked or on hold, and that was not accepted. */
export function overridden(session: Session, asked: Asked): Promise<Standing> {
  return again(async () => overriddenOnce(session, asked, await tierOf(session, asked.authorityId)))
}

async function overriddenOnce(session: Session, asked: Asked, tier: Tier): Promise<Standing> {
  const { authorityId, acknowledged = [], shown = null, actor } = asked
  const name = callingName(parseCertificate(tier.own.value.der))
  const { reads, against, lists } = await tiersAgainst(session, authorityId, tier)
  const open = against.find(
    (finding, at) => !acknowledged.includes(finding.code) || !wasShown(finding, against.slice(0, at), shown),
  )
  if (open) throw new CodedError('authority-revoked', { name, tier: (open.detail as { tier: string }).tier })
  const tiers = against.map(({ detail }) => (detail as { tier: string }).tier)
  const subject = [...new Set([name, ...tiers])].join(' · ')
  const entries =
    tiers.length === 0 ? [] : [session.draft('revocation-overridden', subject, actor, authorityId)]
  return { reads, lists: lists ? [lists] : [], entries, against }
}

async function tierOf(session: Session, authorityId: string): Promise<Tier> {
  const authority = await requireRecord(session.vault, 'authorities', authorityId)
  return { authority, own: await requireRecord(session.vault, 'certificates', authority.value.certificateId) }
}

/** Two CAs may be called the same: each finding that was shown covers one. */
function wasShown(finding: Finding, before: readonly Finding[], shown: readonly Finding[] | null): boolean {
  if (!shown) return true
  const count = (findings: readonly Finding[]) => findings.filter((each) => isSame(each, finding)).length
  return count(before) < count(shown)
}

/** Of the same CA, for the same reason, since the same moment. */
const isSame = (one: Finding, other: Finding): boolean =>
  one.code === other.code && JSON.stringify(one.detail) === JSON.stringify(other.detail)

const isForWhatItIssued = (purpose: Purpose): boolean => purpose === 'list' || purpose === 'response'

/** Checks that it may sign certificates at all; does not check that its key is here. */
export function requireActive(
  { retiredAt, successorId }: AuthorityRecord,
  purpose: Purpose,
  name: string,
): void {
  if (isForWhatItIssued(purpose)) return
  if (retiredAt !== null) throw new CodedError('authority-retired', { name })
  if (successorId !== undefined) throw new CodedError('authority-replaced', { name })
}

function requireKey({ key, keyId }: AuthorityRecord, name: string): void {
  if (keyId !== null) return
  throw new CodedError(key === 'destroyed' ? 'key-destroyed' : 'key-elsewhere', { name })
}
