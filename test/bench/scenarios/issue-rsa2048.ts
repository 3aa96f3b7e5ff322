import { issue } from '../../../src/ca/issue.ts'
import type { Signer } from '../../../src/ca/issue.ts'
import { prepare } from '../../../src/ca/prepare.ts'
import type { Surroundings } from '../../../src/ca/prepare.ts'
import { profileById } from '../../../src/ca/profiles.ts'
import { schemeOf } from '../../../src/webcrypto/algorithms.ts'
import { importPrivateKey } from '../../../src/webcrypto/keys.ts'
import { sign } from '../../../src/webcrypto/signature.ts'
import { KeyCache } from '../../../src/x509/signed.ts'
import { drawKey, root } from '../../support/chain.ts'
import type { Drawn, Key } from '../../support/chain.ts'
import forge from 'node-forge'
import { binary } from '../octets.ts'
import { LIFETIME, nextName } from '../p256-authority.ts'
import type { Batch, Scenario } from '../scenario.ts'
import { touch } from '../scenario.ts'

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const
const DAY = 86_400_000

/**
 * One TLS server certificate for a given RSA key, signed by an RSA CA: five extensions, the signature, and its check.
 * No key is made, because node-forge would have the same engine make it. Ours also reads back and lints what it signs.
 */
export default async function issueRsa2048(): Promise<Scenario> {
  const now = Math.floor(Date.now() / 1000) * 1000
  const validity = { notBefore: new Date(now - DAY), notAfter: new Date(now + 3650 * DAY) }
  const top = await root({ key: await drawKey('rsa-2048'), ...validity })
  const subject = await drawKey('rsa-2048')
  return {
    name: 'issue-rsa2048',
    unit: 'certificates',
    ours: inLanes(await ours(top, subject)),
    floor: inLanes(await floor(top)),
    peers: { 'node-forge': inLanes(nodeForge(top, subject)) },
  }
}

/** Four at a time, for all who take part. */
const LANES = 4
function inLanes(make: () => Promise<unknown>): Batch {
  const lane = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) touch(await make())
  }
  return async () => {
    await Promise.all(Array.from({ length: LANES }, lane))
    return LANES * 5
  }
}

/** The least that could do it: sign as many octets as a TBSCertificate has, and verify. */
async function floor({ key }: Drawn): Promise<() => Promise<unknown>> {
  const privateKey = await crypto.subtle.importKey('pkcs8', key.pkcs8, RSA, false, ['sign'])
  const publicKey = await crypto.subtle.importKey('spki', key.spki, RSA, false, ['verify'])
  return async () => {
    const tbs = crypto.getRandomValues(new Uint8Array(600))
    const signature = await crypto.subtle.sign(RSA.name, privateKey, tbs)
    if (!(await crypto.subtle.verify(RSA.name, publicKey, signature, tbs))) throw new Error('floor')
  }
}

async function ours({ certificate, key }: Drawn, subject: Key): Promise<() => Promise<unknown>> {
  const scheme = schemeOf('rsa-sha256')
  const privateKey = await importPrivateKey('rsa', scheme, key.pkcs8, { extractable: false })
  const signer: Signer = { sign: (used, data) => sign(used, privateKey, data) }
  const profile = profileById('tlsServer')!
  const cache = new KeyCache()
  return async () => {
    const surroundings: Surroundings = {
      at: new Date(),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      validate: () => Promise.resolve([]),
    }
    const name = nextName()
    const request = {
      subject: [{ type: 'commonName', value: name }],
      subjectAltNames: [{ kind: 'dNSName', value: name }],
      validity: { days: 90 },
      signature: null,
      extensions: {},
      key: subject.spki,
    }
    const { token } = await prepare(profile, request, { certificate, chain: [] }, surroundings)
    return issue(token!, signer, { acknowledged: token!.warnings, keys: cache })
  }
}

function nodeForge({ certificate, key }: Drawn, subject: Key): () => Promise<unknown> {
  const { asn1, md, pki } = forge
  const issuer = pki.certificateFromAsn1(asn1.fromDer(binary(certificate.der)))
  const privateKey = pki.privateKeyFromAsn1(asn1.fromDer(binary(key.pkcs8)))
  const publicKey = pki.publicKeyFromAsn1(asn1.fromDer(binary(subject.spki)))
  const keyIdentifier = issuer.generateSubjectKeyIdentifier().getBytes()
  return () => {
    const made = pki.createCertificate()
    const name = nextName()
    const serial = crypto.getRandomValues(new Uint8Array(16))
    made.serialNumber = `4${Array.from(serial, (octet) => octet.toString(16).padStart(2, '0'))
      .join('')
      .slice(1)}`
    made.publicKey = publicKey
    made.validity.notBefore = new Date()
    made.validity.notAfter = new Date(Date.now() + LIFETIME)
    made.setSubject([{ name: 'commonName', value: name }])
    made.setIssuer(issuer.subject.attributes)
    made.setExtensions([
      { name: 'authorityKeyIdentifier', keyIdentifier },
      { name: 'subjectKeyIdentifier' },
      { name: 'keyUsage', critical: true, digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ])
    made.sign(privateKey, md.sha256.create())
    if (!issuer.verify(made)) throw new Error('node-forge')
    return Promise.resolve(asn1.toDer(pki.certificateToAsn1(made)).getBytes())
  }
}
