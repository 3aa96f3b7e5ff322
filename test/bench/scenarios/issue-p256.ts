import {
  AuthorityKeyIdentifierExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { BitString, Integer, OctetString, Utf8String } from 'asn1js'
import {
  AltName,
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  Certificate as PkijsCertificate,
  ExtKeyUsage,
  Extension,
  GeneralName,
} from 'pkijs'
import { issue } from '../../../src/ca/issue.ts'
import type { Signer } from '../../../src/ca/issue.ts'
import { prepare } from '../../../src/ca/prepare.ts'
import type { Issuer, Surroundings } from '../../../src/ca/prepare.ts'
import { profileById } from '../../../src/ca/profiles.ts'
import { generateKeyPair } from '../../../src/webcrypto/keys.ts'
import { sign } from '../../../src/webcrypto/signature.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { ecdsaFromRaw } from '../../../src/x509/ecdsa-signature.ts'
import { KeyCache } from '../../../src/x509/signed.ts'
import type { BenchAuthority } from '../p256-authority.ts'
import { ECDSA_SHA256, LIFETIME, makeAuthority, nextName, P256 } from '../p256-authority.ts'
import type { Batch, Scenario } from '../scenario.ts'
import { touch } from '../scenario.ts'

/**
 * One TLS server certificate from nothing: a P-256 key pair, the certificate with the same five extensions,
 * its signature by a P-256 CA, and the check of that signature. Ours also reads back and lints what it signs.
 */
export default async function issueP256(): Promise<Scenario> {
  const authority = await makeAuthority()
  return {
    name: 'issue-p256',
    unit: 'certificates',
    ours: inLanes(ours(authority)),
    floor: inLanes(floor(authority)),
    peers: { pkijs: inLanes(pkijs(authority)), '@peculiar/x509': inLanes(peculiar(authority)) },
  }
}

/** Four at a time, for all who take part: key generation, signing and verifying run beside each other in the engine. */
const LANES = 4
function inLanes(make: () => Promise<unknown>): Batch {
  const lane = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) touch(await make())
  }
  return async () => {
    await Promise.all(Array.from({ length: LANES }, lane))
    return LANES * 10
  }
}

/** The least that could do it: make a key, sign as many bytes as a TBSCertificate has, verify. */
function floor({ keys }: BenchAuthority): () => Promise<unknown> {
  return async () => {
    await crypto.subtle.generateKey(P256, true, ['sign', 'verify'])
    const tbs = crypto.getRandomValues(new Uint8Array(350))
    const signature = await crypto.subtle.sign(ECDSA_SHA256, keys.privateKey, tbs)
    if (!(await crypto.subtle.verify(ECDSA_SHA256, keys.publicKey, signature, tbs))) throw new Error('floor')
  }
}

function ours({ keys, der }: BenchAuthority): () => Promise<unknown> {
  const certificate = parseCertificate(der)
  const issuer: Issuer = { certificate, chain: [] }
  const signer: Signer = {
    sign: async (scheme, data) => ecdsaFromRaw(await sign(scheme, keys.privateKey, data)),
  }
  const profile = profileById('tlsServer')!
  const cache = new KeyCache()
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  return async () => {
    const { spki } = await generateKeyPair('p256')
    const at = new Date()
    const surroundings: Surroundings = { at, random, validate: () => Promise.resolve([]) }
    const name = nextName()
    const request = {
      subject: [{ type: 'commonName', value: name }],
      subjectAltNames: [{ kind: 'dNSName', value: name }],
      validity: { days: 90 },
      signature: null,
      extensions: {},
      key: spki,
    }
    const { token } = await prepare(profile, request, issuer, surroundings)
    return issue(token!, signer, { acknowledged: token!.warnings, keys: cache })
  }
}

function peculiar({ keys, der }: BenchAuthority): () => Promise<unknown> {
  const issuer = new X509Certificate(der)
  return async () => {
    const subject = await crypto.subtle.generateKey(P256, true, ['sign', 'verify'])
    const name = nextName()
    const certificate = await X509CertificateGenerator.create({
      serialNumber: hex(serialNumber()),
      issuer: issuer.subject,
      subject: `CN=${name}`,
      notBefore: new Date(),
      notAfter: new Date(Date.now() + LIFETIME),
      publicKey: subject.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ECDSA_SHA256,
      extensions: [
        await AuthorityKeyIdentifierExtension.create(issuer),
        await SubjectKeyIdentifierExtension.create(subject.publicKey),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
        new SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
      ],
    })
    if (!(await certificate.verify({ publicKey: keys.publicKey, signatureOnly: true })))
      throw new Error('@peculiar/x509')
    return certificate.rawData
  }
}

function pkijs({ keys, der }: BenchAuthority): () => Promise<unknown> {
  const issuer = PkijsCertificate.fromBER(der)
  const issuerKeyIdentifier = issuer.extensions?.find(({ extnID }) => extnID === '2.5.29.14')
    ?.parsedValue as OctetString
  return async () => {
    const subject = await crypto.subtle.generateKey(P256, true, ['sign', 'verify'])
    const name = nextName()
    const certificate = new PkijsCertificate()
    certificate.version = 2
    certificate.serialNumber = new Integer({ valueHex: serialNumber().buffer })
    certificate.issuer = issuer.subject
    certificate.subject.typesAndValues.push(
      new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: name }) }),
    )
    certificate.notBefore.value = new Date()
    certificate.notAfter.value = new Date(Date.now() + LIFETIME)
    await certificate.subjectPublicKeyInfo.importKey(subject.publicKey)
    const keyIdentifier = await certificate.getKeyHash('SHA-1')
    certificate.extensions = [
      extension(
        '2.5.29.35',
        false,
        new AuthorityKeyIdentifier({
          keyIdentifier: new OctetString({ valueHex: issuerKeyIdentifier.valueBlock.valueHexView }),
        }).toSchema(),
      ),
      extension('2.5.29.14', false, new OctetString({ valueHex: keyIdentifier })),
      extension('2.5.29.15', true, new BitString({ valueHex: new Uint8Array([0x80]).buffer, unusedBits: 7 })),
      extension('2.5.29.37', false, new ExtKeyUsage({ keyPurposes: ['1.3.6.1.5.5.7.3.1'] }).toSchema()),
      extension(
        '2.5.29.17',
        false,
        new AltName({ altNames: [new GeneralName({ type: 2, value: name })] }).toSchema(),
      ),
    ]
    await certificate.sign(keys.privateKey, 'SHA-256')
    if (!(await certificate.verify(issuer))) throw new Error('pkijs')
    return certificate.toSchema().toBER()
  }
}

function extension(extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER() })
}

function serialNumber(): Uint8Array<ArrayBuffer> {
  const serial = crypto.getRandomValues(new Uint8Array(20))
  serial[0]! &= 0x7f
  serial[0]! |= 0x40
  return serial
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
