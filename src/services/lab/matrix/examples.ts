/** Two groups that must never reach each other, kept apart in three ways. */
import type { ClientEndpoint } from '../../../mtls/scenario.ts'
import type { Reachable } from '../../../mtls/matrix.ts'
import type { Rule } from '../../../mtls/rules/rule.ts'
import { CN, type Drawn, type Drawing } from '../../validate/examples/draw.ts'
import type { Cast } from '../ready/stage.ts'
import { stage, type Usual } from '../ready/stage.ts'
import { sha256Hex } from '../../../webcrypto/signature.ts'

/** Who is in the matrix. */
export interface Drawnup {
  readonly clients: readonly ClientEndpoint[]
  readonly servers: readonly Reachable[]
}

export type ExampleId = 'issuing-ca' | 'allow-list' | 'two-roots'
const GROUPS = ['a', 'b'] as const
type Group = (typeof GROUPS)[number]
const CLIENTS = [1, 2] as const

const clientName = (group: Group, n: number): string => `client-${group}${n}.example.com`
const named = (name: string): Drawing => ({
  subject: [CN(name)],
  extensions: { subjectAltName: [{ kind: 'dNSName', value: name }] },
})
const upper = (group: Group): string => group.toUpperCase()

/** What a group has of its own: the CA of its clients, what its server trusts, and whom it lets in. */
interface Kept {
  readonly ca: Drawn
  readonly trusts: Drawn
  readonly lets: Rule | null
}

/** Draws an example as of the cast's day. */
export async function drawMatrix(id: ExampleId, cast: Cast): Promise<Drawnup> {
  const root = await cast.root('Example Root')
  const serverCa = await cast.ca(root, 'Example Server CA')
  const keep = await KEEP[id](cast, root)
  const clients: ClientEndpoint[] = []
  const servers: Reachable[] = []
  for (const group of GROUPS) {
    const { ca, trusts, lets } = await keep(group)
    const host = `server-${group}.example.com`
    const server = await cast.server(serverCa, named(host))
    for (const n of CLIENTS) {
      const client = await cast.client(ca, named(clientName(group, n)))
      const usual: Usual = { root, serverCa, clientCa: ca, server, client }
      const { scenario } = stage(cast, usual, { server: { trusts: [trusts], set: { lets } } })
      clients.push(scenario.client)
      if (n === 1) servers.push({ server: scenario.server, host })
    }
  }
  return { clients, servers }
}

type Keep = (group: Group) => Promise<Kept>

const KEEP: Readonly<Record<ExampleId, (cast: Cast, root: Drawn) => Promise<Keep>>> = {
  'issuing-ca': (cast, root) =>
    Promise.resolve(async (group) => {
      const ca = await cast.ca(root, `Group ${upper(group)} CA`)
      return { ca, trusts: root, lets: { kind: 'issuer', sha256: await sha256Hex(ca.certificate.der) } }
    }),
  'allow-list': async (cast, root) => {
    const ca = await cast.ca(root, 'Example Client CA')
    const listed = (group: Group): Rule => ({
      kind: 'any',
      of: CLIENTS.map((n) => ({ kind: 'san', form: 'DNS', match: 'exact', value: clientName(group, n) })),
    })
    return (group) => Promise.resolve({ ca, trusts: root, lets: listed(group) })
  },
  'two-roots': (cast) =>
    Promise.resolve(async (group) => {
      const trusts = await cast.root(`Group ${upper(group)} Root`)
      return { ca: await cast.ca(trusts, `Group ${upper(group)} CA`), trusts, lets: null }
    }),
}
