/** Scenarios that are there from the start, each drawn when it is asked for. */
import { DAY } from '../../../time.ts'
import type { ReadyId } from '../../../mtls/ready-ids.ts'
import { CERTIFICATE_TYPE, TLS12, TLS13 } from '../../../mtls/wire/code-points.ts'
import type { Side } from '../../../mtls/wire/transcript.ts'
import { EKU_OIDS } from '../../../x509/oids.ts'
import { drawResponse } from '../../validate/examples/revocation.ts'
import type { Drawn } from '../../validate/examples/draw.ts'
import { HOST, USER, stage, usual, type Cast, type Ends, type Staged, type Usual } from './stage.ts'
import { sha256Hex } from '../../../webcrypto/signature.ts'

type Draw = (cast: Cast) => Promise<Staged>
type Set = (given: Usual, cast: Cast) => Ends | Promise<Ends>

/** Changes what connects. */
const but =
  (set: Set): Draw =>
  async (cast) => {
    const given = await usual(cast)
    return stage(cast, given, await set(given, cast))
  }

const TLS12_ALONE = { versions: [TLS12] } as const
const pinOf = async ({ certificate }: Drawn): Promise<string[]> => [await sha256Hex(certificate.der)]
const keyPinOf = async ({ certificate }: Drawn): Promise<string[]> => [await sha256Hex(certificate.spki.der)]
const rootOf = async ({ certificate }: Drawn) =>
  ({ kind: 'root', sha256: await sha256Hex(certificate.der) }) as const
const issuerOf = async ({ certificate }: Drawn) =>
  ({ kind: 'issuer', sha256: await sha256Hex(certificate.der) }) as const

/** A client's certificate under its own root. */
async function stranger(cast: Cast): Promise<{ root: Drawn; ca: Drawn; client: Drawn; server: Drawn }> {
  const root = await cast.root('Other Root')
  const ca = await cast.ca(root, 'Other Issuing CA')
  return { root, ca, client: await cast.client(ca), server: await cast.server(ca) }
}

