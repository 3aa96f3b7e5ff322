/** Whether a program’s client was seen to send its certificate to a server that lists CAs. */
import { sameOctets } from '../../octets.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { nameKey } from '../../x509/name-matching.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import { readChain } from '../chain.ts'
import { CodedError } from '../../errors.ts'
import type { Scenario } from '../scenario.ts'
import type { Choosing, ProgramId } from './program.ts'
import { PROGRAMS } from './programs.ts'

/** What was measured: a leaf with its issuing CA or alone, and a list of one name or none. */
interface Put {
  readonly has: keyof Choosing
  /** In the order of the lists: the root, the issuing CA, another CA, none. */
  readonly list: 0 | 1 | 2 | 3
}

/**
 * Returns how many certificates the last version that was measured sends, and which that is; null if this was not
 * measured. `known`: certificates by which the root of a bare leaf is recognized.
 */
export function seenToSend(
  id: ProgramId,
  scenario: Scenario,
  known: readonly Certificate[],
): { readonly count: number; readonly version: string } | null {
  const run = PROGRAMS[id].runs.findLast(({ choosing }) => choosing !== undefined)
  const put = run?.choosing ? putOf(scenario, known) : null
  const count = put && run?.choosing?.[put.has][put.list]
  return count === undefined || count === null ? null : { count, version: run!.versions.at(-1)! }
}

function putOf({ client, server }: Scenario, known: readonly Certificate[]): Put | null {
  const [own, issuing, ...more] = readChain(client.chain)
  if (own === undefined || own instanceof CodedError || isSelfIssued(own) || more.length > 0) return null
  if (issuing instanceof CodedError) return null
  const isIssuer = (each: Certificate): boolean => nameKey(each.subject) === nameKey(own.issuer)
  const above = issuing ?? known.find((each) => isIssuer(each) && !isSelfIssued(each))
  if (!above || !isIssuer(above) || isSelfIssued(above)) return null
  const has = issuing ? 'chain' : 'leaf'
  if (!server.listsAuthorities || server.anchors.length === 0) return { has, list: 3 }
  const [only, ...others] = server.anchors
  if (!only || others.length > 0) return null
  if (nameKey(only.subject) === nameKey(above.issuer)) return { has, list: 0 }
  if (sameOctets(only.der, above.der)) return { has, list: 1 }
  const isKin = [own.subject, above.subject].some((name) => nameKey(name) === nameKey(only.subject))
  return isKin ? null : { has, list: 2 }
}
