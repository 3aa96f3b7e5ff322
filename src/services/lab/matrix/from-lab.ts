/** The lab's own two ends, and one more for each other certificate in it: who may be a client, and who a server. */
import { readable } from '../../../mtls/chain.ts'
import type { Reachable } from '../../../mtls/matrix.ts'
import type { ClientEndpoint, Endpoint } from '../../../mtls/scenario.ts'
import { sameOctets } from '../../../octets.ts'
import type { Certificate } from '../../../x509/certificate.ts'
import { nameKey } from '../../../x509/name-matching.ts'
import { EKU_OIDS } from '../../../x509/oids.ts'
import { isCa, isSelfIssued } from '../../../x509/roles.ts'
import { hostOf } from '../host-of.ts'
import type { LabSession } from '../session.ts'
import type { Drawnup } from './examples.ts'
import { octetsKey } from './octets-key.ts'

/** More ends of one side are left out: a matrix of these is still answered and read. */
const MOST = 250
/** As many certificates as any path needs, and an end where CAs issued each other. */
const LONGEST = 10

/** Those that were added ask and decide as the end that was there does, and trust every root in the lab as well. */
export function fromLab(session: LabSession): Drawnup {
  const { client, server } = session.staged()
  const known = session.members.map(({ certificate }) => certificate)
  const used = [client, server].flatMap(({ chain }) => chain.slice(0, 1))
  const others = known.filter((each) => !isCa(each) && !used.some((der) => sameOctets(der, each.der)))
  const serves = (purpose: string): readonly Certificate[] =>
    others.filter(({ extKeyUsage }) => extKeyUsage?.includes(purpose) ?? false).slice(0, MOST - 1)
  const chainOf = chainsIn(known)
  const roots = known.filter((each) => isCa(each) && isSelfIssued(each))
  const trusted = ({ anchors }: Endpoint): readonly Certificate[] => [
    ...anchors,
    ...roots.filter(({ der }) => !anchors.some((each) => sameOctets(each.der, der))),
  ]
  const asClient = { ...client, anchors: trusted(client) }
  const asServer = { ...server, anchors: trusted(server), stapled: null }
  const clients = serves(EKU_OIDS.clientAuth).map((each): ClientEndpoint => ({
    ...asClient,
    chain: chainOf(each),
  }))
  const servers = serves(EKU_OIDS.serverAuth).map((each): Reachable => ({
    server: { ...asServer, chain: chainOf(each) },
    host: hostOf(each),
  }))
  return { clients: [client, ...clients], servers: [{ server, host: client.host }, ...servers] }
}

/** Returns how to find the chain of a certificate: itself, then what is named as its issuer, without the root. */
function chainsIn(known: readonly Certificate[]): (own: Certificate) => readonly Uint8Array[] {
  const cas = new Map<string, Certificate>()
  for (const each of known) if (isCa(each) && !isSelfIssued(each)) cas.set(nameKey(each.subject), each)
  return (own) => {
    const chain = [own]
    for (let next = cas.get(nameKey(own.issuer)); next && chain.length < LONGEST;) {
      if (chain.includes(next)) break
      chain.push(next)
      next = cas.get(nameKey(next.issuer))
    }
    return chain.map(({ der }) => der)
  }
}

/** Every certificate that someone of a matrix sends or trusts, each once. */
export function heldBy({ clients, servers }: Drawnup): readonly Certificate[] {
  const ends = [...clients, ...servers.map(({ server }) => server)]
  const held = new Map<string, Certificate>()
  for (const { chain, anchors } of ends)
    for (const each of [...readable(chain), ...anchors]) held.set(octetsKey(each.der), each)
  return [...held.values()]
}
