/** What settings are asked for, and what every program needs to know of it. */
import { dnsName } from '../validate/names/dns.ts'
import { readable } from '../mtls/chain.ts'
import type { ClientEndpoint, Endpoint, Scenario, ServerEndpoint } from '../mtls/scenario.ts'
import { TLS12, TLS13 } from '../mtls/wire/code-points.ts'
import type { Side } from '../mtls/wire/transcript.ts'
import type { Certificate } from '../x509/certificate.ts'
import { ipAddressToText, parseIpAddress } from '../x509/ip-address.ts'
import { namesMatch } from '../x509/name-matching.ts'
import { isSelfIssued } from '../x509/roles.ts'
import { sha256Hex } from '../webcrypto/signature.ts'

export interface Order {
  readonly scenario: Scenario
  /** Whose settings. */
  readonly side: Side
  /** Where the server listens on loopback. */
  readonly port?: number
  /** Where a proxy listens that is the client; plain, and on loopback alone. */
  readonly localPort?: number
}

/** An order with what is read from it once. */
export interface Prepared {
  readonly side: Side
  readonly client: ClientEndpoint
  readonly server: ServerEndpoint
  readonly own: Endpoint
  readonly other: Endpoint
  /** The server's name or address: letters, digits, dots, hyphens and colons alone. */
  readonly host: string
  readonly isAddress: boolean
  readonly port: number
  readonly localPort: number
  readonly isTls12: boolean
  readonly isTls13: boolean
  /** The most intermediates that are let through, or as many as a chain may sensibly have. */
  readonly intermediates: number
  /** Every certificate of both ends, by its SHA-256 in lower-case hexadecimal. */
  readonly known: ReadonlyMap<string, Certificate>
}

const PORT = 8443
const LOCAL_PORT = 8080
/** Without a limit of its own; programs count up to it. */
const USUAL_DEPTH = 8

/** Reads an order; the same for each program. */
export async function prepare({
  scenario,
  side,
  port = PORT,
  localPort = LOCAL_PORT,
}: Order): Promise<Prepared> {
  const { client, server } = scenario
  const own = scenario[side]
  const certificates = [client, server].flatMap(({ chain, anchors }) => [...readable(chain), ...anchors])
  const known = new Map<string, Certificate>()
  for (const certificate of certificates) known.set(await sha256Hex(certificate.der), certificate)
  return {
    ...{ side, client, server, own, other: side === 'client' ? server : client, port, localPort, known },
    ...hostOf(scenario),
    isTls12: own.versions.includes(TLS12),
    isTls13: own.versions.includes(TLS13),
    intermediates: own.maxDepth ?? USUAL_DEPTH,
  }
}

const PORTABLE = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/

/** The host asked for, or the first name of the server's certificate. */
function hostOf({ client, server }: Scenario): Pick<Prepared, 'host' | 'isAddress'> {
  const named = readable(server.chain)[0]?.subjectAltName ?? []
  const names = named.flatMap((name) => (name.kind === 'dNSName' ? [name.value] : []))
  for (const name of [client.host, ...names]) {
    const octets = name === null ? null : parseIpAddress(name)
    if (octets) return { host: ipAddressToText(octets)!, isAddress: true }
    const host = name === null ? null : (dnsName(name)?.toLowerCase() ?? null)
    if (host !== null && PORTABLE.test(host)) return { host, isAddress: false }
  }
  return { host: 'localhost', isAddress: false }
}

/** Whether each authority of the other end's chain has a list: OpenSSL refuses a chain if one of them is missing. */
export function areListsComplete({ own, other }: Prepared): boolean {
  const issued = readable(other.chain).filter((each) => !isSelfIssued(each))
  return issued.every(({ issuer }) => own.lists.some((list) => namesMatch(list.issuer, issuer)))
}
