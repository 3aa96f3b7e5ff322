/** Which certificates a browser would offer a person for a server, and why not the others. */
import { sameOctets } from '../octets.ts'
import type { Certificate } from '../x509/certificate.ts'
import { EKU_OIDS } from '../x509/oids.ts'
import { clientPeer, serverPeer } from './judge/peers-of.ts'
import { answerTo } from './negotiate.ts'
import type { Scenario } from './scenario.ts'
import type { TlsVersion } from './wire/code-points.ts'

/** `issuer`: neither it nor a CA that is sent with it is issued by one that the server lists. */
export type NotOffered = 'key' | 'purpose' | 'dates' | 'kind' | 'issuer'

/** Returns why a browser does not offer a certificate of an end entity; null if it does. */
export function notOffered(
  { client, server }: Scenario,
  version: TlsVersion,
  certificate: Certificate,
  hasKey: boolean,
): NotOffered | null {
  const { extKeyUsage, notBefore, notAfter, der } = certificate
  if (!hasKey) return 'key'
  const { clientAuth, anyExtendedKeyUsage } = EKU_OIDS
  if (extKeyUsage && !extKeyUsage.includes(clientAuth) && !extKeyUsage.includes(anyExtendedKeyUsage))
    return 'purpose'
  if (client.at < notBefore || notAfter < client.at) return 'dates'
  // A browser has the CAs that were imported with it: here, those that are sent with it.
  const [own] = client.chain
  const chain = own && sameOctets(own, der) ? client.chain : [der]
  const peer = clientPeer({ ...client, chain, heedsAuthorities: true }, null)
  const answer = answerTo(peer, serverPeer(server, null), version)
  if (typeof answer === 'number') return null
  return answer === 'authorities' ? 'issuer' : 'kind'
}
