import { describe, expect, test } from 'vitest'
import { ia5String, oid, seq } from '../../../src/der/writer.ts'
import type { PeerName } from '../../../src/validate/options.ts'
import type { Profile } from '../../../src/lint/profiles.ts'
import { EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import { parseIpAddress } from '../../../src/x509/ip-address.ts'
import type { Drawing } from '../../support/chain.ts'
import { drawKey, endEntity, intermediate, root } from '../../support/chain.ts'
import { examine } from './examine.ts'

interface Drawings {
  readonly top?: Drawing
  readonly ca?: Drawing
  readonly target?: Drawing
}

/** Meets the Baseline Requirements too. */
const policies = [{ oid: '2.23.140.1.2.1', qualifiers: [] }]

/** The verdict on root → CA → target as a TLS server. */
async function verdict(profile: Profile, { top = {}, ca = {}, target = {} }: Drawings, peer?: PeerName) {
  const anchor = await root(top)
  const issuer = await intermediate(anchor, {
    ...ca,
    extensions: { certificatePolicies: policies, ...ca.extensions },
  })
  const below = await endEntity(issuer, {
    ...target,
    extensions: { certificatePolicies: policies, ...target.extensions },
  })
  const report = await examine(
    below,
    { anchors: [anchor], intermediates: [issuer] },
    { profile, purpose: 'serverAuth', peerNames: peer ? [peer] : [] },
  )
  return report.verdict
}

const dns = (value: string) => ({ kind: 'dNSName', value }) as const
const noKeyIdentifier = { keyIdentifier: null, authorityCertIssuer: null, authorityCertSerialNumber: null }
const withNul = (length: number) => Uint8Array.from({ length }, (_, i) => (i === 0 ? 1 : i))

describe('rfc5280', () => {
  test.each<[string, Drawings, 'valid' | 'invalid']>([
    ['a chain as §4 wants it', {}, 'valid'],
    [
      'an anchor without subjectKeyIdentifier',
      { top: { extensions: { subjectKeyIdentifier: null } } },
      'invalid',
    ],
    ['a CA without subjectKeyIdentifier', { ca: { extensions: { subjectKeyIdentifier: null } } }, 'invalid'],
    [
      'a target without subjectKeyIdentifier',
      { target: { extensions: { subjectKeyIdentifier: null } } },
      'valid',
    ],
    ['a critical subjectKeyIdentifier', { target: { critical: { subjectKeyIdentifier: true } } }, 'invalid'],
    [
      'a CA without authorityKeyIdentifier',
      { ca: { extensions: { authorityKeyIdentifier: null } } },
      'invalid',
    ],
    [
      'a target without authorityKeyIdentifier',
      { target: { extensions: { authorityKeyIdentifier: null } } },
      'invalid',
    ],
    [
      'a critical authorityKeyIdentifier',
      { target: { critical: { authorityKeyIdentifier: true } } },
      'invalid',
    ],
    ['a serial number of 20 octets', { target: { serialNumber: withNul(20) } }, 'valid'],
    ['a serial number of 21 octets', { target: { serialNumber: withNul(21) } }, 'invalid'],
    ['a negative serial number', { target: { serialNumber: Uint8Array.of(0x80, 1) } }, 'invalid'],
    ['a serial number of zero', { target: { serialNumber: Uint8Array.of(0) } }, 'invalid'],
    ['an empty subject, its names not critical', { target: { subject: '' } }, 'invalid'],
    [
      'an empty subject, its names critical',
      { target: { subject: '', critical: { subjectAltName: true } } },
      'valid',
    ],
    ['a CA with an empty subject', { ca: { subject: '' } }, 'invalid'],
    ['an anchor without basicConstraints', { top: { extensions: { basicConstraints: null } } }, 'invalid'],
    [
      'an anchor with basicConstraints not critical',
      { top: { critical: { basicConstraints: false } } },
      'invalid',
    ],
    [
      'an anchor that may not sign certificates',
      { top: { extensions: { keyUsage: new Set(['cRLSign']) } } },
      'invalid',
    ],
    [
      'a target that may sign certificates and is no CA',
      { target: { extensions: { keyUsage: new Set(['keyCertSign']), extKeyUsage: null } } },
      'invalid',
    ],
    ['a target without keyUsage', { target: { extensions: { keyUsage: null } } }, 'valid'],
    ['a target without extKeyUsage', { target: { extensions: { extKeyUsage: null } } }, 'valid'],
    [
      'name constraints not critical',
      {
        ca: {
          extensions: {
            nameConstraints: {
              permitted: [{ base: dns('example.com'), minimum: 0, maximum: null }],
              excluded: null,
            },
          },
          critical: { nameConstraints: false },
        },
      },
      'invalid',
    ],
    [
      'an unknown critical extension on the anchor',
      { top: { more: [{ oid: '1.2.3.4', critical: true, value: seq() }] } },
      'invalid',
    ],
    [
      'an extension twice',
      {
        target: {
          more: [{ oid: EXTENSION_OIDS.subjectAltName, critical: false, value: seq(ia5String('x')) }],
        },
      },
      'invalid',
    ],
    [
      'authorityInfoAccess critical',
      {
        target: {
          extensions: {
            authorityInfoAccess: [
              {
                method: '1.3.6.1.5.5.7.48.1',
                location: { kind: 'uniformResourceIdentifier', value: 'http://ocsp.example/' },
              },
            ],
          },
          critical: { authorityInfoAccess: true },
        },
      },
      'invalid',
    ],
    [
      'policyConstraints not critical',
      {
        ca: {
          extensions: { policyConstraints: { requireExplicitPolicy: 5, inhibitPolicyMapping: null } },
          critical: { policyConstraints: false },
        },
      },
      'invalid',
    ],
    ['a wildcard name', { target: { extensions: { subjectAltName: [dns('*.example.com')] } } }, 'valid'],
    ['a DNS name with a space', { target: { extensions: { subjectAltName: [dns(' ')] } } }, 'invalid'],
    [
      'an address of 5 octets',
      { target: { extensions: { subjectAltName: [{ kind: 'iPAddress', octets: new Uint8Array(5) }] } } },
      'invalid',
    ],
  ])('%s', async (_claim, drawings, expected) => {
    expect(await verdict('rfc5280', drawings)).toBe(expected)
  })
})

const loopback = { kind: 'iPAddress', octets: parseIpAddress('127.0.0.1')! } as const
const infoAccess = { oid: EXTENSION_OIDS.authorityInfoAccess, critical: false }

const constrained: Drawing = {
  extensions: {
    nameConstraints: { permitted: [{ base: dns('example.com'), minimum: 0, maximum: null }], excluded: null },
  },
  critical: { nameConstraints: false },
}

describe('webpki', () => {
  test.each<[string, Drawings, 'valid' | 'invalid']>([
    ['a chain as the Baseline Requirements want it', {}, 'valid'],
    [
      'localhost',
      { target: { subject: 'CN=localhost', extensions: { subjectAltName: [dns('localhost')] } } },
      'valid',
    ],
    [
      'a loopback address',
      { target: { subject: 'CN=127.0.0.1', extensions: { subjectAltName: [loopback] } } },
      'valid',
    ],
    ['name constraints not critical, which RFC 5280 forbids', { ca: constrained }, 'valid'],
    ['no common name', { target: { subject: 'O=Example' } }, 'valid'],
    ['a common name that is no subjectAltName', { target: { subject: 'CN=www.example.com' } }, 'invalid'],
    ['a common name in other letters', { target: { subject: 'CN=Example.com' } }, 'invalid'],
    ['no subjectAltName', { target: { extensions: { subjectAltName: null } } }, 'invalid'],
    [
      'subjectAltName critical beside a subject',
      { target: { critical: { subjectAltName: true } } },
      'invalid',
    ],
    ['no extKeyUsage', { target: { extensions: { extKeyUsage: null } } }, 'invalid'],
    ['extKeyUsage critical', { target: { critical: { extKeyUsage: true } } }, 'invalid'],
    [
      'anyExtendedKeyUsage',
      { target: { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'] } } },
      'invalid',
    ],
    ['extKeyUsage in the root', { top: { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.1'] } } }, 'invalid'],
    [
      'a target that is a CA',
      { target: { extensions: { basicConstraints: { ca: true, pathLen: null } } } },
      'invalid',
    ],
    ['a target of version 1', { target: { version: 1 } }, 'invalid'],
    [
      'a root whose authorityKeyIdentifier has no keyIdentifier',
      { top: { extensions: { authorityKeyIdentifier: noKeyIdentifier } } },
      'invalid',
    ],
    [
      'authorityInfoAccess that cannot be read',
      { target: { more: [{ ...infoAccess, value: ia5String('malformed') }] } },
      'invalid',
    ],
    [
      'authorityInfoAccess with another method',
      { target: { more: [{ ...infoAccess, value: seq(seq(oid('1.2.3'), ia5String('x'))) }] } },
      'invalid',
    ],
    [
      'a wildcard over a top-level domain',
      { target: { subject: 'O=Example', extensions: { subjectAltName: [dns('*.com')] } } },
      'invalid',
    ],
  ])('%s', async (_claim, drawings, expected) => {
    expect(await verdict('webpki', drawings)).toBe(expected)
  })

  test('an Ed25519 key', async () => {
    expect(await verdict('webpki', { target: { key: await drawKey('ed25519') } })).toBe('invalid')
    expect(await verdict('rfc5280', { target: { key: await drawKey('ed25519') } })).toBe('valid')
  })

  test('a P-384 key signs with SHA-384', async () => {
    const key = await drawKey('p384')
    expect(await verdict('webpki', { ca: { key }, target: { signature: 'ecdsa-sha384' } })).toBe('valid')
    expect(await verdict('webpki', { ca: { key }, target: { signature: 'ecdsa-sha256' } })).toBe('invalid')
  })
})
