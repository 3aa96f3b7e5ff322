import { rsaKey } from './public-keys.ts'
import { nul, oid, seq } from '../../../der/writer.ts'
import type { FindingCode } from '../../../findings.ts'
import { encodeName, nameFromDer } from '../../../x509/name.ts'
import { EKU_OIDS, EXTENSION_OIDS, ALGORITHM_OIDS, POLICY_OIDS } from '../../../x509/oids.ts'
import { chainOf, CN, drawCa, drawRoot, drawServer, HOST, inDays, three } from './draw.ts'
import type { Chain, Drawing, Parts } from './draw.ts'

/** The same chain would also break rules of §4. */
const PATH_ALONE = { profile: 'path' } as const
const NO_POLICY = { requireExplicitPolicy: null, inhibitPolicyMapping: null }

const subtrees = (bases: NonNullable<NonNullable<Drawing['extensions']>['subjectAltName']>) =>
  bases.map((base) => ({ base, minimum: 0, maximum: null }))
const dns = (value: string) => ({ kind: 'dNSName', value }) as const
const policies = (...oids: string[]) => oids.map((each) => ({ oid: each, qualifiers: [] }))
const ca = (extensions: Drawing['extensions']): Parts => ({ ca: { extensions: extensions ?? {} } })

/** Path validation findings: a chain of three with one difference. */
export const PATH_PARTS: { readonly [C in FindingCode]?: Parts } = {
  'signature-hash-broken': { target: { inner: seq(oid(ALGORITHM_OIDS.md5WithRSAEncryption), nul()) } },
  'policy-qualifier-unknown': {
    target: {
      extensions: {
        certificatePolicies: [{ oid: '1.2.3', qualifiers: [{ oid: '1.2.3.4', value: nul() }] }],
      },
      critical: { certificatePolicies: true },
    },
  },
  'time-stamping-purpose': {
    target: { extensions: { extKeyUsage: [EKU_OIDS.timeStamping], subjectAltName: null } },
    asked: { purpose: 'timeStamping' },
  },
  'tls-feature-not-inherited': { ca: { extensions: { tlsFeature: [5] } } },
  'name-constraint-leading-dot': {
    ca: {
      extensions: {
        nameConstraints: {
          permitted: [{ base: { kind: 'dNSName', value: '.example.com' }, minimum: 0, maximum: null }],
          excluded: null,
        },
      },
    },
  },
  'rsa-below-1024': { target: { spki: () => rsaKey(768, 65537) } },
  'rsa-below-2048': { target: { spki: () => rsaKey(1024, 65537) } },
  expired: { target: { notAfter: inDays(-1), notBefore: inDays(-80) } },
  'not-yet-valid': { target: { notBefore: inDays(1) } },
  'signature-invalid': {
    target: {
      // One bit of the signature: what is signed stays the same.
      tamper: (der) => der.with(der.length - 1, der.at(-1)! ^ 1),
    },
  },
  'signature-sha1': {
    target: {
      inner: seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA1'])),
      scheme: { kind: 'ecdsa', hash: 'SHA-1' },
    },
  },
  'signature-unchecked': {
    target: { inner: seq(oid(ALGORITHM_OIDS.Ed448)), scheme: { kind: 'ecdsa', hash: 'SHA-256' } },
  },
  'key-cert-sign-missing': { ...ca({ keyUsage: new Set(['cRLSign']) }), asked: PATH_ALONE },
  'purpose-not-allowed': { asked: { purpose: 'clientAuth' } },
  'purpose-not-nested': ca({ extKeyUsage: [EKU_OIDS.clientAuth] }),
  'key-usage-inconsistent': {
    target: { extensions: { keyUsage: new Set(['nonRepudiation']) } },
    asked: PATH_ALONE,
  },
  'key-usage-unusual': {
    target: { extensions: { extKeyUsage: null, keyUsage: new Set(['nonRepudiation']) } },
  },
  'peer-name-mismatch': { asked: { peerNames: [{ kind: 'DNS', value: 'mail.example.com' }] } },
  'peer-name-unusable': { asked: { peerNames: [{ kind: 'DNS', value: 'not a host name' }] } },
  'name-not-permitted': ca({
    nameConstraints: { permitted: subtrees([dns('example.org')]), excluded: null },
  }),
  'name-excluded': ca({ nameConstraints: { permitted: null, excluded: subtrees([dns('example.com')]) } }),
  'name-constraint-unsupported': {
    ca: {
      extensions: {
        nameConstraints: { permitted: subtrees([{ kind: 'registeredID', oid: '1.2.3' }]), excluded: null },
      },
    },
    target: { extensions: { subjectAltName: [dns(HOST), { kind: 'registeredID', oid: '1.2.4' }] } },
    asked: PATH_ALONE,
  },
  'name-constraint-malformed': {
    ...ca({ nameConstraints: { permitted: subtrees([dns('*.example.com')]), excluded: null } }),
    asked: PATH_ALONE,
  },
  'constrained-name-malformed': {
    ...ca({ nameConstraints: { permitted: null, excluded: subtrees([dns('example.org')]) } }),
    target: { extensions: { subjectAltName: [dns(HOST), dns('a..b')] } },
    asked: PATH_ALONE,
  },
  'critical-extension-unknown': {
    target: { more: [{ oid: '1.2.3.4', critical: true, value: nul() }] },
  },
  'extension-unprocessable': {
    target: {
      extensions: { extKeyUsage: null },
      more: [{ oid: EXTENSION_OIDS.extKeyUsage, critical: true, value: nul() }],
    },
    asked: { ...PATH_ALONE, purpose: 'any' },
  },
  'explicit-policy-missing': ca({
    certificatePolicies: policies('1.2.3.1'),
    policyConstraints: { ...NO_POLICY, requireExplicitPolicy: 0 },
  }),
  'policy-mapping-any': {
    ...ca({
      certificatePolicies: policies('1.2.3.1'),
      policyMappings: [{ issuerDomainPolicy: '1.2.3.1', subjectDomainPolicy: POLICY_OIDS.anyPolicy }],
    }),
    asked: PATH_ALONE,
  },
  'key-identifier-mismatch': { target: { aki: { keyIdentifier: new Uint8Array(20).fill(7) } } },
  'authority-serial-mismatch': {
    target: {
      aki: {
        authorityCertIssuer: [{ kind: 'directoryName', name: nameFromDer(encodeName([CN('Example Root')])) }],
        authorityCertSerialNumber: Uint8Array.of(1),
      },
    },
  },
  'pin-mismatch': { asked: { pins: [{ of: 'certificate', sha256: '00'.repeat(32) }] } },
  'revocation-undetermined': { asked: { revocation: 'require' } },
  'depth-exceeded': { asked: { limits: { depth: 2 } } },
  'budget-exhausted': {
    ...ca({ nameConstraints: { permitted: subtrees([dns('example.com')]), excluded: null } }),
    asked: { limits: { comparisons: 0 } },
  },
}

