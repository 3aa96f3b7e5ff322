import { readPrivateKey, type PrivateKey } from '../../containers/private-key.ts'
import type { Signers } from '../../mtls/handshake.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import type { HandshakeSigner } from '../../mtls/peers.ts'
import { signWithOctets } from '../../x509/sign-with-octets.ts'
import type { Drawn } from '../validate/examples/draw.ts'
import { KEY_ALGORITHMS, type KeyType } from '../../webcrypto/algorithms.ts'
import { exportPrivateKey } from '../../webcrypto/keys.ts'

/** Returns how each end signs with a key that was drawn for it. */
export const signersOf = ({ client, server }: Record<Side, Drawn | null>): Signers => ({
  client: client && signerOf(client),
  server: server && signerOf(server),
})

/** A key is for one scheme in WebCrypto: RSA may need another than it was generated for. */
export const signerOf = ({ privateKey, algorithm }: Drawn): HandshakeSigner =>
  signsWith(KEY_ALGORITHMS[algorithm].keyType, () => exportPrivateKey(privateKey))

/** Returns how a key signs; its octets are read for each signature, and are in nothing else. */
export function signsWith(keyType: KeyType, read: () => Promise<Uint8Array>): HandshakeSigner {
  const signer: HandshakeSigner = async (scheme, data) => signWithOctets(keyType, await read(), scheme, data)
  READ.set(signer, read)
  return signer
}

/** How the octets of a signer's key are read, for a file that is to have them. */
const READ = new WeakMap<HandshakeSigner, () => Promise<Uint8Array>>()

/** Returns the key that signs. */
export async function keyBehind(signer: HandshakeSigner | null): Promise<PrivateKey | null> {
  const pkcs8 = await (signer && READ.get(signer))?.()
  return pkcs8 ? readPrivateKey(pkcs8) : null
}
