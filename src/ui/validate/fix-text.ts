import { messages, type Messages } from '../../messages/messages.ts'
import type { FixView } from '../../border/protocol/validate.ts'
import { safeLine } from '../../messages/safe-text.ts'

const words = (): Messages['ui']['validate'] => messages().ui.validate

/** Returns the label of a fix that the page can apply; null for one that only the user can do. */
export function fixAction(fix: FixView): string | null {
  switch (fix.kind) {
    case 'trust':
      return words().fix.trust(safeLine(fix.name, 80))
    case 'validate-at':
      return words().fix.validateAt(fix.at)
    case 'ask-name':
      return words().fix.askName(safeLine(fix.name.value, 80))
    case 'ask-purpose':
      return words().fix.askPurpose(words().purposes[fix.purpose])
    case 'without-nesting':
      return words().fix.withoutNesting
    case 'allow-sha1':
      return words().fix.allowSha1
    case 'without-pin':
      return words().fix.withoutPin
    case 'revocation-as-given':
      return words().fix.revocationAsGiven
    default:
      return null
  }
}

/** Returns what the user does to fix it, with the addresses that help. */
export function fixText(fix: FixView): string {
  switch (fix.kind) {
    case 'add-issuer':
      return [words().fix.addIssuer(safeLine(fix.issuer, 200)), ...fix.addresses.map(line)].join(' ')
    case 'add-list':
      return [
        words().fix.addList(safeLine(fix.name, 200)),
        ...[...fix.addresses, ...fix.responders].map(line),
      ].join(' ')
    case 'trust-namesake':
      return words().fix.trustNamesake(safeLine(fix.subject, 200), fix.keyIdentifier)
    default:
      return `${fixAction(fix) ?? ''}.`
  }
}

const line = (address: string): string => safeLine(address, 300)
