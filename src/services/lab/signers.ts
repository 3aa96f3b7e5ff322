import { readPrivateKey, type PrivateKey } from '../../containers/private-key.ts'
import type { Signers } from '../../mtls/handshake.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import type { HandshakeSigner } from '../../mtls/peers.ts'
import { sign } from '../../webcrypto/signature.ts'
import { ecdsaFromRaw } from '../../x509/ecdsa-signature.ts'
import type { Drawn } from '../validate/examples/draw.ts'
import { KEY_ALGORITHMS, type KeyType } from '../../webcrypto/algorithms.ts'
import { exportPrivateKey, importPrivateKey } from '../../webcrypto/keys.ts'

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
  const signer: HandshakeSigner = async (scheme, data) => {
    const pkcs8 = await read()
    const key = await importPrivateKey(keyType, scheme, pkcs8, { extractable: false })
    const signature = await sign(scheme, key, data)
    return scheme.kind === 'ecdsa' ? ecdsaFromRaw(signature) : signature
  }
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
