import type { Signers } from '../../mtls/handshake.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import type { HandshakeSigner } from '../../mtls/peers.ts'
import { sign } from '../../webcrypto/signature.ts'
import { ecdsaFromRaw } from '../../x509/ecdsa-signature.ts'
import type { Drawn } from '../validate/examples/draw.ts'
import { KEY_ALGORITHMS } from '../../webcrypto/algorithms.ts'
import { exportPrivateKey, importPrivateKey } from '../../webcrypto/keys.ts'

/** Returns how each end signs with a key that was drawn for it. */
export const signersOf = ({ client, server }: Record<Side, Drawn | null>): Signers => ({
  client: client && signerOf(client),
  server: server && signerOf(server),
})

/** A key is for one scheme in WebCrypto: RSA may need another than it was generated for. */
function signerOf({ privateKey, algorithm }: Drawn): HandshakeSigner {
  return async (scheme, data) => {
    const pkcs8 = await exportPrivateKey(privateKey)
    const { keyType } = KEY_ALGORITHMS[algorithm]
    const key = await importPrivateKey(keyType, scheme, pkcs8, { extractable: false })
    const signature = await sign(scheme, key, data)
    return scheme.kind === 'ecdsa' ? ecdsaFromRaw(signature) : signature
  }
}
