import { generateKeyPairSync } from 'node:crypto'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { digest } from '../../../src/webcrypto/signature.ts'
import { TAG } from '../../../src/der/reader.ts'
import { oid, seq } from '../../../src/der/writer.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { encodeName, nameFromDer } from '../../../src/x509/name.ts'
import { parseNameText } from '../../../src/x509/name-from-text.ts'
import type { Drawing, Drawn, Key } from '../../support/chain.ts'
import { drawKey, endEntity, intermediate, root, selfSigned } from '../../support/chain.ts'
import { VALIDITY } from '../chains/breaks.ts'

/** A chain that some program is known to validate otherwise than we do. */
export interface OddChain {
  readonly target: Drawn
  readonly sent: readonly Drawn[]
  readonly anchors: readonly Drawn[]
  readonly options?: Partial<ValidateOptions>
}

const DAY = 86_400_000
const wide = (drawing: Drawing = {}): Drawing => ({ ...VALIDITY, ...drawing })

interface Levels {
  readonly root?: Drawing
  readonly ca?: Drawing
  readonly target?: Drawing
}

/** root → CA → target, each drawn as said. */
async function three(levels: Levels = {}, options?: Partial<ValidateOptions>): Promise<OddChain> {
  const top = await root(wide(levels.root))
  const ca = await intermediate(top, wide(levels.ca))
  const target = await endEntity(ca, wide(levels.target))
  return { target, sent: [ca], anchors: [top], ...(options && { options }) }
}

const ofKeys = async (algorithm: Parameters<typeof drawKey>[0]): Promise<OddChain> =>
  three({
    root: { key: await drawKey(algorithm) },
    ca: { key: await drawKey(algorithm) },
    target: { key: await drawKey(algorithm) },
  })

/** The same name, its UTF8String as PrintableString: other octets, equal by RFC 5280 §7.1. */
function inOtherStringType(text: string): Uint8Array {
  const der = Uint8Array.from(encodeName(parseNameText(text)))
  // Behind the headers of SEQUENCE, SET and SEQUENCE, and commonName's OID.
  const tag = 11
  der[tag] = der[tag] === TAG.UTF8_STRING ? TAG.PRINTABLE_STRING : TAG.UTF8_STRING
  return der
}

/** RSA of a size that we make no keys of. */
async function weakRsa(modulusLength: number): Promise<Key> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength })
  const spki = Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }))
  const pkcs8 = Uint8Array.from(privateKey.export({ type: 'pkcs8', format: 'der' }))
  const keyIdentifier = (await digest('SHA-256', spki)).subarray(0, 20)
  return { algorithm: 'rsa-2048', spki, pkcs8, keyIdentifier }
}

const subtree = (base: GeneralName) => ({ base, minimum: 0, maximum: null })
const permitted = (base: GeneralName): Drawing => ({
  extensions: { nameConstraints: { permitted: [subtree(base)], excluded: null } },
})
const excluded = (base: GeneralName): Drawing => ({
  extensions: { nameConstraints: { permitted: null, excluded: [subtree(base)] } },
})

const named = (name: GeneralName): Drawing => ({
  extensions: { subjectAltName: [{ kind: 'dNSName', value: 'example.com' }, name] },
})

const ECDSA_SHA1 = {
  algorithm: seq(oid('1.2.840.10045.4.1')),
  scheme: { kind: 'ecdsa', hash: 'SHA-1' },
} as const
const policies = { certificatePolicies: [{ oid: '1.3.6.1.4.1.55555.2.1', qualifiers: [] }] }

