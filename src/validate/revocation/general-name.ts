import { nameKey } from '../../x509/name-matching.ts'
import type { GeneralName } from '../../x509/general-name.ts'

/**
 * Returns a text that is equal for two distribution point names exactly if they are the same (RFC 5280 §7), by form.
 */
export function generalNameKey(name: GeneralName): string {
  switch (name.kind) {
    case 'directoryName':
      return `${name.kind} ${nameKey(name.name)}`
    case 'uniformResourceIdentifier':
      return `${name.kind} ${comparableUri(name.value)}`
    case 'dNSName':
      return `${name.kind} ${name.value.toLowerCase()}`
    case 'rfc822Name':
      return `${name.kind} ${comparableMailbox(name.value)}`
    case 'iPAddress':
      return `${name.kind} ${name.octets.join()}`
    case 'registeredID':
      return `${name.kind} ${name.oid}`
    case 'otherName':
      return `${name.kind} ${name.typeId} ${name.value.join()}`
    default:
      return `${name.kind} ${name.der.join()}`
  }
}

/** §7.4: scheme and host are case-insensitive, the rest is case-sensitive. */
function comparableUri(uri: string): string {
  const head = /^[^:/?#]+:(?:\/\/[^/?#]*)?/.exec(uri)?.[0] ?? ''
  return head.toLowerCase() + uri.slice(head.length)
}

/** §7.5: the host part is case-insensitive, the local part is case-sensitive. */
function comparableMailbox(mailbox: string): string {
  const at = mailbox.lastIndexOf('@')
  return mailbox.slice(0, at + 1) + mailbox.slice(at + 1).toLowerCase()
}
