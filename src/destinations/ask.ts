/** How programs that compare names and addresses ask what several of them ask alike. */
import type { Test } from '../mtls/rules/rule.ts'
import type { Name } from '../x509/name.ts'
import type { Asked } from './condition.ts'
import type { Prepared } from './order.ts'
import { areSafeRanges, knownCa, nameAsked } from './parts.ts'

/** A CA, by the name that the certificate has for its issuer; `ask` compares a name. */
export function askIssuer<T>(order: Prepared, sha256: string, ask: (name: Name) => Asked<T>): Asked<T> {
  const ca = knownCa(order, sha256)
  if (!ca) return { cannot: 'ca-unknown' }
  const asked = ask(ca.subject)
  return 'part' in asked ? { ...asked, remark: 'ca-by-name' } : asked
}

/** A subject; `ask` compares a name. */
export function askSubject<T>(
  test: Extract<Test, { kind: 'subject' }>,
  ask: (name: Name) => Asked<T>,
): Asked<T> {
  const name = nameAsked(test)
  return name ? ask(name) : { cannot: 'unsafe-value' }
}

/** The address of the connection; `part` asks for any of some ranges. */
export function askAddress<T>(
  { of, ranges }: Extract<Test, { kind: 'address' }>,
  part: (ranges: readonly string[]) => T,
): Asked<T> {
  if (of === 'forwarded') return { cannot: 'cannot-ask' }
  return areSafeRanges(ranges) ? { part: part(ranges) } : { cannot: 'unsafe-value' }
}