/** One for each known difference that the drawn chains do not meet, and one that all take. */
export const ODD_CHAINS: Readonly<Record<string, () => Promise<OddChain>>> = {
  ordinary: () => three(),
  'name-in-other-string-type': () =>
    three({ ca: { subject: 'CN=Some CA' }, target: { issuerName: inOtherStringType('CN=Some CA') } }),
  'name-in-other-case': () => three({ ca: { subject: 'CN=Some CA' }, target: { issuerName: 'CN=SOME  ca' } }),
  'sha1-not-allowed': () => three({ target: { oddSignature: ECDSA_SHA1 } }),
  'sha1-allowed': () => three({ target: { oddSignature: ECDSA_SHA1 } }, { allowSha1: true }),
  'p521-target': async () => three({ target: { key: await drawKey('p521') } }),
  p521: () => ofKeys('p521'),
  ed25519: () => ofKeys('ed25519'),
  'ed25519-target': async () => three({ target: { key: await drawKey('ed25519') } }),
  'ml-dsa': () => ofKeys('ml-dsa-44'),
  'rsa-1024': async () => three({ target: { key: await weakRsa(1024), ...ENCIPHERS } }),
  'rsa-512': async () => three({ target: { key: await weakRsa(512), ...ENCIPHERS } }),
  'valid-for-900-days': () => three({ root: long(3000), ca: long(3000), target: long(870) }),
  'valid-for-500-days': () => three({ root: long(3000), ca: long(3000), target: long(470) }),
  'rsa-signing-only': async () => three({ target: { key: await drawKey('rsa-2048') } }),
  'anchor-in-the-middle': async () => {
    const { target, sent } = await three()
    return { target, sent: [], anchors: sent }
  },
  'anchor-of-version-1': () => three({ root: { version: 1 } }),
  'self-signed-target': async () => {
    const target = await selfSigned(wide({ subject: 'CN=example.com', extensions: SAN }))
    return { target, sent: [], anchors: [target] }
  },
  'usage-non-repudiation': () => three({ target: { extensions: { keyUsage: new Set(['nonRepudiation']) } } }),
  'usage-key-agreement': () => three({ target: { extensions: { keyUsage: new Set(['keyAgreement']) } } }),
  'anchor-may-not-sign': () => three({ root: { extensions: { keyUsage: new Set(['cRLSign']) } } }),
  'anchor-other-usage': () => three({ root: { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.2'] } } }),
  'anchor-server-usage': () => three({ root: { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.1'] } } }),
  'anchor-unknown-critical': () =>
    three({ root: { more: [{ oid: '1.3.6.1.4.1.55555.1', critical: true, value: Uint8Array.of(5, 0) }] } }),
  'anchor-name-excluded': () => three({ root: excluded({ kind: 'dNSName', value: 'example.com' }) }),
  'inhibit-any-policy': () =>
    three({
      ca: { extensions: { ...policies, inhibitAnyPolicy: 0 } },
      target: { extensions: policies },
    }),
  'policy-mapping': () =>
    three({
      ca: {
        extensions: {
          ...policies,
          policyMappings: [
            { issuerDomainPolicy: '1.3.6.1.4.1.55555.2.1', subjectDomainPolicy: '1.3.6.1.4.1.55555.2.2' },
          ],
        },
      },
      target: { extensions: { certificatePolicies: [{ oid: '1.3.6.1.4.1.55555.2.2', qualifiers: [] }] } },
    }),
  'directory-name-permitted': () =>
    three({
      ca: permitted({ kind: 'directoryName', name: nameOf('O=Example') }),
      target: { subject: 'CN=example.com,O=Example' },
    }),
  'directory-name-not-permitted': () =>
    three({ ca: permitted({ kind: 'directoryName', name: nameOf('O=Example') }) }),
  'uri-permitted': () =>
    three({ ca: permitted({ kind: 'uniformResourceIdentifier', value: 'example.com' }) }),
  'email-permitted': () => three({ ca: permitted({ kind: 'rfc822Name', value: 'example.com' }) }),
  'ip-excluded': () => three({ ca: excluded({ kind: 'iPAddress', octets: new Uint8Array(8) }) }),
  'registered-id-permitted': () => three({ ca: permitted({ kind: 'registeredID', oid: '1.2.3.4' }) }),
  'leading-dot-permitted': () => three({ ca: permitted({ kind: 'dNSName', value: '.example.com' }) }),
  'wildcard-over-excluded-name': () =>
    three({
      ca: excluded({ kind: 'dNSName', value: 'a.example.com' }),
      target: named({ kind: 'dNSName', value: '*.example.com' }),
    }),
  'wildcard-in-excluded-domain': () =>
    three({
      ca: excluded({ kind: 'dNSName', value: 'b.example.com' }),
      target: named({ kind: 'dNSName', value: '*.b.example.com' }),
    }),
  'mailbox-in-other-case': () =>
    three({
      ca: permitted({ kind: 'rfc822Name', value: 'A@example.com' }),
      target: named({ kind: 'rfc822Name', value: 'a@example.com' }),
    }),
  'address-of-other-family': () =>
    three({
      ca: permitted({ kind: 'iPAddress', octets: new Uint8Array(32).fill(255) }),
      target: named({ kind: 'iPAddress', octets: Uint8Array.of(10, 1, 0, 5) }),
    }),
  'address-of-later-family': () =>
    three({
      ca: permitted({ kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0) }),
      target: named({ kind: 'iPAddress', octets: new Uint8Array(16).fill(1) }),
    }),
  'empty-constraint-permitted': () => three({ ca: permitted({ kind: 'dNSName', value: '' }) }),
  'empty-constraint-excluded': () => three({ ca: excluded({ kind: 'dNSName', value: '' }) }),
  'constraints-not-critical': () =>
    three({
      ca: {
        ...permitted({ kind: 'dNSName', value: 'example.com' }),
        critical: { nameConstraints: false },
      },
    }),
  'basic-constraints-not-critical': () => three({ ca: { critical: { basicConstraints: false } } }),
  'aki-critical': () => three({ target: { critical: { authorityKeyIdentifier: true } } }),
  'san-critical': () => three({ target: { critical: { subjectAltName: true } } }),
  'usage-critical': () => three({ target: { critical: { extKeyUsage: true } } }),
  'subject-empty': () =>
    three({ target: { subject: Uint8Array.of(0x30, 0), critical: { subjectAltName: true } } }),
  'purpose-any': () =>
    three({ ca: { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.2'] } } }, { purpose: 'any' }),
  'without-nesting': () =>
    three({ ca: { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.2'] } } }, { ekuNesting: false }),
  'ca-other-kind-of-usage': () => three({ ca: { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.3'] } } }),
  'any-usage-in-anchor': () => three({ root: { extensions: { extKeyUsage: ['2.5.29.37.0'] } } }),
  'directory-name-excluded': () =>
    three({
      ca: excluded({ kind: 'directoryName', name: nameOf('O=Example') }),
      target: { subject: 'CN=example.com,O=Example' },
    }),
  'directory-name-other-excluded': () =>
    three({ ca: excluded({ kind: 'directoryName', name: nameOf('O=Other') }) }),
  'any-usage-in-ca': () => three({ ca: { extensions: { extKeyUsage: ['2.5.29.37.0'] } } }),
}

const ENCIPHERS: Drawing = { extensions: { keyUsage: new Set(['digitalSignature', 'keyEncipherment']) } }
const SAN = { subjectAltName: [{ kind: 'dNSName', value: 'example.com' } as const] }
const nameOf = (text: string) => nameFromDer(encodeName(parseNameText(text)))
const long = (days: number): Drawing => ({
  notBefore: VALIDITY.notBefore,
  notAfter: new Date(VALIDITY.notBefore.getTime() + (days + 30) * DAY),
})
