import { expect, test } from 'vitest'
import { isGeneralName } from '../../../src/ca/names.ts'
import { readTypedName, splitTypedNames, typedText } from '../../../src/x509/typed-names.ts'

test.each([
  ['host.example.com', 'dNSName', 'host.example.com'],
  ['*.example.com', 'dNSName', '*.example.com'],
  ['192.0.2.1', 'iPAddress', '192.0.2.1'],
  ['10.0.0.999', 'iPAddress', '10.0.0.999'],
  ['2001:db8::1', 'iPAddress', '2001:db8::1'],
  ['::1', 'iPAddress', '::1'],
  ['ada@example.com', 'rfc822Name', 'ada@example.com'],
  ['spiffe://example.com/x', 'uniformResourceIdentifier', 'spiffe://example.com/x'],
  ['uri:urn:example', 'uniformResourceIdentifier', 'urn:example'],
  ['DNS:10.0.0.1', 'dNSName', '10.0.0.1'],
  ['upn:ada@corp.example', 'userPrincipalName', 'ada@corp.example'],
  ['dn:O=Example, C=DE', 'directoryName', 'O=Example, C=DE'],
  ['dirName:O=Example', 'directoryName', 'O=Example'],
  ['RID:1.2.3', 'registeredID', '1.2.3'],
])('%s is read as %s', (text, kind, value) => {
  const name = readTypedName(text)
  expect(name).toEqual({ kind, value })
  expect(readTypedName(typedText(name))).toEqual(name)
})

test.each([
  ['host.example.com', true],
  ['foo bar', false],
  ['bad_host!!', false],
  ['mple..test', false],
  ['10.0.0.1', true],
  ['10.0.0.999', false],
  ['2001:db8::1', true],
  ['1:2:3', false],
  ['ada@example.com', true],
  ['@example.com', false],
  ['uri:nothing', false],
  ['dn:O=Example, C=DE', true],
  ['dn:Example', false],
  ['rid:1.2.3', true],
  ['rid:9.9', false],
  ['othername:1.3.6.1.4.1.311.20.2.3;UTF8:ada@corp.example', true],
  ['othername:ada', false],
])('whether %j is what it is read as: %s', (text, is) => {
  expect(isGeneralName(readTypedName(text))).toBe(is)
})

test('names in one cell stand between spaces, commas and semicolons; a directory name keeps its own', () => {
  expect(splitTypedNames(' a.example,b.example; 10.0.0.1\n::1 ')).toEqual([
    'a.example',
    'b.example',
    '10.0.0.1',
    '::1',
  ])
  expect(splitTypedNames('a.example dn:O=Example, C=DE | b.example')).toEqual([
    'a.example',
    'dn:O=Example, C=DE',
    'b.example',
  ])
  expect(splitTypedNames('')).toEqual([])
})
