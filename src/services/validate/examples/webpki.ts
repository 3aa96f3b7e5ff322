import { ia5String, oid, seq, utf8String } from '../../../der/writer.ts'
import type { FindingCode } from '../../../findings.ts'
import type { DistributionPoint } from '../../../x509/extensions/distribution-points.ts'
import type { GeneralSubtree } from '../../../x509/extensions/name-constraints.ts'
import { readTimestampList } from '../../../x509/extensions/signed-timestamps.ts'
import type { GeneralName } from '../../../x509/general-name.ts'
import { encodeName, nameFromDer } from '../../../x509/name.ts'
import {
  ATTRIBUTE_OIDS,
  EKU_OIDS,
  POLICY_OIDS,
  ALGORITHM_OIDS,
  ACCESS_METHOD_OIDS,
  BR_POLICY_OIDS,
} from '../../../x509/oids.ts'
import { AT } from './day.ts'
import { CN, HOST, inDays, PUBLIC_CA } from './draw.ts'
import { rsaKey } from './public-keys.ts'
import type { Drawing, Parts } from './draw.ts'

type Extensions = NonNullable<Drawing['extensions']>

/** Validated by the CA/B Forum's rules in addition. */
const asked = { profile: 'webpki' } as const
const target = (drawing: Drawing): Parts => ({ target: drawing, asked })
const ca = (drawing: Drawing): Parts => ({ ca: drawing, asked })
const root = (drawing: Drawing): Parts => ({ root: drawing, asked })
const server = (extensions: Extensions): Parts => target({ extensions })
const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const san = (...names: GeneralName[]): Parts => server({ subjectAltName: [dns(HOST), ...names] })
const policies = (...all: string[]) => ({
  certificatePolicies: all.map((each) => ({ oid: each, qualifiers: [] })),
})

const SERVER = EKU_OIDS.serverAuth
const CLIENT = EKU_OIDS.clientAuth
const CODE = EKU_OIDS.codeSigning
const ANY = EKU_OIDS.anyExtendedKeyUsage
const ROOT_AND_SERIAL = {
  authorityCertIssuer: [{ kind: 'directoryName', name: nameFromDer(encodeName([CN('Example Root')])) }],
  authorityCertSerialNumber: Uint8Array.of(1),
} as const
const DOMAIN_VALIDATED = BR_POLICY_OIDS.domainValidated

const LISTED: DistributionPoint = {
  fullName: [{ kind: 'uniformResourceIdentifier', value: 'http://example.com/ca.crl' }],
  nameRelativeToCRLIssuer: null,
  reasons: null,
  cRLIssuer: null,
}
const subtree = (base: GeneralName): GeneralSubtree => ({ base, minimum: 0, maximum: null })
const RESERVED: GeneralName = { kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0) }
/** One version 1 timestamp from an unknown log: a length, and that many octets. */
const TIMESTAMPS = readTimestampList(Uint8Array.of(0, 49, 0, 47, ...new Uint8Array(47)))
/** A delegated OCSP responder, validated without a purpose. */
const responder = (extensions: Extensions): Parts => ({
  target: {
    extensions: {
      extKeyUsage: [EKU_OIDS.OCSPSigning],
      subjectAltName: null,
      certificatePolicies: null,
      cRLDistributionPoints: null,
      ocspNoCheck: true,
      ...extensions,
    },
  },
  asked: { ...asked, purpose: 'any' },
})

