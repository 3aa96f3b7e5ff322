import type { ForwardingForm } from '../proxy/forwarding-forms.ts'

/** Who may connect, once the chain is valid: a rule never saves a certificate that the chain's rules refuse. */
export type Rule =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Rule[] }
  | { readonly kind: 'not'; readonly of: Rule }
  | Test

/** One question about the certificate, its chain or its connection. Hashes are SHA-256 in hexadecimal. */
export type Test =
  /** The certificate that the chain ended at, or one of the CAs of the chain. */
  | { readonly kind: 'root' | 'issuer'; readonly sha256: string }
  /** RFC 4514, compared as a name. */
  | { readonly kind: 'subject'; readonly name: string }
  | {
      readonly kind: 'san'
      readonly form: 'DNS' | 'IP' | 'RFC822' | 'URI' | 'UPN'
      readonly match: 'exact' | 'suffix'
      readonly value: string
    }
  /** A whole SPIFFE ID, or a trust domain alone. */
  | { readonly kind: 'spiffe'; readonly id: string }
  /** In hexadecimal. */
  | { readonly kind: 'serial'; readonly numbers: readonly string[] }
  | { readonly kind: 'certificate' | 'key'; readonly sha256: readonly string[] }
  | { readonly kind: 'purpose' | 'policy'; readonly oid: string }
  /** The name that a user logs in with. */
  | { readonly kind: 'user'; readonly name: string; readonly by: 'RFC822' | 'UPN' | 'CN' }
  /** Of the connection itself, or as a trusted proxy forwarded it. */
  | { readonly kind: 'address'; readonly ranges: readonly string[]; readonly of: 'connection' | 'forwarded' }

export type TestKind = Test['kind']

/** Where a rule can be enforced. */
export type Place = 'network' | 'tls' | 'application' | 'proxy'

/**
 * `tls`: by the trust bundle, or by a callback of the library; an address is known before the handshake, a forwarded one
 * to the application alone.
 */
const PLACES: Readonly<Record<TestKind, readonly Place[]>> = {
  root: ['tls', 'application', 'proxy'],
  issuer: ['tls', 'application', 'proxy'],
  subject: ['application', 'proxy'],
  san: ['application', 'proxy'],
  spiffe: ['application', 'proxy'],
  serial: ['application', 'proxy'],
  certificate: ['application', 'proxy'],
  key: ['application', 'proxy'],
  purpose: ['tls', 'application'],
  policy: ['tls', 'application'],
  user: ['application'],
  address: ['network', 'application', 'proxy'],
}

/** Of one rule with all its parts; a question alone has depth 1. */
export const RULE_LIMITS = { depth: 16, rules: 200, values: 200, characters: 2048 } as const

/** Whether a rule is small enough to be evaluated. */
export function isWithinLimits(rule: Rule): boolean {
  let left: number = RULE_LIMITS.rules
  const isFine = (each: Rule, depth: number): boolean => {
    left -= 1
    if (left < 0 || depth > RULE_LIMITS.depth) return false
    if (each.kind === 'not') return isFine(each.of, depth + 1)
    return each.kind !== 'all' && each.kind !== 'any'
      ? true
      : each.of.every((part) => isFine(part, depth + 1))
  }
  return isFine(rule, 1)
}

/**
 * Returns where one question can be asked; each place of a combined rule is where all of its questions can be. One that is
 * too large is enforced nowhere. `by`: how an address is forwarded.
 */
export const placesOf = (rule: Rule, by: ForwardingForm | null = null): readonly Place[] =>
  isWithinLimits(rule) ? places(rule, by) : []

function places(rule: Rule, by: ForwardingForm | null): readonly Place[] {
  // The PROXY protocol comes before the handshake, a header with the request.
  if (rule.kind === 'address' && rule.of === 'forwarded')
    return by === 'PROXY' ? PLACES.address : ['application']
  if (!('of' in rule) || rule.kind === 'address') return PLACES[rule.kind]
  const parts = rule.kind === 'not' ? [rule.of] : rule.of
  const [first = [], ...rest] = parts.map((part) => places(part, by))
  return first.filter((place) => rest.every((each) => each.includes(place)))
}
