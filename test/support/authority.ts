import type { Finding } from '../../src/findings.ts'
import type { IssuanceRequest } from '../../src/ca/input.ts'
import { issue } from '../../src/ca/issue.ts'
import type { Signer } from '../../src/ca/issue.ts'
import { prepare } from '../../src/ca/prepare.ts'
import type { Issuer, Preparation, Surroundings } from '../../src/ca/prepare.ts'
import { profileById } from '../../src/ca/profiles.ts'
import { KEY_ALGORITHMS } from '../../src/webcrypto/algorithms.ts'
import type { KeyAlgorithmId } from '../../src/webcrypto/algorithms.ts'
import { exportPrivateKey, generateKeyPair, importPrivateKey } from '../../src/webcrypto/keys.ts'
import { sign } from '../../src/webcrypto/signature.ts'
import { ecdsaFromRaw } from '../../src/x509/ecdsa-signature.ts'
import type { Certificate } from '../../src/x509/certificate.ts'

/** A test's key: to sign with, and to pass to an outside program. */
export interface TestKey {
  readonly spki: Uint8Array
  readonly pkcs8: Uint8Array
  readonly signer: Signer
}

export async function testKey(algorithm: KeyAlgorithmId): Promise<TestKey> {
  const { privateKey, spki } = await generateKeyPair(algorithm)
  const pkcs8 = await exportPrivateKey(privateKey)
  const { keyType } = KEY_ALGORITHMS[algorithm]
  const signer: Signer = {
    sign: async (scheme, data) => {
      const key = await importPrivateKey(keyType, scheme, pkcs8, { extractable: false })
      const signature = await sign(scheme, key, data)
      return scheme.kind === 'ecdsa' ? ecdsaFromRaw(signature) : signature
    },
  }
  return { spki, pkcs8, signer }
}

/** A certificate with its key and all certificates above it. */
export interface TestAuthority extends Issuer {
  readonly key: TestKey
}

export const surroundings = (over: Partial<Surroundings> = {}): Surroundings => ({
  at: new Date('2026-11-21T12:00:00Z'),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  validate: () => Promise.resolve([] as Finding[]),
  ...over,
})

export const request = (commonName: string, over: Partial<IssuanceRequest> = {}): IssuanceRequest => ({
  subject: [{ type: 'commonName', value: commonName }],
  subjectAltNames: [],
  validity: null,
  signature: null,
  extensions: {},
  ...over,
})

/** Prepares with a built-in profile and issues, accepting every warning. */
export async function issued(
  profileId: string,
  asked: IssuanceRequest,
  issuer: TestAuthority | null,
  algorithm: KeyAlgorithmId = 'p256',
  around: Surroundings = surroundings(),
): Promise<TestAuthority & { prepared: Preparation }> {
  const key = await testKey(algorithm)
  const prepared = await prepare(profileById(profileId)!, { ...asked, key: key.spki }, issuer, around)
  if (!prepared.token) throw new Error(`refused: ${prepared.findings.map(({ code }) => code).join(', ')}`)
  const certificate: Certificate = await issue(prepared.token, (issuer?.key ?? key).signer, {
    acknowledged: prepared.token.warnings,
  })
  return { certificate, chain: issuer ? [issuer.certificate, ...issuer.chain] : [], key, prepared }
}
