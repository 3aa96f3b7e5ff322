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
  authorities: server.listsAuthorities ? server.anchors.map(({ subject }) => subject.der) : [],
})
