import { createPrivateKey, sign } from 'node:crypto'
import { oid, seq } from '../../../src/der/writer.ts'
import { assembleSigned } from '../../../src/x509/encode.ts'
import type { DistributionPoint } from '../../../src/x509/extensions/distribution-points.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { endEntity, intermediate, root } from '../chain.ts'
import type { Drawing, Drawn } from '../chain.ts'
import type { Dice } from './dice.ts'

export const uri = (value: string): GeneralName => ({ kind: 'uniformResourceIdentifier', value })
export const HERE = uri('http://example.com/here.crl')

/**
 * The certificates of the fuzz, made once: a chain, and everyone who signs, or should not sign, CRLs and responses for
 * it.
 */
export interface World {
  readonly root: Drawn
  readonly ca: Drawn
  /** The CA's name with another key that may sign CRLs; and with one that may not. */
  readonly sameName: Drawn
  readonly noListSign: Drawn
  /** Another CA of the same root, which signs indirect CRLs. */
  readonly other: Drawn
  /** Responders of the CA with and without ocsp-nocheck; the last one is not authorized by the CA. */
  readonly delegates: readonly Drawn[]
  readonly leaves: readonly Drawn[]
}

const OCSP_SIGNING = { extKeyUsage: ['1.3.6.1.5.5.7.3.9'], subjectAltName: null }

export async function createWorld(): Promise<World> {
  const top = await root({ subject: 'CN=Fuzz Root' })
  const below = (subject: string, drawing: Drawing = {}) => intermediate(top, { subject, ...drawing })
  const ca = await below('CN=Fuzz CA')
  const other = await below('CN=Fuzz List Signer')
  const responder = (subject: string, extensions: Drawing['extensions']) =>
    endEntity(ca, { subject, extensions: { ...OCSP_SIGNING, ...extensions } })
  const indirect = { cRLIssuer: [{ kind: 'directoryName', name: other.certificate.subject }] } as const
  const serials = [[0x05], [0x00, 0x80], [0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 0x12], [0x41, 0x00]]
  const points: (readonly Partial<DistributionPoint>[] | null)[] = [
    null,
    [{ fullName: [HERE] }],
    [{ fullName: [HERE], ...indirect }, { fullName: [uri('http://example.com/there.crl')] }],
    [{ fullName: [HERE], reasons: new Set(['keyCompromise', 'superseded']) }],
  ]
  const none = { fullName: null, nameRelativeToCRLIssuer: null, reasons: null, cRLIssuer: null }
  const leaves = await Promise.all(
    points.map((each, i) =>
      endEntity(ca, {
        serialNumber: Uint8Array.from(serials[i]!),
        extensions: { cRLDistributionPoints: each && each.map((point) => ({ ...none, ...point })) },
      }),
    ),
  )
  return {
    root: top,
    ca,
    sameName: await below('CN=Fuzz CA'),
    noListSign: await below('CN=Fuzz CA', { extensions: { keyUsage: new Set(['keyCertSign']) } }),
    other,
    delegates: [
      await responder('CN=Fuzz Responder', { ocspNoCheck: true }),
      await responder('CN=Fuzz Responder 2', {}),
      await responder('CN=Fuzz Responder 3', { extKeyUsage: ['1.3.6.1.5.5.7.3.1'] }),
    ],
    leaves,
  }
}

/** Inputs of both validators other than the target: the trusted certificates and the available ones. */
export const intermediatesOf = ({ ca, sameName, noListSign, other, delegates }: World): Drawn[] => [
  ca,
  sameName,
  noListSign,
  other,
  ...delegates,
]

/** ECDSA by its hash, as signatures here name it. */
const ALGORITHMS = {
  sha256: seq(oid('1.2.840.10045.4.3.2')),
  sha384: seq(oid('1.2.840.10045.4.3.3')),
  sha1: seq(oid('1.2.840.10045.4.1')),
} as const
export type SigningHash = keyof typeof ALGORITHMS
export const algorithmOf = (hash: SigningHash): Uint8Array => ALGORITHMS[hash]

export const drawHash = (dice: Dice): SigningHash =>
  dice.percent(90) ? 'sha256' : dice.pick<SigningHash>('sha384', 'sha1')

const keys = new WeakMap<Drawn, ReturnType<typeof createPrivateKey>>()

/** Returns the signature in its X.509 form: Node's own module is synchronous, WebCrypto is not. */
export function signNow(signer: Drawn, hash: SigningHash, tbs: Uint8Array): Uint8Array {
  let key = keys.get(signer)
  if (!key) {
    key = createPrivateKey({ key: Buffer.from(signer.key.pkcs8), format: 'der', type: 'pkcs8' })
    keys.set(signer, key)
  }
  return sign(hash, tbs, key)
}

export const signed = (signer: Drawn, hash: SigningHash, tbs: Uint8Array): Uint8Array =>
  assembleSigned(tbs, algorithmOf(hash), signNow(signer, hash, tbs))
