import { isCodedError } from '../errors.ts'
import { domainToAscii } from '../x509/domain-name.ts'
import type { GeneralSubtree, NameConstraints } from '../x509/extensions/name-constraints.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { generalNameFromText } from '../x509/general-name-text.ts'
import { parseIpRange } from '../x509/ip-address.ts'
import { invalidField } from './input.ts'
import type { NameConstraintsInput } from './input.ts'

/** Returns the subtrees of lists as typed (RFC 5280 §4.2.1.10). */
export function readNameConstraints({
  permitted,
  excluded,
  nothingElse = false,
}: NameConstraintsInput): NameConstraints {
  const allowed = permitted.map((text) => readSubtree(text, 'nameConstraints.permitted'))
  const refused = excluded.map((text) => readSubtree(text, 'nameConstraints.excluded'))
  if (nothingElse) {
    allowed.push(...nobodysNames(allowed))
    refused.push(...unmentionedSpaces(allowed))
  }
  return { permitted: allowed.length > 0 ? allowed : null, excluded: refused.length > 0 ? refused : null }
}

const subtree = (base: GeneralName): GeneralSubtree => ({ base, minimum: 0, maximum: null })

/**
 * A form of name without a permitted subtree is not constrained at all. To forbid a form of text, a name that nobody
 * has is permitted (RFC 2606 §2): the alternative, excluding the empty name, makes a certificate that Java cannot read.
 * Directory names are left alone: that would refuse every subject.
 */
function nobodysNames(permitted: readonly GeneralSubtree[]): GeneralSubtree[] {
  return (['dNSName', 'rfc822Name', 'uniformResourceIdentifier'] as const)
    .filter((kind) => !permitted.some(({ base }) => base.kind === kind))
    .map((kind) =>
      subtree({ kind, value: kind === 'uniformResourceIdentifier' ? 'nothing.invalid' : 'invalid' }),
    )
}

/** Addresses have no such name; all of them are excluded, IPv4 and IPv6 separately. */
function unmentionedSpaces(permitted: readonly GeneralSubtree[]): GeneralSubtree[] {
  return [4, 16]
    .filter(
      (octets) =>
        !permitted.some(({ base }) => base.kind === 'iPAddress' && base.octets.length === 2 * octets),
    )
    .map(wholeSpace)
}

const wholeSpace = (octets: number): GeneralSubtree =>
  subtree({ kind: 'iPAddress', octets: new Uint8Array(2 * octets) })

/** One line: 'example.com' and below, an address range, a mailbox or its host, 'uri:…', 'dn:…'. */
function readSubtree(text: string, field: string): GeneralSubtree {
  const base = readBase(text.trim())
  if (!base) throw invalidField(field, text, text.trim() === '' ? 'empty' : 'syntax')
  return subtree(base)
}

function readBase(text: string): GeneralName | null {
  const [, prefix = '', value = text] = /^(dns|ip|email|uri|dn|dirname):\s*(.*)$/is.exec(text) ?? []
  switch (prefix.toLowerCase()) {
    case 'dns':
      return host('dNSName', value)
    case 'ip':
      return range(value)
    case 'email':
      return mail(value)
    case 'uri':
      return host('uniformResourceIdentifier', value, 'subdomains')
    case 'dn':
    case 'dirname':
      return directory(value)
  }
  if (value.includes('@')) return mail(value)
  return range(value) ?? host('dNSName', value)
}

function directory(text: string): GeneralName | null {
  try {
    return generalNameFromText('directoryName', text)
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

/** A single address is a range of one. */
function range(text: string): GeneralName | null {
  const octets = parseIpRange(text)
  return octets && { kind: 'iPAddress', octets }
}

/**
 * dNSName has no leading dot: it means the name itself and all below it (§4.2.1.10), and some readers refuse the dot.
 * For mailboxes and URIs the dot is what means "below".
 */
function host(
  kind: 'dNSName' | 'rfc822Name' | 'uniformResourceIdentifier',
  text: string,
  below?: 'subdomains',
): GeneralName | null {
  const bare = text.replace(/^(\*\.|\.)/, '')
  const ascii = domainToAscii(bare)
  if (ascii === null || ascii.startsWith('*')) return null
  return { kind, value: below && bare !== text ? `.${ascii}` : ascii }
}

/** 'user@example.com' is that mailbox, '@example.com' every one on that host, '.example.com' every host below. */
function mail(text: string): GeneralName | null {
  const at = text.lastIndexOf('@')
  const base = host('rfc822Name', text.slice(at + 1), 'subdomains')
  if (!base || at < 1) return base
  const local = text.slice(0, at)
  return base.kind === 'rfc822Name' && /^[\x21-\x7e]+$/.test(local)
    ? { ...base, value: `${local}@${base.value}` }
    : null
}
