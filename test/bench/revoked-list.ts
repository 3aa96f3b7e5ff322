import { sign } from '../../src/webcrypto/signature.ts'
import { issueList } from '../../src/ca/certificate-list.ts'
import type { Signer } from '../../src/ca/issue.ts'
import type { RevokedCertificate } from '../../src/ca/list-entries.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import type { CertificateList } from '../../src/x509/certificate-list.ts'
import { ecdsaFromRaw } from '../../src/x509/ecdsa-signature.ts'
import { AT, drawKey, root } from '../support/chain.ts'
import { importPrivateKey } from '../../src/webcrypto/keys.ts'

/** What a CA that has revoked `count` certificates signs its list from. */
export interface RevokedInventory {
  readonly ca: Certificate
  readonly signer: Signer
  readonly key: CryptoKey
  readonly revoked: readonly RevokedCertificate[]
}

export async function revokedInventory(count: number): Promise<RevokedInventory> {
  const drawn = await drawKey()
  const { certificate: ca } = await root({ key: drawn })
  const scheme = { kind: 'ecdsa', hash: 'SHA-256' } as const
  const key = await importPrivateKey('p256', scheme, drawn.pkcs8, { extractable: false })
  const signer: Signer = { sign: async (asked, data) => ecdsaFromRaw(await sign(asked, key, data)) }
  const since = new Date(AT.getTime() - 86_400_000)
  const revoked = Array.from({ length: count }, (_, i): RevokedCertificate => ({
    serialNumber: serialNumber(i),
    isCa: false,
    distributionPoints: [],
    since,
    reason: i % 3 === 0 ? null : 'superseded',
    invalidityDate: null,
  }))
  return { ca, signer, key, revoked }
}

/** 16 octets as random as serial numbers are, and the same in every run (a xorshift of the number). */
export function serialNumber(i: number): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(16)
  let state = (i + 1) * 0x9e3779b9
  for (let at = 0; at < 16; at++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    octets[at] = state
  }
  octets[0] = (octets[0]! & 0x3f) | 0x40
  return octets
}

export function signedList({ ca, signer, revoked }: RevokedInventory): Promise<CertificateList> {
  return issueList(
    {
      signer: ca,
      signature: 'ecdsa-sha256',
      thisUpdate: AT,
      nextUpdate: new Date(AT.getTime() + 7 * 86_400_000),
      number: 1n,
      previousNumber: null,
      revoked,
    },
    signer,
  )
}
