/** What the journal says of a private key that leaves in a file. */
import type { Actor } from '../../border/views.ts'
import type { EndEntityKeeping } from '../../border/words.ts'
import type { JournalDraft } from '../../vault/shapes.ts'
import { isWorthless } from '../../vault/passphrase-rule.ts'
import type { Session } from './session.ts'

/** The file in which it leaves. */
export type Leaving = Omit<Extract<EndEntityKeeping, { kind: 'hand-out' }>, 'kind'>

export const leavingOf = (keeping: EndEntityKeeping): Leaving | null =>
  keeping.kind === 'hand-out' ? keeping : null

/** Adds format and protection to the remark, such as 'pkcs8 · plain'. */
export function leavingActor(actor: Actor, leaving: Leaving | null | undefined): Actor {
  if (!leaving) return actor
  return {
    ...actor,
    remark: [actor.remark, leaving.format, protectionOf(leaving)].filter(Boolean).join(' · '),
  }
}

export const handedOutEntry = (
  session: Session,
  name: string,
  actor: Actor,
  leaving: Leaving | null | undefined,
  certificateId: string,
): JournalDraft => session.draft('key-handed-out', name, leavingActor(actor, leaving), certificateId)

function protectionOf({ protection }: Leaving): string {
  if (protection.kind === 'plain') return 'plain'
  return isWorthless(protection.passphrase) ? 'as good as plain' : 'encrypted'
}
