import { messages } from '../../messages/messages.ts'
import type { AuthorityView } from '../../border/views.ts'
import { safeLine } from '../../messages/safe-text.ts'

/** Returns CAs to choose a signer from. Two keys of one name are distinguished, and revoked ones are marked. */
export function signersOf(
  signing: readonly AuthorityView[],
  all: readonly AuthorityView[],
): { value: string; label: string }[] {
  const { oldKey, newKey } = messages().ui.life.renewal
  const { revoked, belowRevoked } = messages().ui.life
  return signing.map(({ id, commonName, subject, successorId, status, against }) => {
    const called = safeLine(commonName ?? subject ?? id, 80)
    const name = against.length === 0 ? called : status === 'good' ? belowRevoked(called) : revoked(called)
    if (successorId !== null) return { value: id, label: oldKey(name) }
    return { value: id, label: all.some((other) => other.successorId === id) ? newKey(name) : name }
  })
}