const READY: Readonly<Record<ReadyId, Draw>> = {
  connects: but(() => ({})),
  'connects-tls12': but(() => ({ client: { set: TLS12_ALONE } })),
  'root-sent-along': but(({ client, clientCa, root }) => ({ client: { sends: [client, clientCa, root] } })),
  'server-intermediate-missing': but(({ server }) => ({ server: { sends: [server] } })),
  'client-intermediate-missing': but(({ client }) => ({ client: { sends: [client] } })),
  'client-intermediate-missing-tls12': but(({ client }) => ({
    client: { sends: [client], set: TLS12_ALONE },
  })),
  'wrong-order': but(async ({ root, clientCa }, cast) => {
    const team = await cast.ca(clientCa, 'Example Team CA')
    return { client: { sends: [await cast.client(team), root, clientCa, team] } }
  }),
  'no-client-certificate': but(() => ({ client: { sends: [] } })),
  'no-client-certificate-tls12': but(() => ({ client: { sends: [], set: TLS12_ALONE } })),
  'client-certificate-optional': but(() => ({
    client: { sends: [] },
    server: { set: { asks: 'optional' } },
  })),
  'asked-per-path': but(async ({ clientCa }) => ({
    client: { sends: [] },
    server: { set: { asks: 'optional', lets: await issuerOf(clientCa) } },
  })),
  'list-fits-nobody': but(async (_given, cast) => {
    const { root } = await stranger(cast)
    return { client: { set: { heedsAuthorities: true } }, server: { trusts: [root] } }
  }),
  'list-names-the-root-alone': but(({ client }) => ({
    client: { sends: [client], set: { heedsAuthorities: true } },
  })),
  'client-for-servers-only': but(async ({ clientCa }, cast) => ({
    client: {
      sends: [await cast.client(clientCa, { extensions: { extKeyUsage: [EKU_OIDS.serverAuth] } }), clientCa],
    },
  })),
  'issuing-ca-for-servers-only': but(async ({ root }, cast) => {
    const ca = await cast.ca(root, 'Public Style CA', {
      extensions: { extKeyUsage: [EKU_OIDS.serverAuth] },
    })
    return { client: { sends: [await cast.client(ca), ca] } }
  }),
  'server-expired': but(async ({ serverCa }, cast) => ({
    server: { sends: [await cast.server(serverCa, { notAfter: cast.inDays(-1) }), serverCa] },
  })),
  'client-expired': but(async ({ clientCa }, cast) => ({
    client: { sends: [await cast.client(clientCa, { notAfter: cast.inDays(-1) }), clientCa] },
  })),
  'client-not-yet-valid': but(async ({ clientCa }, cast) => ({
    client: { sends: [await cast.client(clientCa, { notBefore: cast.inDays(1) }), clientCa] },
  })),
  'issuing-ca-expired': but(async ({ root }, cast) => {
    const ca = await cast.ca(root, 'Old Client CA', { notAfter: cast.inDays(-1) })
    return { client: { sends: [await cast.client(ca), ca] } }
  }),
  'clock-ahead': but((_given, { at }) => ({
    server: { set: { at: new Date(at.getTime() + 730 * DAY) } },
  })),
  'clock-behind': but((_given, { at }) => ({
    client: { set: { at: new Date(at.getTime() - 30 * DAY) } },
  })),
  'wrong-host': but(() => ({ client: { set: { host: 'www.example.com' } } })),
  'name-in-cn-alone': but(async ({ serverCa }, cast) => ({
    server: { sends: [await cast.server(serverCa, { extensions: { subjectAltName: null } }), serverCa] },
  })),
  'server-self-signed': but(async (_given, cast) => ({
    server: { sends: [await selfSigned(cast, 'server')] },
  })),
  'client-self-signed': but(async (_given, cast) => ({
    client: { sends: [await selfSigned(cast, 'client')] },
  })),
  'client-self-signed-and-trusted': but(async (_given, cast) => {
    const own = await selfSigned(cast, 'client')
    return { client: { sends: [own] }, server: { trusts: [own] } }
  }),
  'curl-k': but(async (_given, cast) => ({
    server: { sends: [await selfSigned(cast, 'server')] },
    client: { set: { verifies: 'no', checksHost: false } },
  })),
  'reject-unauthorized-false': but(async (_given, cast) => {
    const { client, ca } = await stranger(cast)
    return { client: { sends: [client, ca] }, server: { set: { verifies: 'no' } } }
  }),
  'verified-by-the-application': but(async (_given, cast) => {
    const { client, ca } = await stranger(cast)
    return { client: { sends: [client, ca] }, server: { set: { verifies: 'application' } } }
  }),
  'second-verifier': but(async (_given, cast) => {
    const { root } = await stranger(cast)
    return { server: { set: { lets: await rootOf(root) } } }
  }),
  'issuing-ca-alone-trusted': but(({ clientCa }) => ({ server: { trusts: [clientCa] } })),
  'exactly-one-root': but(async ({ root }, cast) => {
    const other = await stranger(cast)
    return { server: { trusts: [root, other.root], set: { lets: await rootOf(root) } } }
  }),
  'another-root-of-the-bundle': but(async ({ root }, cast) => {
    const other = await stranger(cast)
    return {
      client: { sends: [other.client, other.ca] },
      server: { trusts: [root, other.root], set: { lets: await rootOf(root) } },
    }
  }),
  'every-public-root': but(async ({ root }, cast) => {
    const other = await stranger(cast)
    return { client: { sends: [other.client, other.ca] }, server: { trusts: [root, other.root] } }
  }),
  'empty-bundle': but(() => ({ server: { trusts: [] } })),
  'wrong-group': but(async ({ root, clientCa }, cast) => {
    const other = await cast.ca(root, 'Group B CA')
    return {
      client: { sends: [await cast.client(other), other] },
      server: { set: { lets: await issuerOf(clientCa) } },
    }
  }),
  'pin-after-renewal': but(async ({ server, serverCa }, cast) => ({
    client: { set: { lets: { kind: 'certificate', sha256: await pinOf(server) } } },
    server: { sends: [await cast.server(serverCa, { keyOf: server }), serverCa] },
  })),
  'key-pin-after-renewal': but(async ({ server, serverCa }, cast) => ({
    client: { set: { lets: { kind: 'key', sha256: await keyPinOf(server) } } },
    server: { sends: [await cast.server(serverCa, { keyOf: server }), serverCa] },
  })),
  'client-revoked': but(async ({ root, client, clientCa }, cast) => ({
    server: { set: { lists: [await cast.list(root), await cast.list(clientCa, client)] } },
  })),
  'issuing-ca-revoked': but(async ({ root, clientCa }, cast) => ({
    server: { set: { lists: [await cast.list(root, clientCa), await cast.list(clientCa)] } },
  })),
  'list-of-the-issuing-ca-alone': but(async ({ clientCa }, cast) => ({
    server: { set: { lists: [await cast.list(clientCa)], needsStatus: true } },
  })),
  'stapled-revoked': but(stapledRevoked),
  'signed-with-another-key': but(({ server }) => ({ client: { signsWith: server } })),
  'no-common-version': but(() => ({ client: { set: TLS12_ALONE }, server: { set: { versions: [TLS13] } } })),
  'certificate-type-not-taken': but(() => ({
    client: { set: TLS12_ALONE },
    server: {
      set: { certificateTypes: [CERTIFICATE_TYPE.rsaSign] },
    },
  })),
  'too-deep': but(async ({ clientCa }, cast) => {
    const team = await cast.ca(clientCa, 'Example Team CA')
    return {
      client: { sends: [await cast.client(team), team, clientCa] },
      server: { set: { maxDepth: 1 } },
    }
  }),
  'address-not-let-in': but(() => ({
    server: {
      set: {
        lets: { kind: 'address', ranges: ['198.51.100.0/24', '2001:db8::/32'], of: 'connection' },
        letsAt: 'network',
      },
    },
  })),
  'address-forwarded': but(() => behindProxy(1)),
  'address-forged': but(() => behindProxy(2)),
}

