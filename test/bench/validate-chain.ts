import { Certificate, CertificateChainValidationEngine, setEngine, CryptoEngine } from 'pkijs'
import forge from 'node-forge'
import { KEY_ALGORITHMS } from '../../src/webcrypto/algorithms.ts'
import type { KeyAlgorithmId } from '../../src/webcrypto/algorithms.ts'
import { createPool, validate } from '../../src/validate/validate.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { ecdsaToRaw } from '../../src/x509/ecdsa-signature.ts'
import type { Drawn } from '../support/chain.ts'
import { AT, drawKey, endEntity, intermediate, root } from '../support/chain.ts'
import { binary } from './octets.ts'
import type { Batch, Scenario } from './scenario.ts'

const ROUND = 20
const ASKED = { at: AT, purpose: 'serverAuth', peerNames: [{ kind: 'DNS', value: 'example.com' }] } as const

/** A chain of three from DER to report; the floor imports both issuers' keys and verifies both signatures. */
export async function validateChain(name: string, algorithm: KeyAlgorithmId): Promise<Scenario> {
  const top = await root({ key: await drawKey(algorithm) })
  const ca = await intermediate(top, { key: await drawKey(algorithm) })
  const target = await endEntity(ca, { key: await drawKey(algorithm) })
  return {
    name,
    unit: 'chains',
    ours: rounds(() => examine(top, ca, target)),
    floor: rounds(() => Promise.all([verifyRaw(ca, top), verifyRaw(target, ca)])),
    peers: {
      pkijs: rounds(() => pkijs(top, ca, target)),
      // It knows no elliptic curves.
      ...(KEY_ALGORITHMS[algorithm].keyType === 'rsa'
        ? { 'node-forge': rounds(() => nodeForge(top, ca, target)) }
        : {}),
    },
  }
}

const rounds =
  (work: () => Promise<unknown>): Batch =>
  async () => {
    for (let i = 0; i < ROUND; i++) await work()
    return ROUND
  }

async function examine(top: Drawn, ca: Drawn, target: Drawn): Promise<void> {
  const pool = createPool({
    anchors: [parseCertificate(top.certificate.der)],
    intermediates: [parseCertificate(ca.certificate.der)],
  })
  const { verdict } = await validate(parseCertificate(target.certificate.der), pool, ASKED)
  if (verdict !== 'valid') throw new Error(verdict)
}

/** The parameters of importKey and verify for the key that signed. */
export function rawParameters({
  key,
}: Drawn): [RsaHashedImportParams | EcKeyImportParams, EcdsaParams | string] {
  return key.algorithm === 'p256'
    ? [
        { name: 'ECDSA', namedCurve: 'P-256' },
        { name: 'ECDSA', hash: 'SHA-256' },
      ]
    : [{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, 'RSASSA-PKCS1-v1_5']
}

export const importRaw = (issuer: Drawn): Promise<CryptoKey> =>
  crypto.subtle.importKey('spki', issuer.key.spki, rawParameters(issuer)[0], false, ['verify'])

/** The signature as WebCrypto takes it. */
export const rawSignature = ({ certificate }: Drawn, issuer: Drawn): Uint8Array<ArrayBuffer> =>
  issuer.key.algorithm === 'p256'
    ? ecdsaToRaw(certificate.signatureValue, 32)!
    : Uint8Array.from(certificate.signatureValue)

async function verifyRaw(signed: Drawn, issuer: Drawn): Promise<void> {
  const key = await importRaw(issuer)
  const tbs = signed.certificate.tbs as Uint8Array<ArrayBuffer>
  const holds = await crypto.subtle.verify(rawParameters(issuer)[1], key, rawSignature(signed, issuer), tbs)
  if (!holds) throw new Error('invalid')
}

async function pkijs(top: Drawn, ca: Drawn, target: Drawn): Promise<void> {
  setEngine('webcrypto', new CryptoEngine({ name: 'webcrypto', crypto }))
  const read = ({ certificate }: Drawn) => Certificate.fromBER(certificate.der as Uint8Array<ArrayBuffer>)
  const engine = new CertificateChainValidationEngine({
    trustedCerts: [read(top)],
    certs: [read(ca), read(target)],
    checkDate: AT,
  })
  const { result, resultMessage } = await engine.verify()
  if (!result) throw new Error(resultMessage)
}

/** It asks for no purpose and no name, and knows neither constraints on names nor policies. */
function nodeForge(top: Drawn, ca: Drawn, target: Drawn): Promise<void> {
  const read = ({ certificate }: Drawn) =>
    forge.pki.certificateFromAsn1(forge.asn1.fromDer(binary(certificate.der)))
  const store = forge.pki.createCaStore([read(top)])
  if (!forge.pki.verifyCertificateChain(store, [read(target), read(ca)], { validityCheckDate: AT }))
    throw new Error('node-forge')
  return Promise.resolve()
}
