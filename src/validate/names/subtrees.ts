import type { GeneralSubtree } from '../../x509/extensions/name-constraints.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import { OTHER_NAME_OIDS } from '../../x509/oids.ts'
import { rdnKeys } from '../../x509/name-matching.ts'
import { dnsName } from './dns.ts'
import type { Subnet } from './ip.ts'
import { parseSubnet } from './ip.ts'
import type { HostConstraint, MailboxConstraint } from './mailbox.ts'
import { parseHostConstraint, parseMailboxConstraint } from './mailbox.ts'

/** A form of GeneralName; forms of otherName are distinguished by type, as `otherName 1.2.3`. */
export type Form = Exclude<GeneralName['kind'], 'otherName'> | `otherName ${string}`

export const formOf = (name: GeneralName): Form =>
  name.kind === 'otherName' ? `otherName ${name.typeId}` : name.kind

/** The value that a name of the form is compared with. */
export type Constraint =
  | { readonly kind: 'dNSName'; readonly name: string }
  | { readonly kind: 'rfc822Name'; readonly mailbox: MailboxConstraint }
  | { readonly kind: 'uniformResourceIdentifier'; readonly host: HostConstraint }
  | { readonly kind: 'directoryName'; readonly rdns: readonly string[] }
  | { readonly kind: 'iPAddress'; readonly subnet: Subnet }
  /** RFC 5280 defines no comparison for this form: its names cannot be checked. */
  | { readonly kind: 'unsupported' }

export interface Subtree {
  readonly base: GeneralName
  readonly constraint: Constraint
}

export interface SubtreesByForm {
  readonly forms: ReadonlyMap<Form, readonly Subtree[]>
  /** Subtrees that break the rules of their form, or set a minimum or maximum (§4.2.1.10 allows neither). */
  readonly malformed: readonly GeneralName[]
  /**
   * dNSNames with a leading dot: not a domain name, but every implementation reads it as the names below one. They are
   * among `forms` too.
   */
  readonly dotted: readonly GeneralName[]
}

/** RFC 5280 §4.2.1.10: the subtrees of one extension (or input), grouped by form and parsed once. */
export function readSubtrees(subtrees: readonly GeneralSubtree[]): SubtreesByForm {
  const forms = new Map<Form, Subtree[]>()
  const malformed: GeneralName[] = []
  const dotted: GeneralName[] = []
  for (const { base, minimum, maximum } of subtrees) {
    const constraint = minimum === 0 && maximum === null ? readConstraint(base) : null
    if (constraint === null) {
      malformed.push(base)
      continue
    }
    if (base.kind === 'dNSName' && base.value.startsWith('.')) dotted.push(base)
    const form = formOf(base)
    const others = forms.get(form)
    if (others === undefined) forms.set(form, [{ base, constraint }])
    else others.push({ base, constraint })
  }
  return { forms, malformed, dotted }
}

/** In lower case; a leading dot means the names below it. */
function constraintName(value: string): string | null {
  if (!value.startsWith('.')) return dnsName(value)
  const name = dnsName(value.slice(1))
  return name && `.${name}`
}

function readConstraint(base: GeneralName): Constraint | null {
  switch (base.kind) {
    case 'dNSName': {
      const name = base.value === '' ? '' : constraintName(base.value)
      return name === null ? null : { kind: 'dNSName', name }
    }
    case 'rfc822Name': {
      const mailbox = parseMailboxConstraint(base.value)
      return mailbox && { kind: 'rfc822Name', mailbox }
    }
    case 'uniformResourceIdentifier': {
      const host = parseHostConstraint(base.value)
      return host && { kind: 'uniformResourceIdentifier', host }
    }
    case 'directoryName':
      return { kind: 'directoryName', rdns: rdnKeys(base.name) }
    case 'iPAddress': {
      const subnet = parseSubnet(base.octets)
      return subnet && { kind: 'iPAddress', subnet }
    }
    case 'otherName':
      // RFC 9598 §6: only rfc822Name constraints apply to such mailboxes.
      return base.typeId === OTHER_NAME_OIDS.smtpUTF8Mailbox ? null : { kind: 'unsupported' }
    default:
      return { kind: 'unsupported' }
  }
}
