import type { LabWarning } from '../../border/protocol/lab.ts'
import { ownOf, readable } from '../../mtls/chain.ts'
import type { Scenario } from '../../mtls/scenario.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import { sameOctets } from '../../octets.ts'
import { callingName } from '../../x509/calling-name.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { nameKey } from '../../x509/name-matching.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import type { PublicRoots } from '../validate/public-roots.ts'

/** More are counted, not named. */
const NAMED = 3

/** Returns what an end trusts and hardly means to: everyone’s CAs, or the CA that issued its own certificate. */
export function warningsFor(
  scenario: Scenario,
  side: Side,
  publicRoots: PublicRoots | null,
): readonly LabWarning[] {
  const { anchors, lets, verifies } = scenario[side]
  if (verifies === 'no' || (side === 'server' && scenario.server.asks === 'no')) return []
  const found: LabWarning[] = []
  const warn = (why: LabWarning['why'], those: readonly Certificate[]): void => {
    if (those.length === 0) return
    const names = those.slice(0, NAMED).map(callingName)
    found.push({ why, names, more: those.length - names.length, hasRule: lets !== null })
  }
  // Servers of everyone’s CAs are what most clients want.
  if (side === 'server' && publicRoots) {
    const isPublic = (each: Certificate): boolean => isRootOf(publicRoots, each)
    const isBelow = (each: Certificate): boolean =>
      publicRoots.endsOf([each]).length > 0 && !isSelfIssued(each)
    warn('public-root', anchors.filter(isPublic))
    warn(
      'below-public-root',
      anchors.filter((each) => !isPublic(each) && isBelow(each)),
    )
  }
  warn('own-issuer', issuersOf(scenario[side].chain, anchors))
  return found
}

/** By name and key: the same root may be certified again. */
const isRootOf = (publicRoots: PublicRoots, each: Certificate): boolean =>
  publicRoots
    .endsOf([{ ...each, issuer: each.subject }])
    .some(({ spki }) => sameOctets(spki.der, each.spki.der))

/** Those that issued the certificate itself: by name, and the very ones if the chain has them. */
function issuersOf(chain: readonly Uint8Array[], anchors: readonly Certificate[]): readonly Certificate[] {
  const own = ownOf(chain)
  if (!own || isSelfIssued(own)) return []
  const isNamed = ({ subject }: Certificate): boolean => nameKey(subject) === nameKey(own.issuer)
  const sent = readable(chain).slice(1).filter(isNamed)
  return anchors.filter(
    (each) =>
      isNamed(each) && (sent.length === 0 || sent.some(({ spki }) => sameOctets(spki.der, each.spki.der))),
  )
}
