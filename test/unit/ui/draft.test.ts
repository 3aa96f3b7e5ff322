import { expect, test } from 'vitest'
import { emptyDraft, takeRequest, toIssueInput } from '../../../src/state/issue/draft.ts'

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
    sha256: new Uint8Array(32),
    spkiHash: new Uint8Array(32),
    keyAlgorithm: 'p256',
    possession: 'valid',
    subject,
    subjectAltNames: [],
    faultyNames: [],
    notices: [],
  })
  expect(toIssueInput(draft).subject).toEqual(subject)
})
