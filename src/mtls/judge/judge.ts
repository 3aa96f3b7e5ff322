import type { PeerName } from '../../validate/options.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Report } from '../../validate/report.ts'
import { parseIpAddress } from '../../x509/ip-address.ts'
import { addressesOf, forwardedOf, type Addresses } from '../proxy/forwarding.ts'
import { answerTo } from '../negotiate.ts'
import { weigh, type Connecting, type Weighed } from '../rules/evaluate.ts'
import type { ClientEndpoint, Endpoint, Scenario } from '../scenario.ts'
import type { TlsVersion } from '../wire/code-points.ts'
import type { Side } from '../wire/transcript.ts'
import type { Examined, Examiner } from './examine.ts'
import { clientPeer, serverPeer } from './peers-of.ts'
import type { Judgement, Possession, Refusal } from './judgement.ts'

/** Judges the server's certificate as the client does. */
export async function judgeServer(
  { client, server }: Scenario,
  possession: Possession,
  examiner: Examiner,
): Promise<Judgement> {
  if (server.chain.length === 0) return withoutCertificate('client', client, 'none')
  const names = namesFor(client)
  const asked = { judge: client, chain: server.chain, purpose: 'serverAuth', names } as const
  const own = await examiner.examine({ ...asked, stapled: server.stapled })
  return judgement('client', client, own, possession, NOWHERE)
}

/** Judges the client's certificate, or that it sends none, as the server does. */
export async function judgeClient(
  { client, server }: Scenario,
  version: TlsVersion,
  possession: Possession,
  examiner: Examiner,
): Promise<Judgement> {
  const from = addressesOf(client.address, server.forwarding)
  if (server.asks === 'no') return withoutCertificate('server', server, 'not-asked', from)
  const answer = answerTo(clientPeer(client, null), serverPeer(server, null), version)
  if (typeof answer === 'string')
    return withoutCertificate('server', server, answer, from, server.asks === 'optional')
  const asked = { judge: server, chain: client.chain, purpose: 'clientAuth', names: [] } as const
  const own = await examiner.examine({ ...asked, stapled: null })
  return judgement('server', server, own, possession, from)
}

/** A client asks nothing about addresses. */
const NOWHERE: Addresses = { connection: null, forwarded: null }

const connecting = (path: readonly Certificate[] | null, from: Addresses): Connecting => ({
  path,
  address: from.connection,
  forwarded: forwardedOf(from),
})

function namesFor({ host, checksHost }: ClientEndpoint): readonly PeerName[] {
  if (host === null || !checksHost) return []
  return [{ kind: parseIpAddress(host) === null ? 'DNS' : 'IP', value: host }]
}

async function judgement(
  by: Side,
  endpoint: Endpoint,
  { report, refusals }: Examined,
  possession: Possession,
  from: Addresses,
): Promise<Judgement> {
  // Every library checks the signature over the handshake, whether it verifies the certificate or not.
  const proof: readonly Refusal[] = possession === 'wrong-key' ? [{ why: 'possession' }] : []
  const isVerified = endpoint.verifies !== 'no'
  // Without a check of the chain a rule reads what was claimed: a pin still holds, a name is only what it says.
  const path = isVerified && refusals.length > 0 ? null : pathOf(report)
  const weighed = endpoint.lets === null ? null : await weigh(endpoint.lets, connecting(path, from))
  const all = [...refusals, ...proof]
  return {
    ...{ by, presented: 'chain', report, possession, weighed },
    refusals: [...(isVerified ? refusals : []), ...proof, ...(all.length === 0 ? ruleRefusal(weighed) : [])],
    overlooked: isVerified ? [] : refusals,
  }
}

const PATHS = new WeakMap<Report, readonly Certificate[]>()

/** Anchor first; of one report it is asked for once for each who relies on it. */
function pathOf(report: Report | null): readonly Certificate[] | null {
  const found = report?.paths[report.best]
  if (!report || !found) return null
  const path = PATHS.get(report) ?? found.certificates.map(({ certificate }) => certificate)
  PATHS.set(report, path)
  return path
}

const ruleRefusal = (weighed: Weighed | null): readonly Refusal[] =>
  weighed !== null && weighed.met !== 'yes' ? [{ why: 'rule', weighed }] : []

async function withoutCertificate(
  by: Side,
  endpoint: Endpoint,
  presented: Exclude<Judgement['presented'], 'chain'>,
  addresses: Addresses = NOWHERE,
  isAllowed = false,
): Promise<Judgement> {
  const from = by === 'client' ? 'server' : 'client'
  const weighed = endpoint.lets === null ? null : await weigh(endpoint.lets, connecting(null, addresses))
  const missing: readonly Refusal[] =
    presented === 'not-asked' || isAllowed ? [] : [{ why: 'no-certificate', from, withheld: presented }]
  return {
    ...{ by, presented, report: null, possession: null, weighed, overlooked: [] },
    refusals: missing.length > 0 ? missing : ruleRefusal(weighed),
  }
}
