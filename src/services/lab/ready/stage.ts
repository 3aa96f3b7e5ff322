/** Draws the two ends of a ready scenario: keys are made for it, and belong to nobody. */
import type { ClientEndpoint, Endpoint, Scenario, ServerEndpoint } from '../../../mtls/scenario.ts'
import { ALL_CERTIFICATE_TYPES, USUAL_SCHEMES, USUAL_SUITES } from '../../../mtls/usual.ts'
import { TLS12, TLS13 } from '../../../mtls/wire/code-points.ts'
import { DAY } from '../../../time.ts'
import type { CertificateList } from '../../../x509/certificate-list.ts'
import { EKU_OIDS } from '../../../x509/oids.ts'
import { CN, drawCa, drawRoot, drawServer, type Drawing, type Drawn } from '../../validate/examples/draw.ts'
import { drawList } from '../../validate/examples/revocation.ts'

export const HOST = 'api.example.com'
export const USER = 'client.example.com'

/** Makes certificates that are current on a day; given values replace the usual ones. */
export class Cast {
  readonly at: Date
  /** Everything that was made, whether an end has it or not: what is missing can be added. */
  readonly drawn: Drawn[] = []

  constructor(at: Date) {
    this.at = at
  }

  inDays(days: number): Date {
    return new Date(this.at.getTime() + days * DAY)
  }

  root(name: string, drawing: Drawing = {}): Promise<Drawn> {
    return this.#keep(drawRoot({ subject: [CN(name)], ...this.#dates(3650), ...drawing }))
  }

  ca(issuer: Drawn, name: string, drawing: Drawing = {}): Promise<Drawn> {
    return this.#keep(drawCa(issuer, { ...this.#dates(1800), ...drawing }, name))
  }

  server(issuer: Drawn, { extensions, ...drawing }: Drawing = {}): Promise<Drawn> {
    return this.#leaf(issuer, HOST, EKU_OIDS.serverAuth, extensions, drawing)
  }

  client(issuer: Drawn, { extensions, ...drawing }: Drawing = {}): Promise<Drawn> {
    return this.#leaf(issuer, USER, EKU_OIDS.clientAuth, extensions, drawing)
  }

  list(authority: Drawn, revoked?: Drawn): Promise<CertificateList> {
    const [thisUpdate, nextUpdate] = [this.inDays(-1), this.inDays(6)]
    return drawList(authority, { thisUpdate, nextUpdate, ...(revoked && { revoked }) })
  }

  #leaf(
    issuer: Drawn,
    name: string,
    purpose: string,
    extensions: Drawing['extensions'],
    drawing: Drawing,
  ): Promise<Drawn> {
    return this.#keep(
      drawServer(issuer, {
        subject: [CN(name)],
        ...this.#dates(80),
        ...drawing,
        extensions: {
          extKeyUsage: [purpose],
          subjectAltName: [{ kind: 'dNSName', value: name }],
          ...extensions,
        },
      }),
    )
  }

  async #keep(drawing: Promise<Drawn>): Promise<Drawn> {
    const drawn = await drawing
    this.drawn.push(drawn)
    return drawn
  }

  #dates(days: number): Drawing {
    return { notBefore: this.inDays(-10), notAfter: this.inDays(days) }
  }
}

/** Two groups of certificates: a root, a CA for servers, a CA for clients, and one of each. */
export interface Usual {
  readonly root: Drawn
  readonly serverCa: Drawn
  readonly clientCa: Drawn
  readonly server: Drawn
  readonly client: Drawn
}

export async function usual(cast: Cast): Promise<Usual> {
  const root = await cast.root('Example Root')
  const [serverCa, clientCa] = await Promise.all([
    cast.ca(root, 'Example Server CA'),
    cast.ca(root, 'Example Client CA'),
  ])
  const [server, client] = await Promise.all([cast.server(serverCa), cast.client(clientCa)])
  return { root, serverCa, clientCa, server, client }
}

/** What an end has: the certificates that it sends, its own first, and the certificates that it trusts. */
interface End<E extends Endpoint> {
  readonly sends?: readonly Drawn[]
  readonly trusts?: readonly Drawn[]
  readonly set?: Partial<E>
  /** Signs with this key instead of that of its certificate. */
  readonly signsWith?: Drawn
}

export interface Ends {
  readonly client?: End<ClientEndpoint>
  readonly server?: End<ServerEndpoint>
}

/** A scenario with the keys of both ends; null without a certificate. */
export interface Staged {
  readonly scenario: Scenario
  readonly keys: { readonly client: Drawn | null; readonly server: Drawn | null }
}

/** Sets two ends on the stage; what is not given is as in a handshake that connects. */
export function stage(cast: Cast, given: Usual, { client = {}, server = {} }: Ends = {}): Staged {
  const common = commonOf(cast)
  const clientSends = client.sends ?? [given.client, given.clientCa]
  const serverSends = server.sends ?? [given.server, given.serverCa]
  return {
    scenario: {
      client: {
        ...common,
        ...sent(clientSends),
        ...trusted(client.trusts ?? [given.root]),
        ...{ host: HOST, checksHost: true, heedsAuthorities: false, address: '192.0.2.10' },
        ...client.set,
      },
      server: {
        ...common,
        ...sent(serverSends),
        ...trusted(server.trusts ?? [given.root]),
        ...{ asks: 'required', listsAuthorities: true, stapled: null, forwarding: null },
        certificateTypes: ALL_CERTIFICATE_TYPES,
        ...server.set,
      },
    },
    keys: {
      client: client.signsWith ?? clientSends[0] ?? null,
      server: server.signsWith ?? serverSends[0] ?? null,
    },
  }
}

const commonOf = ({ at }: Cast) =>
  ({
    lists: [],
    needsStatus: false,
    at,
    versions: [TLS13, TLS12],
    schemes: USUAL_SCHEMES,
    suites: USUAL_SUITES,
    verifies: 'handshake',
    maxDepth: null,
    lets: null,
    letsAt: 'application',
  }) as const

const sent = (chain: readonly Drawn[]) => ({ chain: chain.map(({ certificate }) => certificate.der) })
const trusted = (anchors: readonly Drawn[]) => ({ anchors: anchors.map(({ certificate }) => certificate) })
