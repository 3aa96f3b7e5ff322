import { namesMatch } from '../../x509/name-matching.ts'
import { sameOctets } from '../../x509/octets.ts'
import type { GeneralName } from '../../x509/general-name.ts'

/** Whether two names of a distribution point are the same (RFC 5280 §7): by their form. */
export function sameGeneralName(a: GeneralName, b: GeneralName): boolean {
  switch (a.kind) {
    case 'directoryName':
      return b.kind === a.kind && namesMatch(a.name, b.name)
    case 'uniformResourceIdentifier':
      return b.kind === a.kind && comparableUri(a.value) === comparableUri(b.value)
    case 'dNSName':
      return b.kind === a.kind && a.value.toLowerCase() === b.value.toLowerCase()
    case 'rfc822Name':
      return b.kind === a.kind && comparableMailbox(a.value) === comparableMailbox(b.value)
    case 'iPAddress':
      return b.kind === a.kind && sameOctets(a.octets, b.octets)
    case 'registeredID':
      return b.kind === a.kind && a.oid === b.oid
    case 'otherName':
      return b.kind === a.kind && a.typeId === b.typeId && sameOctets(a.value, b.value)
    default:
      return b.kind === a.kind && sameOctets(a.der, b.der)
  }
}

/** §7.4: scheme and host do not depend on case, the rest does. */
function comparableUri(uri: string): string {
  const head = /^[^:/?#]+:(?:\/\/[^/?#]*)?/.exec(uri)?.[0] ?? ''
  return head.toLowerCase() + uri.slice(head.length)
}

/** §7.5: the host part does not depend on case, the local part does. */
function comparableMailbox(mailbox: string): string {
  const at = mailbox.lastIndexOf('@')
  return mailbox.slice(0, at + 1) + mailbox.slice(at + 1).toLowerCase()
}
