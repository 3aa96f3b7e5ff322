const P256 = { name: 'ECDH', namedCurve: 'P-256' } as const

/** One side of a key agreement, made for one use. */
export interface KeyShareOf {
  /** The public point, uncompressed (SEC 1 §2.3.3): 65 octets. */
  readonly point: Uint8Array<ArrayBuffer>
  /** Returns what both sides share: the x-coordinate, 32 octets. Rejects if that is no point of the curve. */
  agree(point: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
}

/** Returns a new share of ECDH on P-256, which every engine has. */
export async function newKeyShare(): Promise<KeyShareOf> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(P256, false, ['deriveBits'])
  return {
    point: new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)),
    async agree(point) {
      const other = await crypto.subtle.importKey('raw', point as Uint8Array<ArrayBuffer>, P256, false, [])
      return new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, privateKey, 256))
    },
  }
}