/** Chains of another shape. */
export const PATH_CHAINS: { readonly [C in FindingCode]?: () => Promise<Chain> } = {
  'issuer-missing': async () => ({ ...chainOf(await three({})), intermediates: [] }),
  'anchor-missing': async () => {
    const { anchors, intermediates, ...rest } = chainOf(await three({}))
    return { ...rest, anchors: [], intermediates: [...intermediates, ...anchors] }
  },
  'not-a-ca': async () => {
    const top = await drawRoot()
    const middle = await drawServer(top, {
      subject: [CN('Not an authority')],
      extensions: { keyUsage: new Set(['keyCertSign']) },
    })
    return chainOf([top, middle, await drawServer(middle)], PATH_ALONE)
  },
  'path-len-exceeded': async () => {
    const top = await drawRoot()
    const middle = await drawCa(top, { extensions: { basicConstraints: { ca: true, pathLen: 0 } } })
    const below = await drawCa(middle, {}, 'Example CA below')
    return chainOf([top, middle, below, await drawServer(below)])
  },
  'path-loop': async () => {
    // Each of two authorities is certified by the other only.
    const [one, two] = [await drawRoot({ subject: [CN('One')] }), await drawRoot({ subject: [CN('Two')] })]
    const oneByTwo = await drawCa(two, { keyOf: one }, 'One')
    const twoByOne = await drawCa(one, { keyOf: two }, 'Two')
    const { certificate: target } = await drawServer(one)
    return { target, anchors: [], intermediates: [oneByTwo.certificate, twoByOne.certificate] }
  },
  'common-name-ignored': () =>
    three({
      target: { extensions: { subjectAltName: null } },
      asked: PATH_ALONE,
    }).then((path) => chainOf(path, { ...PATH_ALONE, peerNames: [{ kind: 'DNS', value: HOST }] })),
}
