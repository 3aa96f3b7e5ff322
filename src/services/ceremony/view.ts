/** A ceremony as the page sees it. */
import type { CeremonyView } from '../../border/protocol/ceremony.ts'
import { CodedError } from '../../errors.ts'
import type { Session } from '../session/session.ts'
import { storedBefore } from './found.ts'
import { MANIFEST_FILE } from './record-files.ts'
import type { CeremonyRun } from './run.ts'

export async function viewOf(session: Session, run: CeremonyRun): Promise<CeremonyView> {
  const { phase, step, passed, signing } = run.standing
  const vault = await vaultOf(session, run)
  const files = await run.store.sums()
  const isKnown = vault === 'open' || signing.length === 0
  return {
    ...{ kind: run.kind, phase, plan: run.plan, step: step?.id ?? null, lines: run.lines, head: run.head },
    planSha256: String(run.lines[0]!.more['plan']),
    passed: { key: passed.has('key'), signature: passed.has('signature') },
    found: phase === 'interrupted' && isKnown ? (await storedBefore(session, run)) !== null : null,
    ...{ vault, files },
    manifest: files.find(({ name }) => name === MANIFEST_FILE)?.sha256 ?? null,
    signers: files.flatMap(({ name }) => /^witnesses\/(.+)\.sig$/.exec(name)?.[1] ?? []),
  }
}

/** A rehearsal has a vault that is thrown away, a live ceremony this browser's own; a sample is neither. */
const isItsKind = (session: Session, run: CeremonyRun): boolean =>
  session.kind === (run.kind === 'rehearsal' ? 'rehearsal' : 'main')

/** Throws 'ceremony-vault' if this tab works in another vault than the ceremony's. */
export function requireKind(session: Session, run: CeremonyRun): void {
  if (!isItsKind(session, run)) throw new CodedError('ceremony-vault', { state: 'other' })
}

/** Throws 'ceremony-vault' unless the vault of the ceremony is open here. */
export function requireVault(session: Session, run: CeremonyRun): void {
  requireKind(session, run)
  if (!session.vault.opened) throw new CodedError('ceremony-vault', { state: 'locked' })
}

/** That there was one is in the lines: the browser may have thrown it away. */
export async function vaultOf(session: Session, run: CeremonyRun): Promise<CeremonyView['vault']> {
  // Another vault is open: the ceremony's is entered when it goes on.
  if (!isItsKind(session, run)) return 'locked'
  const { state } = await session.status()
  if (state === 'unlocked') return 'open'
  if (state !== 'absent') return 'locked'
  const wasOpened = run.plan.steps.some(({ id, act }) => act === 'vault' && run.standing.ended.has(id))
  return wasOpened ? 'lost' : 'none'
}
