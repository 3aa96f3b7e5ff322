import { dnsName } from './dns.ts'

export interface Mailbox {
  /** Compared octet by octet (RFC 5280 §7.5). */
  readonly local: string
  /** Lower case. */
  readonly host: string
}

const ATOM = /^[^\s"(),:;<>@[\]\\]+$/u
const QUOTED = /^"(?:[^"\\]|\\.)*"$/u

/**
 * Parses local-part@host (RFC 5321 §4.1.2); null if it is not one. Removes unneeded quotes, so that equal local parts
 * compare equal.
 */
export function parseMailbox(text: string): Mailbox | null {
  const at = text.lastIndexOf('@')
  if (at < 1) return null
  const local = text.slice(0, at)
  const host = text.slice(at + 1).toLowerCase()
  if (dnsName(host) === null && !/^\[[^\]]+\]$/.test(host)) return null
  if (QUOTED.test(local)) {
    const bare = local.slice(1, -1).replace(/\\(.)/gu, '$1')
    return { local: isDotAtom(bare) ? bare : local, host }
  }
  return isDotAtom(local) ? { local, host } : null
}

function isDotAtom(text: string): boolean {
  return ATOM.test(text) && !text.startsWith('.') && !text.endsWith('.') && !text.includes('..')
}

/** RFC 5280 §4.2.1.10: a host, or (with a leading period) all hosts below a domain. */
export type HostConstraint =
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'domain'; readonly suffix: string }
  | { readonly kind: 'any' }
/** One mailbox, or all mailboxes of the hosts. */
export type MailboxConstraint = HostConstraint | { readonly kind: 'mailbox'; readonly mailbox: Mailbox }

export function parseMailboxConstraint(text: string): MailboxConstraint | null {
  if (text === '') return { kind: 'any' }
  if (text.includes('@')) {
    const mailbox = parseMailbox(text)
    return mailbox && { kind: 'mailbox', mailbox }
  }
  return parseHostConstraint(text)
}

/** A host, or with a leading period all hosts below a domain: the same for mailboxes and URIs. */
export function parseHostConstraint(text: string): HostConstraint | null {
  if (text === '') return { kind: 'any' }
  const host = text.toLowerCase()
  if (dnsName(host.startsWith('.') ? host.slice(1) : host) === null) return null
  return host.startsWith('.') ? { kind: 'domain', suffix: host } : { kind: 'host', host }
}

export function hostIsWithin(host: string, constraint: HostConstraint): boolean {
  if (constraint.kind === 'any') return true
  return constraint.kind === 'host' ? host === constraint.host : host.endsWith(constraint.suffix)
}

export function mailboxIsWithin(mailbox: Mailbox, constraint: MailboxConstraint): boolean {
  if (constraint.kind !== 'mailbox') return hostIsWithin(mailbox.host, constraint)
  return mailbox.local === constraint.mailbox.local && mailbox.host === constraint.mailbox.host
}
