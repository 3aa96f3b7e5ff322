/** Who may connect, where a program has one list for each kind of value: any of a list, and all of the lists. */
import { hexOctets, toBase64 } from '../octets.ts'
import type { Test } from '../mtls/rules/rule.ts'
import { spiffeUri } from '../mtls/rules/sound.ts'
import { askAddress } from './ask.ts'
import { conditionOf, type Asked, type Condition } from './condition.ts'
import { digitsOf, isSafeName, limit, rootAsked } from './parts.ts'
import type { Prepared } from './order.ts'
import type { Limit } from './printed.ts'

export interface Name {
  readonly type: 'DNS' | 'EMAIL' | 'URI' | 'IP_ADDRESS'
  readonly match: 'exact' | 'prefix' | 'suffix'
  readonly value: string
}

type Part =
  | { readonly kind: 'names'; readonly names: readonly Name[] }
  | { readonly kind: 'hashes'; readonly certificates: readonly string[]; readonly keys: readonly string[] }
  | { readonly kind: 'ranges'; readonly ranges: readonly string[] }

export interface Checks {
  readonly names: readonly Name[]
  /** SHA-256 of certificates in hexadecimal, of keys in base64: one of either. */
  readonly certificates: readonly string[]
  readonly keys: readonly string[]
  /** Of addresses; those of several lists have to be in each. */
  readonly ranges: readonly (readonly string[])[]
  readonly notFrom: readonly string[]
}

const NONE: Checks = { names: [], certificates: [], keys: [], ranges: [], notFrom: [] }

/** Returns the lists; null if what is asked is not of this form, and nobody may be let in. */
export function checksFor(
  order: Prepared,
  can: readonly Part['kind'][],
): { checks: Checks | null; limits: readonly Limit[] } {
  const { condition, limits } = conditionOf(order.own.lets, (test): Asked<Part> => {
    const found = asked(order, test)
    return 'part' in found && !can.includes(found.part.kind) ? { cannot: 'cannot-ask' } : found
  })
  if (condition.kind === 'always') return { checks: NONE, limits }
  const groups = condition.kind === 'all' ? condition.of : [condition]
  let checks: Checks | null = NONE
  for (const group of groups) checks = checks && added(checks, group)
  if (checks !== null) return { checks, limits }
  const closed = limits.map((each) => ({ ...each, effect: 'nobody' as const }))
  return {
    checks,
    limits: closed.length > 0 ? closed : [limit('cannot-ask', 'nobody', ['application', 'proxy'])],
  }
}

function added(checks: Checks, group: Condition<Part>): Checks | null {
  const parts = group.kind === 'any' ? group.of : [group]
  const found = parts.map((each) => (each.kind === 'part' ? each : null))
  if (found.length === 1 && found[0]?.met === false && found[0].part.kind === 'ranges')
    return { ...checks, notFrom: [...checks.notFrom, ...found[0].part.ranges] }
  const met = found.flatMap((each) => (each?.met ? [each.part] : []))
  if (met.length !== parts.length) return null
  const names = met.flatMap((part) => (part.kind === 'names' ? part.names : []))
  const hashes = met.flatMap((part) => (part.kind === 'hashes' ? [part] : []))
  const ranges = met.flatMap((part) => (part.kind === 'ranges' ? part.ranges : []))
  if (met.every(({ kind }) => kind === 'names') && checks.names.length === 0) return { ...checks, names }
  if (met.every(({ kind }) => kind === 'ranges')) return { ...checks, ranges: [...checks.ranges, ranges] }
  const isFirst = checks.certificates.length + checks.keys.length === 0
  if (!isFirst || met.some(({ kind }) => kind !== 'hashes')) return null
  return {
    ...checks,
    certificates: hashes.flatMap(({ certificates }) => certificates),
    keys: hashes.flatMap(({ keys }) => keys),
  }
}

function asked(order: Prepared, test: Test): Asked<Part> {
  switch (test.kind) {
    case 'root':
      return rootAsked(order, test.sha256)
    case 'certificate':
    case 'key': {
      const hashes = test.sha256.map(digitsOf)
      if (!hashes.every((hash) => hash.length === 64)) return { cannot: 'unsafe-value' }
      const [certificates, keys] =
        test.kind === 'certificate' ? [hashes, []] : [[], hashes.map((hash) => toBase64(hexOctets(hash)!))]
      return { part: { kind: 'hashes', certificates, keys } }
    }
    case 'spiffe': {
      const id = spiffeUri(test.id)
      if (!isSafeName('URI', id)) return { cannot: 'unsafe-value' }
      const isDomain = id.split('/').length === 3
      const exact: Name = { type: 'URI', match: 'exact', value: id }
      return {
        part: {
          kind: 'names',
          names: isDomain ? [exact, { type: 'URI', match: 'prefix', value: `${id}/` }] : [exact],
        },
      }
    }
    case 'san':
      return askName(test)
    case 'address':
      return askAddress(test, (ranges) => ({ kind: 'ranges', ranges }))
    default:
      return { cannot: 'cannot-ask' }
  }
}

function askName({ form, match, value }: Extract<Test, { kind: 'san' }>): Asked<Part> {
  if (form === 'UPN' || (match === 'suffix' && form !== 'DNS')) return { cannot: 'cannot-ask' }
  const bare = match === 'suffix' ? value.replace(/^\./, '') : value
  if (!isSafeName(form, bare)) return { cannot: 'unsafe-value' }
  const type = ({ DNS: 'DNS', RFC822: 'EMAIL', URI: 'URI', IP: 'IP_ADDRESS' } as const)[form]
  const exact: Name = { type, match: 'exact', value: bare }
  return {
    part: {
      kind: 'names',
      names: match === 'suffix' ? [exact, { type, match: 'suffix', value: `.${bare}` }] : [exact],
    },
  }
}
