import { describe, expect, test } from 'vitest'
import { nul, oid, octetString, seq, tlv, utf8String } from '../../../src/der/writer.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { parseIpAddress } from '../../../src/x509/ip-address.ts'
import type { Drawing } from '../../support/chain.ts'
import { drawKey, endEntity, intermediate, root } from '../../support/chain.ts'
import { examine } from './examine.ts'

// Rules that outside suites test one by one: a chain of three with one difference, validated as a TLS server.

interface Question {
  readonly top?: Drawing
  /** Null: the anchor issues the target itself. */
  readonly ca?: Drawing | null
  readonly target?: Drawing
  readonly profile?: 'rfc5280' | 'webpki'
  readonly ask?: Partial<ValidateOptions>
}
type Row = [claim: string, expected: 'valid' | 'invalid', question: Question]

const dns = (value: string) => ({ kind: 'dNSName', value }) as const
const ip = (text: string) => ({ kind: 'iPAddress', octets: parseIpAddress(text)! }) as const
const subtrees = (...bases: GeneralName[]) => bases.map((base) => ({ base, minimum: 0, maximum: null }))
const FOO = (await root({ subject: 'CN=foo' })).certificate.subject
const policies = { certificatePolicies: [{ oid: '2.23.140.1.2.1', qualifiers: [] }] }

async function verdict({ top, ca, target, profile = 'rfc5280', ask = {} }: Question): Promise<string> {
  const usual = profile === 'webpki' ? policies : {}
  const anchor = await root(top)
  const issuer =
    ca === null ? anchor : await intermediate(anchor, { ...ca, extensions: { ...usual, ...ca?.extensions } })
  const below = await endEntity(issuer, { ...target, extensions: { ...usual, ...target?.extensions } })
  const report = await examine(
    below,
    { anchors: [anchor], intermediates: ca === null ? [] : [issuer] },
    { profile, purpose: 'serverAuth', peerNames: [{ kind: 'DNS', value: 'example.com' }], ...ask },
  )
  return report.verdict
}

