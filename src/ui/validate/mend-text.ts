import { messages, type Messages } from '../../messages/messages.ts'
import type { MendView } from '../../border/protocol/validate.ts'
import { safeLine } from '../shared/safe-text.ts'

const words = (): Messages['ui']['judge'] => messages().ui.judge

/** Returns the label of a fix that the page can apply; null for one that only the user can do. */
export function mendAction(mend: MendView): string | null {
  switch (mend.kind) {
    case 'trust':
      return words().mend.trust(safeLine(mend.name, 80))
    case 'judge-at':
      return words().mend.judgeAt(mend.at)
    case 'ask-name':
      return words().mend.askName(safeLine(mend.name.value, 80))
    case 'ask-purpose':
      return words().mend.askPurpose(words().purposes[mend.purpose])
    case 'without-nesting':
      return words().mend.withoutNesting
    case 'allow-sha1':
      return words().mend.allowSha1
    case 'without-pin':
      return words().mend.withoutPin
    case 'revocation-as-given':
      return words().mend.revocationAsGiven
    default:
      return null
  }
}

/** Returns what the user does to fix it, with the addresses that help. */
export function mendText(mend: MendView): string {
  switch (mend.kind) {
    case 'add-issuer':
      return [words().mend.addIssuer(safeLine(mend.issuer, 200)), ...mend.addresses.map(line)].join(' ')
    case 'add-list':
      return [
        words().mend.addList(safeLine(mend.name, 200)),
        ...[...mend.addresses, ...mend.responders].map(line),
      ].join(' ')
    case 'trust-namesake':
      return words().mend.trustNamesake(safeLine(mend.subject, 200), mend.keyIdentifier)
    default:
      return `${mendAction(mend) ?? ''}.`
  }
}

const line = (address: string): string => safeLine(address, 300)