export const WEBPKI_PARTS: { readonly [C in FindingCode]?: Parts } = {
  'br-key-algorithm': target({ key: 'ed25519' }),
  'br-signature-algorithm': {
    ...target({
      inner: seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA1'])),
      scheme: { kind: 'ecdsa', hash: 'SHA-1' },
    }),
    asked: { ...asked, allowSha1: true },
  },
  'br-signature-hash-for-curve': {
    ca: { key: 'p384' },
    target: {
      inner: seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA256'])),
      scheme: { kind: 'ecdsa', hash: 'SHA-256' },
    },
    asked,
  },
  'br-rsa-size': target({ spki: () => rsaKey(1024, 65537) }),
  'br-rsa-exponent': target({ spki: () => rsaKey(2048, 1) }),
  'br-unique-id': target({ issuerUniqueID: { unusedBits: 0, bytes: Uint8Array.of(1) } }),
  'br-serial-short': target({ serialNumber: Uint8Array.of(0x41, 2, 3, 4, 5) }),
  'br-validity-too-long': target({ notAfter: inDays(300) }),
  'br-san-missing': target({
    subject: PUBLIC_CA.slice(0, 1),
    extensions: { subjectAltName: null },
  }),
  'br-san-critical': target({ critical: { subjectAltName: true } }),
  'br-version': target({ version: 2 }),
  'br-issuer-name-bytes': target({ issuer: [...PUBLIC_CA.slice(0, 2), CN('EXAMPLE ISSUING CA')] }),
  'br-target-is-ca': server({ basicConstraints: { ca: true, pathLen: null } }),
  'br-aki-missing': server({ authorityKeyIdentifier: null }),
  'br-aki-mismatch': target({ aki: { keyIdentifier: new Uint8Array(20).fill(7) } }),

  'br-san-kind': san({ kind: 'rfc822Name', value: 'a@example.com' }),
  'br-dns-name': san(dns('a*.example.com')),
  'br-internal-name': san(dns('intranet')),
  'br-wildcard-of-top-level': san(dns('*.com')),
  'br-reserved-address': san({ kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 1) }),
  'br-common-name-repeated': target({ subject: [CN(HOST), CN(HOST)] }),
  'br-common-name-not-in-san': target({ subject: [CN('mail.example.com')] }),
  'br-common-name-below-wildcard': target({
    subject: [CN('example.com')],
    extensions: { subjectAltName: [dns('*.example.com')] },
  }),
  'br-eku-missing': server({ extKeyUsage: null }),
  'br-eku-server-auth-missing': { ...server({ extKeyUsage: [CLIENT] }), asked: { ...asked, purpose: 'any' } },
  'br-eku-any': server({ extKeyUsage: [SERVER, ANY] }),
  'br-eku-forbidden': server({ extKeyUsage: [SERVER, CODE] }),
  'br-eku-critical': target({ critical: { extKeyUsage: true } }),
  'br-eku-in-root': root({ extensions: { extKeyUsage: [SERVER] } }),
  'br-ca-eku-forbidden': ca({ extensions: { extKeyUsage: [SERVER, CODE] } }),
  'br-target-key-usage': server({ keyUsage: new Set(['digitalSignature', 'nonRepudiation']) }),
  'br-key-usage-not-critical': ca({ critical: { keyUsage: false } }),
  'br-ca-key-usage': ca({ extensions: { keyUsage: new Set(['keyCertSign']) } }),
  'br-aki-issuer-and-serial': target({ aki: ROOT_AND_SERIAL }),
  'br-aki-key-identifier-missing': target({ aki: { ...ROOT_AND_SERIAL, keyIdentifier: null } }),
  'br-name-constraints-kind': ca({
    extensions: {
      nameConstraints: {
        permitted: null,
        excluded: [
          { base: { kind: 'uniformResourceIdentifier', value: 'example.org' }, minimum: 0, maximum: null },
        ],
      },
    },
  }),
  'br-name-constraints-empty': ca({
    extensions: { nameConstraints: { permitted: null, excluded: null } },
  }),
  'br-policy-missing': server(policies('1.2.3')),
  'br-policy-any': server(policies(DOMAIN_VALIDATED, POLICY_OIDS.anyPolicy)),
  'br-policy-qualifier': server({
    certificatePolicies: [
      {
        oid: DOMAIN_VALIDATED,
        qualifiers: [{ oid: POLICY_OIDS.userNotice, value: seq(utf8String('x')) }],
      },
    ],
  }),
  'br-address-not-http': server({
    authorityInfoAccess: [
      {
        method: ACCESS_METHOD_OIDS.caIssuers,
        location: { kind: 'uniformResourceIdentifier', value: 'https://example.com/ca.cer' },
      },
    ],
  }),

  'br-ca-eku-missing': ca({ extensions: { extKeyUsage: null } }),
  'br-ca-policies': ca({ extensions: policies('1.2.3') }),
  'br-ca-subject': ca({ subject: PUBLIC_CA.slice(1) }),
  'br-organizational-unit-in-ca': ca({ subject: [...PUBLIC_CA, [{ oid: ATTRIBUTE_OIDS.OU, text: 'IT' }]] }),
  'br-distribution-point-field': server({
    cRLDistributionPoints: [
      { ...LISTED, reasons: null },
      { ...LISTED, reasons: new Set(['keyCompromise']) },
    ],
  }),
  'br-crl-address-missing': server({ cRLDistributionPoints: null }),
  'br-digital-signature-missing': server({ keyUsage: new Set(['keyAgreement']) }),
  'br-basic-constraints-not-critical': target({
    extensions: { basicConstraints: { ca: false, pathLen: null } },
    critical: { basicConstraints: false },
  }),
  'br-responder-extension': responder({ certificatePolicies: [{ oid: DOMAIN_VALIDATED, qualifiers: [] }] }),
  'br-responder-key-usage': responder({ keyUsage: new Set(['digitalSignature', 'nonRepudiation']) }),
  'br-responder-eku': responder({ extKeyUsage: [EKU_OIDS.OCSPSigning, '1.2.3'] }),
  'br-policies-several': server(policies(DOMAIN_VALIDATED, BR_POLICY_OIDS.organizationValidated)),
  'br-policy-not-first': server(policies('1.2.3', DOMAIN_VALIDATED)),
  'br-subject-attribute': target({ subject: [[{ oid: ATTRIBUTE_OIDS.O, text: 'Example' }], CN(HOST)] }),
  'br-subject-attribute-missing': target({
    subject: [...PUBLIC_CA.slice(0, 2), CN(HOST)],
    extensions: policies(BR_POLICY_OIDS.organizationValidated),
  }),
  'br-access-method': server({
    authorityInfoAccess: [
      { method: '1.2.3', location: { kind: 'uniformResourceIdentifier', value: 'http://example.com/' } },
    ],
  }),
  'br-cps-address': server({
    certificatePolicies: [
      {
        oid: DOMAIN_VALIDATED,
        qualifiers: [{ oid: POLICY_OIDS.cps, value: ia5String('ftp://example.com/cps') }],
      },
    ],
  }),
  'br-eku-other': server({ extKeyUsage: [SERVER, '1.2.3'] }),
  'br-root-path-len': root({ extensions: { basicConstraints: { ca: true, pathLen: 1 } } }),
  'br-name-constraints-reserved': ca({
    extensions: {
      nameConstraints: { permitted: [subtree(RESERVED)], excluded: [subtree(dns('example.org'))] },
    },
  }),
  'br-name-constraints-directory-excluded': ca({
    extensions: {
      nameConstraints: {
        permitted: [subtree(dns('example.com'))],
        excluded: [
          subtree({
            kind: 'directoryName',
            name: nameFromDer(encodeName([[{ oid: ATTRIBUTE_OIDS.O, text: 'Other' }]])),
          }),
        ],
      },
    },
  }),
  'sct-list-malformed': server({ signedCertificateTimestamps: readTimestampList(Uint8Array.of(0, 0)) }),
  'precertificate-with-timestamps': {
    ...target({
      extensions: { signedCertificateTimestamps: TIMESTAMPS, precertificatePoison: true },
      critical: { precertificatePoison: true },
    }),
  },
  'chrome-client-auth': target({ notBefore: AT, extensions: { extKeyUsage: [SERVER, CLIENT] } }),
}