const RFC5280: readonly Row[] = [
  [
    'a subject within a permitted directoryName',
    'valid',
    {
      ca: {
        extensions: {
          nameConstraints: { permitted: subtrees({ kind: 'directoryName', name: FOO }), excluded: null },
        },
      },
      target: { subject: 'CN=foo' },
    },
  ],
  [
    'permitted and excluded: excluded',
    'invalid',
    {
      ca: {
        extensions: {
          nameConstraints: {
            permitted: subtrees(dns('example.com')),
            excluded: subtrees(dns('example.com')),
          },
        },
      },
    },
  ],
  [
    'an otherName under a constraint on otherNames',
    'invalid',
    {
      ca: {
        extensions: {
          nameConstraints: {
            permitted: null,
            excluded: subtrees({ kind: 'otherName', typeId: '1.2.3', value: utf8String('x') }),
          },
        },
      },
      target: {
        extensions: {
          subjectAltName: [
            dns('example.com'),
            { kind: 'otherName', typeId: '1.2.3', value: utf8String('x') },
          ],
        },
      },
    },
  ],
  [
    'a constraint on otherNames and none of them',
    'valid',
    {
      ca: {
        extensions: {
          nameConstraints: {
            permitted: subtrees({ kind: 'otherName', typeId: '1.2.3', value: utf8String('x') }),
            excluded: null,
          },
        },
      },
    },
  ],
  [
    'the empty dNSName permits all',
    'valid',
    { ca: { extensions: { nameConstraints: { permitted: subtrees(dns('')), excluded: null } } } },
  ],
  [
    'all IPv4 addresses excluded, and none of them',
    'valid',
    {
      ca: {
        extensions: {
          nameConstraints: {
            permitted: null,
            excluded: subtrees({ kind: 'iPAddress', octets: new Uint8Array(8) }),
          },
        },
      },
    },
  ],
  [
    'name constraints not critical',
    'invalid',
    {
      ca: {
        extensions: { nameConstraints: { permitted: subtrees(dns('example.com')), excluded: null } },
        critical: { nameConstraints: false },
      },
    },
  ],
  [
    'name constraints of the anchor (RFC 5937)',
    'invalid',
    { top: { extensions: { nameConstraints: { permitted: subtrees(dns('example.org')), excluded: null } } } },
  ],
  [
    'a wildcard as a constraint',
    'invalid',
    {
      ca: { extensions: { nameConstraints: { permitted: subtrees(dns('*.example.com')), excluded: null } } },
    },
  ],
  [
    'a wildcard that reaches what is excluded',
    'invalid',
    {
      ca: {
        extensions: { nameConstraints: { permitted: null, excluded: subtrees(dns('foo.example.com')) } },
      },
      target: {
        subject: 'CN=*.example.com',
        extensions: { subjectAltName: [dns('*.example.com'), dns('example.com')] },
      },
    },
  ],
  [
    'a common name is no dNSName to constraints',
    'valid',
    {
      ca: { extensions: { nameConstraints: { permitted: subtrees(dns('example.com')), excluded: null } } },
      target: { subject: 'CN=evil.org' },
    },
  ],
  ['anyExtendedKeyUsage', 'valid', { target: { extensions: { extKeyUsage: ['2.5.29.37.0'] } } }],
  ['critical extKeyUsage', 'valid', { target: { critical: { extKeyUsage: true } } }],
  ['extKeyUsage in the anchor', 'valid', { top: { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.1'] } } }],
  ['critical subjectAltName beside a subject', 'valid', { target: { critical: { subjectAltName: true } } }],
  [
    'a dNSName with an underscore',
    'invalid',
    { target: { extensions: { subjectAltName: [dns('a_b.example.com'), dns('example.com')] } } },
  ],
  [
    'authorityInfoAccess that is no DER',
    'invalid',
    { target: { more: [{ oid: '1.3.6.1.5.5.7.1.1', critical: false, value: Uint8Array.of(1, 2, 3) }] } },
  ],
  [
    'critical authorityInfoAccess',
    'invalid',
    {
      target: {
        more: [
          {
            oid: '1.3.6.1.5.5.7.1.1',
            critical: true,
            value: seq(seq(oid('1.3.6.1.5.5.7.48.1'), tlv(0x86, new TextEncoder().encode('http://a')))),
          },
        ],
      },
    },
  ],
  ['an anchor without basicConstraints', 'invalid', { top: { extensions: { basicConstraints: null } } }],
  ['no intermediate where none is allowed', 'valid', { ca: null, ask: { maxDepth: 0 } }],
  ['an intermediate where none is allowed', 'invalid', { ask: { maxDepth: 0 } }],
  ['one where one is allowed', 'valid', { ask: { maxDepth: 1 } }],
  ['an expired anchor', 'invalid', { top: { notAfter: new Date('2026-02-01') } }],
  ['an anchor that is not valid yet', 'invalid', { top: { notBefore: new Date('2026-03-02') } }],
  [
    'the pathLen of the target',
    'valid',
    {
      ca: { pathLen: 0 },
      target: {
        extensions: {
          basicConstraints: { ca: true, pathLen: 0 },
          keyUsage: new Set(['digitalSignature', 'keyCertSign']),
        },
      },
    },
  ],
  [
    'pathLen without cA',
    'invalid',
    { target: { extensions: { basicConstraints: { ca: false, pathLen: 0 } } } },
  ],
  ['a larger pathLen below a smaller one', 'valid', { top: { pathLen: 1 }, ca: { pathLen: 2 } }],
  [
    'a P-384 anchor',
    'valid',
    { top: { key: await drawKey('p384'), signature: 'ecdsa-sha384' }, ca: { signature: 'ecdsa-sha384' } },
  ],
  ['an Ed25519 key', 'valid', { target: { key: await drawKey('ed25519') } }],
  [
    'critical name constraints in the target',
    'invalid',
    {
      target: {
        extensions: { nameConstraints: { permitted: subtrees(dns('example.com')), excluded: null } },
      },
    },
  ],
  [
    'name constraints in the target',
    'invalid',
    {
      target: {
        extensions: { nameConstraints: { permitted: subtrees(dns('example.com')), excluded: null } },
        critical: { nameConstraints: false },
      },
    },
  ],
  [
    'an unknown critical extension in the CA',
    'invalid',
    { ca: { more: [{ oid: '1.2.3.4', critical: true, value: nul() }] } },
  ],
  ['a serial number of zero', 'invalid', { target: { serialNumber: Uint8Array.of(0) } }],
  ['a host in capital letters', 'valid', { ask: { peerNames: [{ kind: 'DNS', value: 'EXAMPLE.com' }] } }],
  [
    'a client asked by its mailbox',
    'valid',
    {
      target: {
        extensions: {
          extKeyUsage: ['1.3.6.1.5.5.7.3.2'],
          subjectAltName: [{ kind: 'rfc822Name', value: 'a@example.com' }],
        },
      },
      ask: { purpose: 'clientAuth', peerNames: [{ kind: 'RFC822', value: 'a@example.com' }] },
    },
  ],
]

const WEBPKI: readonly Row[] = [
  ['a server as the Baseline Requirements want it', 'valid', { profile: 'webpki' }],
  [
    'a common name that is an IPv4 address of subjectAltName',
    'valid',
    {
      profile: 'webpki',
      target: { subject: 'CN=127.0.0.1', extensions: { subjectAltName: [ip('127.0.0.1')] } },
      ask: { peerNames: [{ kind: 'IP', value: '127.0.0.1' }] },
    },
  ],
  [
    'the same address with a leading zero',
    'invalid',
    {
      profile: 'webpki',
      target: { subject: 'CN=127.0.0.01', extensions: { subjectAltName: [ip('127.0.0.1')] } },
      ask: { peerNames: [{ kind: 'IP', value: '127.0.0.1' }] },
    },
  ],
  [
    'a common name that is an IPv6 address of subjectAltName',
    'valid',
    {
      profile: 'webpki',
      target: { subject: 'CN=2001:db8::1', extensions: { subjectAltName: [ip('2001:db8::1')] } },
      ask: { peerNames: [{ kind: 'IP', value: '2001:db8::1' }] },
    },
  ],
  [
    'the same address written out (RFC 5952)',
    'invalid',
    {
      profile: 'webpki',
      target: { subject: 'CN=2001:db8:0:0:0:0:0:1', extensions: { subjectAltName: [ip('2001:db8::1')] } },
      ask: { peerNames: [{ kind: 'IP', value: '2001:db8::1' }] },
    },
  ],
  [
    'a common name that is an A-label',
    'valid',
    {
      profile: 'webpki',
      target: {
        subject: 'CN=xn--bcher-kva.example.com',
        extensions: { subjectAltName: [dns('xn--bcher-kva.example.com')] },
      },
      ask: { peerNames: [{ kind: 'DNS', value: 'xn--bcher-kva.example.com' }] },
    },
  ],
  [
    'critical extKeyUsage (BR 7.1.2.7.6)',
    'invalid',
    { profile: 'webpki', target: { critical: { extKeyUsage: true } } },
  ],
  [
    'extKeyUsage in the anchor (BR 7.1.2.1.2)',
    'invalid',
    { profile: 'webpki', top: { extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.1'] } } },
  ],
  [
    'a dNSName with an underscore (BR 7.1.2.7.12)',
    'invalid',
    {
      profile: 'webpki',
      target: { extensions: { subjectAltName: [dns('a_b.example.com'), dns('example.com')] } },
    },
  ],
  [
    'no subjectAltName (BR 7.1.2.7.12)',
    'invalid',
    {
      profile: 'webpki',
      target: { subject: 'O=x', extensions: { subjectAltName: null } },
      ask: { peerNames: [] },
    },
  ],
  [
    'a loopback IPv4 address',
    'valid',
    {
      profile: 'webpki',
      target: {
        subject: '',
        critical: { subjectAltName: true },
        extensions: { subjectAltName: [ip('127.0.0.1')] },
      },
      ask: { peerNames: [{ kind: 'IP', value: '127.0.0.1' }] },
    },
  ],
  [
    'a loopback IPv6 address',
    'valid',
    {
      profile: 'webpki',
      target: {
        subject: '',
        critical: { subjectAltName: true },
        extensions: { subjectAltName: [ip('::1')] },
      },
      ask: { peerNames: [{ kind: 'IP', value: '::1' }] },
    },
  ],
  [
    'a host below the one in subjectAltName',
    'invalid',
    { profile: 'webpki', ask: { peerNames: [{ kind: 'DNS', value: 'abc.example.com' }] } },
  ],
  [
    'authorityInfoAccess of another type',
    'invalid',
    {
      profile: 'webpki',
      target: {
        more: [{ oid: '1.3.6.1.5.5.7.1.1', critical: false, value: octetString(Uint8Array.of(1, 2)) }],
      },
    },
  ],
  [
    'a CA as server (BR 7.1.2.7.8)',
    'invalid',
    {
      profile: 'webpki',
      target: {
        extensions: { basicConstraints: { ca: true, pathLen: null }, keyUsage: new Set(['keyCertSign']) },
      },
    },
  ],
  [
    'a P-521 anchor',
    'valid',
    {
      profile: 'webpki',
      top: { key: await drawKey('p521'), signature: 'ecdsa-sha512' },
      ca: { signature: 'ecdsa-sha512' },
    },
  ],
  [
    'an Ed25519 key (BR 7.1.3.1)',
    'invalid',
    { profile: 'webpki', target: { key: await drawKey('ed25519') } },
  ],
  [
    'RSA-PSS',
    'valid',
    {
      profile: 'webpki',
      top: { key: await drawKey('rsa-2048'), signature: 'rsa-pss-sha256' },
      ca: { signature: 'rsa-pss-sha256' },
    },
  ],
  [
    'a validity beyond the limit warns and does not refuse',
    'valid',
    { profile: 'webpki', target: { notBefore: new Date('2025-01-01'), notAfter: new Date('2027-01-01') } },
  ],
  [
    'a wildcard',
    'valid',
    {
      profile: 'webpki',
      target: { subject: 'CN=*.example.com', extensions: { subjectAltName: [dns('*.example.com')] } },
      ask: { peerNames: [{ kind: 'DNS', value: 'www.example.com' }] },
    },
  ],
  [
    'an asterisk alone',
    'invalid',
    {
      profile: 'webpki',
      target: { subject: '', critical: { subjectAltName: true }, extensions: { subjectAltName: [dns('*')] } },
      ask: { peerNames: [{ kind: 'DNS', value: 'com' }] },
    },
  ],
  [
    'a wildcard below a top-level domain',
    'invalid',
    {
      profile: 'webpki',
      target: {
        subject: '',
        critical: { subjectAltName: true },
        extensions: { subjectAltName: [dns('*.com')] },
      },
    },
  ],
]

describe('rfc5280', () => {
  test.each(RFC5280)('%s: %s', async (_claim, expected, question) =>
    expect(await verdict(question)).toBe(expected),
  )
})

describe('webpki', () => {
  test.each(WEBPKI)('%s: %s', async (_claim, expected, question) =>
    expect(await verdict(question)).toBe(expected),
  )
})
