/** The rights to sign: of CAs, and of keys kept here with certificates and requests. */
import { CodedError } from '../../errors.ts'
import { findRecord, requireRecord } from '../../vault/reading.ts'
import { unlockSigningKey } from '../../vault/signing-keys.ts'
import type { Session } from '../session/session.ts'
import { Authorization } from './signed.ts'
import { standingOf, type Asked, type Standing } from './standing.ts'

/**
 * What is accepted covers what was shown, or else what is found at first, and nothing that is added later. Rejects as
 * standingOf() and Session.signingKey() do.
 */
export function rightOfAuthority(session: Session, asked: Asked): Promise<Authorization> {
  let shown = asked.shown ?? null
  return Authorization.of({
    async look() {
      const standing = await standingOf(session, { ...asked, shown })
      shown ??= standing.against ?? null
      return standing
    },
    open: () => session.signingKey(asked.authorityId),
  })
}

/**
 * For a key kept in the vault with a certificate or a request: as long as it is stored and a further check, if given,
 * passes. Rejects with 'key-destroyed'.
 */
export function rightOfKept(
  session: Session,
  { store, id, name }: { store: 'keys' | 'endEntityKeys'; id: string; name: string },
  besides: () => Promise<Standing> = () => Promise.resolve({ reads: [] }),
): Promise<Authorization> {
  return Authorization.of({
    async look() {
      const { reads, ...more } = await besides()
      const key = await findRecord(session.vault, store, id)
      if (!key) throw new CodedError('key-destroyed', { name })
      return { ...more, reads: [...reads, key] }
    },
    async open() {
      const { keys } = await session.vault.requireOpen()
      const { value } = await requireRecord(session.vault, store, id)
      return unlockSigningKey(value, id, { kind: 'vault', wrappingKey: keys.wrapping })
    },
  })
}
