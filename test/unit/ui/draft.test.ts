import { expect, test } from 'vitest'
import { emptyDraft, readName, takeRequest, toIssueInput } from '../../../src/state/draft.ts'

test.each([
  ['host.example.com', 'dNSName', 'host.example.com'],
  ['*.example.com', 'dNSName', '*.example.com'],
  ['10.0.0.1', 'iPAddress', '10.0.0.1'],
  ['2001:db8::1', 'iPAddress', '2001:db8::1'],
  ['::1', 'iPAddress', '::1'],
  ['ada@example.com', 'rfc822Name', 'ada@example.com'],
  ['spiffe://example.com/x', 'uniformResourceIdentifier', 'spiffe://example.com/x'],
  ['uri:urn:example', 'uniformResourceIdentifier', 'urn:example'],
  ['DNS:10.0.0.1', 'dNSName', '10.0.0.1'],
  ['upn:ada@corp.example', 'userPrincipalName', 'ada@corp.example'],
  ['dn:O=Example, C=DE', 'directoryName', 'O=Example, C=DE'],
])('%s is read as %s', (line, kind, value) => {
  expect(readName(line)).toEqual({ kind, value })
})

test('an untouched draft overrides nothing of its profile', () => {
  expect(toIssueInput(emptyDraft()).extensions).toEqual({})
})

test('what was typed is said, trimmed, and empty rows are left out', () => {
  const draft = emptyDraft('ca', 'tlsServer')
  draft.commonName = '  Example '
  draft.attributes = [
    { type: 'organizationName', value: '' },
    { type: 'countryName', value: 'DE' },
  ]
  draft.names = 'a.example.com\n\n  10.0.0.1 '
  draft.validity = 'dates'
  draft.notAfter = '2030-01-02T03:04'
  draft.more.permitted = 'example.com\n10.0.0.0/8'
  draft.more.nothingElse = true
  draft.more.policyMappings = '1.2.3 -> 1.2.4'
  draft.more.extensions = [{ oid: ' 1.2.3.4 ', critical: true, value: 'BQA=' }]
  expect(toIssueInput(draft)).toMatchObject({
    subject: expect.arrayContaining([
      { type: 'commonName', value: 'Example' },
      { type: 'countryName', value: 'DE' },
    ]) as unknown,
    subjectAltNames: [
      { kind: 'dNSName', value: 'a.example.com' },
      { kind: 'iPAddress', value: '10.0.0.1' },
    ],
    validity: { notAfter: new Date('2030-01-02T03:04:00Z') },
    extensions: {
      nameConstraints: { permitted: ['example.com', '10.0.0.0/8'], excluded: [], nothingElse: true },
      policyMappings: [{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }],
      custom: [{ oid: '1.2.3.4', critical: true, value: '0500' }],
    },
  })
})

test('the subject of a request keeps its order', () => {
  const draft = emptyDraft('ca', 'tlsServer')
  const subject = [
    { type: 'countryName', value: 'DE' },
    { type: 'commonName', value: 'www.example.com' },
    { type: 'serialNumber', value: '7' },
  ]
  takeRequest(draft, {
    file: 'a.csr',
    der: new Uint8Array(),
    spki: new Uint8Array(),
    keyAlgorithm: 'p256',
    possession: 'valid',
    subject,
    subjectAltNames: [],
    dropped: [],
  })
  expect(toIssueInput(draft).subject).toEqual(subject)
})