/** One proxy has added the client's address to one that the client has written itself. */
const behindProxy = (trusted: number): Ends => ({
  client: { set: { address: '203.0.113.9' } },
  server: {
    set: {
      lets: { kind: 'address', ranges: ['198.51.100.0/24'], of: 'forwarded' },
      forwarding: {
        ...{ form: 'X-Forwarded-For', text: '198.51.100.7, 203.0.113.9' },
        ...{ trusted, from: '192.0.2.1' },
      },
    },
  },
})

/** Draws a ready scenario as of a day. */
export const drawReady = (id: ReadyId, cast: Cast): Promise<Staged> => READY[id](cast)

function selfSigned(cast: Cast, side: Side): Promise<Drawn> {
  const name = side === 'client' ? USER : HOST
  return cast.root(name, {
    extensions: {
      basicConstraints: null,
      keyUsage: new Set(['digitalSignature']),
      extKeyUsage: [side === 'client' ? EKU_OIDS.clientAuth : EKU_OIDS.serverAuth],
      subjectAltName: [{ kind: 'dNSName', value: name }],
    },
  })
}

async function stapledRevoked({ root }: Usual, cast: Cast): Promise<Ends> {
  const ca = await cast.ca(root, 'Answering Server CA', {
    extensions: { keyUsage: new Set(['digitalSignature', 'keyCertSign', 'cRLSign']) },
  })
  const server = await cast.server(ca)
  const { der } = await drawResponse(ca, server, {
    thisUpdate: cast.inDays(-1),
    nextUpdate: cast.inDays(6),
    status: { status: 'revoked', revocationTime: cast.inDays(-2), revocationReason: 'keyCompromise' },
  })
  return { server: { sends: [server, ca], set: { stapled: der } } }
}
