import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { IssuanceRequest } from '../../src/ca/input.ts'
import { PROFILES } from '../../src/ca/profiles.ts'
import { opensslCommands } from '../../src/paper/openssl-commands.ts'
import type { KeyAlgorithmId } from '../../src/webcrypto/algorithms.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import { EXTENSION_OIDS } from '../../src/x509/oids.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { fromBase64 } from '../../src/octets.ts'
import { issued, request } from '../support/authority.ts'
import type { TestAuthority } from '../support/authority.ts'
import { toHex } from '../support/bytes.ts'
import { scratch, succeed } from '../support/run.ts'

/** The commands shown beside a certificate make one like it: all fields are compared but key, serial number and time. */

const root = await issued('root', request('Example Root'), null, 'p384')
const intermediate = await issued('intermediate', request('Example Issuing CA'), root)

const FROM_KEYS: ReadonlySet<string> = new Set([
  EXTENSION_OIDS.subjectKeyIdentifier,
  EXTENSION_OIDS.authorityKeyIdentifier,
])

/** What two certificates have in common when only key, serial number and time differ. */
const fields = (certificate: Certificate) => ({
  version: certificate.version,
  signature: toHex(certificate.signature.der),
  issuer: toHex(certificate.issuer.der),
  subject: toHex(certificate.subject.der),
  key: toHex(certificate.spki.algorithm.der),
  bits: certificate.spki.publicKey.length,
  extensions: certificate.extensions.map(({ oid, critical, value }) => ({
    oid,
    critical,
    value: FROM_KEYS.has(oid) ? value.length : toHex(value),
  })),
  authority: Object.keys(certificate.authorityKeyIdentifier ?? {}),
})

async function remade(made: TestAuthority, issuer: TestAuthority | null): Promise<Certificate> {
  const { path, file } = scratch()
  const { show, verify, config, make } = opensslCommands(made.certificate, issuer === null)
  const chain = made.chain.map(({ der }) => encodePem('CERTIFICATE', der))
  file('certificate.pem', encodePem('CERTIFICATE', made.certificate.der))
  file('root.pem', chain.at(-1) ?? '')
  file('chain.pem', chain.join(''))
  file('like.cnf', config!)
  if (issuer) {
    file('issuer.pem', encodePem('CERTIFICATE', issuer.certificate.der))
    file('issuer-key.pem', encodePem('PRIVATE KEY', issuer.key.pkcs8))
  }
  for (const command of [show, make!]) await succeed('sh', ['-ec', command], { cwd: path })
  // The CAs of tests begin on a day of their own.
  const at = Math.floor(made.certificate.notBefore.getTime() / 1000) + 3600
  await succeed('sh', ['-ec', verify.replace('openssl verify', `openssl verify -attime ${at}`)], {
    cwd: path,
  })
  const pem = readFileSync(join(path, 'like.pem'), 'utf8')
  return parseCertificate(fromBase64(pem.replace(/-----[^-]*-----/g, ''))!)
}

const RICH: Partial<IssuanceRequest> = {
  subject: [
    { type: 'countryName', value: 'DE' },
    { type: 'organizationName', value: 'Büro "Nord" $HOME, Söhne & Co. \\ #1' },
    { type: 'organizationalUnitName', value: 'One' },
    { type: 'organizationalUnitName', value: 'Two + three = five' },
    { type: 'commonName', value: 'www.example.com' },
  ],
  subjectAltNames: [
    { kind: 'dNSName', value: 'www.example.com' },
    { kind: 'dNSName', value: '*.bücher.example' },
    { kind: 'iPAddress', value: '10.1.2.3' },
    { kind: 'iPAddress', value: '2001:db8::1' },
    { kind: 'rfc822Name', value: 'someone@example.com' },
    { kind: 'uniformResourceIdentifier', value: 'spiffe://example.com/a,b' },
    { kind: 'directoryName', value: 'CN=Somebody,O=Example\\, Inc.' },
    { kind: 'otherName', value: '1.3.6.1.4.1.311.20.2.3;UTF8:user@example.com' },
    { kind: 'registeredID', value: '1.2.3.4' },
  ],
  extensions: {
    certificatePolicies: ['1.2.3.4 https://example.com/cps', '1.2.3.5 A notice, with "quotes"'],
    cRLDistributionPoints: ['http://example.com/ca.crl', 'http://example.com/b.crl?x=1,2'],
    authorityInfoAccess: { ocsp: ['http://ocsp.example.com'], caIssuers: ['http://example.com/ca.cer'] },
    tlsFeature: [5],
    custom: [{ oid: '1.2.3.4.5', critical: false, value: '0c0568656c6c6f' }],
  },
}

const CONSTRAINED: Partial<IssuanceRequest> = {
  extensions: {
    pathLen: 2,
    extKeyUsage: ['serverAuth', 'clientAuth'],
    nameConstraints: {
      permitted: ['example.com', '10.0.0.0/8'],
      excluded: ['secret.example.com'],
      nothingElse: true,
    },
    certificatePolicies: ['1.2.3.4'],
    policyMappings: [{ issuerDomainPolicy: '1.2.3.4', subjectDomainPolicy: '1.2.3.5' }],
    policyConstraints: { requireExplicitPolicy: 3, inhibitPolicyMapping: 1 },
    inhibitAnyPolicy: 1,
  },
}

const ENGINE: KeyAlgorithmId[] = ['rsa-2048', 'p256', 'p384', 'p521', 'ed25519']

describe('the OpenSSL commands beside a certificate', () => {
  test.each(PROFILES.map(({ id }) => id))('make one like it: %s', async (id) => {
    const by = id === 'root' ? null : id === 'intermediate' ? root : intermediate
    const made = await issued(id, request(id === 'email' ? 'a@example.com' : 'www.example.com'), by)
    expect(fields(await remade(made, by))).toEqual(fields(made.certificate))
  })

  test.each(ENGINE)('make one like it with a key of %s', async (algorithm) => {
    const made = await issued('root', request('Example Root'), null, algorithm)
    expect(fields(await remade(made, null))).toEqual(fields(made.certificate))
  })

  test.each(['rsa-sha512', 'rsa-pss-sha256', 'rsa-pss-sha512'])(
    'make one like it signed by %s',
    async (signature) => {
      const made = await issued('root', request('Example Root', { signature }), null, 'rsa-2048')
      expect(fields(await remade(made, null))).toEqual(fields(made.certificate))
    },
  )

  test('make one like it with names, policies, addresses and an extension of its own', async () => {
    const made = await issued('tlsServer', request('', RICH), intermediate)
    expect(fields(await remade(made, intermediate))).toEqual(fields(made.certificate))
  })

  test('make one like it with every constraint a CA can have', async () => {
    const made = await issued('intermediate', request('Constrained', CONSTRAINED), root)
    expect(fields(await remade(made, root))).toEqual(fields(made.certificate))
  })

  test('make one like it without a subject', async () => {
    const nameless = request('', {
      subject: [],
      subjectAltNames: [{ kind: 'dNSName', value: 'www.example.com' }],
    })
    const made = await issued('tlsServer', nameless, intermediate)
    expect(fields(await remade(made, intermediate))).toEqual(fields(made.certificate))
  })
})
