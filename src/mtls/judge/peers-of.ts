import { CodedError } from '../../errors.ts'
import { parseIpAddress } from '../../x509/ip-address.ts'
import type { ClientPeer, HandshakeSigner, ServerPeer } from '../peers.ts'
import type { ClientEndpoint, ServerEndpoint } from '../scenario.ts'

/** Returns the client as it appears on the wire. */
export const clientPeer = (client: ClientEndpoint, signer: HandshakeSigner | null): ClientPeer => ({
  ...client,
  signer,
  serverName: client.host === null || parseIpAddress(client.host) !== null ? null : client.host,
})

/** Returns the server as it appears on the wire. */
export const serverPeer = (server: ServerEndpoint, signer: HandshakeSigner | null): ServerPeer => ({
  ...server,
  signer,
  asks: server.asks !== 'no',
  authorities: server.listsAuthorities ? listed(server.anchors.map(({ subject }) => subject.der)) : [],
})

/** Octets of all names, each with two for its length. */
const MOST_LISTED = 0xffff

function listed(names: readonly Uint8Array[]): readonly Uint8Array[] {
  const octets = names.reduce((sum, { length }) => sum + 2 + length, 0)
  if (octets > MOST_LISTED) throw new CodedError('authorities-too-long', { octets, limit: MOST_LISTED })
  return names
}
