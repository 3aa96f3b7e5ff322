import '../../support/english.ts'
import { expect, test } from 'vitest'
import { profileById } from '../../../src/ca/profiles.ts'
import { attributeOf, emptyDraft, setAttribute, toSubject } from '../../../src/state/issue/draft.ts'
import { attributeLimit } from '../../../src/lint/name-attributes.ts'
import { formFaults, LONGEST_NAME } from '../../../src/state/issue/form-faults.ts'
import { readNames } from '../../../src/state/issue/names.ts'
import { ATTRIBUTE_OIDS } from '../../../src/x509/oids.ts'
import { changedText } from '../../../src/ui/issue/changed-text.ts'

const faults = (profileId: string, typed: Partial<ReturnType<typeof emptyDraft>>) =>
  formFaults({ ...emptyDraft('ca', profileId), ...typed }, profileById(profileId))

test('each name is read as it is issued: its kind, its A-label, and why it is none', () => {
  const read = readNames('www.example.com\nfoo bar\n10.0.0.999\n10.0.0.1\nbücher.example\nada@example.com')
  expect(read.map(({ kind, isName }) => [kind, isName])).toEqual([
    ['dNSName', true],
    ['dNSName', false],
    ['iPAddress', false],
    ['iPAddress', true],
    ['dNSName', true],
    ['rfc822Name', true],
  ])
  expect(read.map(({ aLabel }) => aLabel).filter(Boolean)).toEqual(['xn--bcher-kva.example'])
  expect(read.map(({ whyNot }) => whyNot).filter(Boolean)).toEqual(['spaces', 'over-255'])
})

test('a CA without any name, and a server without one it is valid for, are told on the form', () => {
  expect(faults('root', {}).name).toBe('empty-ca')
  expect(faults('root', { attributes: [{ type: 'organizationName', value: 'Example' }] }).name).toBeNull()
  expect(faults('tlsServer', {}).names).toBe('missing')
  expect(faults('tlsServer', { commonName: 'Ada Lovelace' }).names).toBe('missing')
  expect(faults('tlsServer', { commonName: 'www.example.com' }).names).toBeNull()
  expect(faults('tlsClient', {}).names).toBeNull()
  expect(faults('tlsServer', { names: 'good.example\nfoo bar' }).names).toBe('unreadable')
  expect(faults('root', { attributes: [{ type: 'countryName', value: 'Sweden' }] }).country).toBe(
    'not-two-letters',
  )
})

test('a common name of more than 64 characters is told on the form, in characters as people count them', () => {
  expect(faults('root', { commonName: 'x'.repeat(64) }).name).toBeNull()
  expect(faults('root', { commonName: 'x'.repeat(65) }).name).toBe('too-long')
  expect(faults('tlsClient', { commonName: 'x'.repeat(65) }).name).toBe('too-long')
  expect(faults('tlsClient', { commonName: '😀'.repeat(64) }).name).toBeNull()
  expect(faults('tlsClient', { commonName: '😀'.repeat(65) }).name).toBe('too-long')
  expect(LONGEST_NAME).toBe(attributeLimit(ATTRIBUTE_OIDS.CN))
})

test('country and organization come before the common name, in whatever order they are typed', () => {
  const draft = { ...emptyDraft('ca', 'root'), commonName: 'Root' }
  setAttribute(draft, 'organizationName', 'Example')
  setAttribute(draft, 'countryName', 'SE')
  expect(toSubject(draft).map(({ value }) => value)).toEqual(['SE', 'Example', 'Root'])
  setAttribute(draft, 'countryName', '')
  expect(attributeOf(draft, 'countryName')).toBe('')
  expect(toSubject(draft).map(({ value }) => value)).toEqual(['Example', 'Root'])
})

test('a fold tells what was changed inside it', () => {
  const draft = emptyDraft('ca', 'intermediate')
  expect(changedText(draft, true)).toBeUndefined()
  draft.more.permitted = 'example.com'
  draft.more.crlUrls = 'http://a.example/1.crl\nhttp://a.example/2.crl'
  draft.attributes = [{ type: 'organizationName', value: 'Example' }]
  expect(changedText(draft, true)).toBe('CA constraints and 2 addresses')
  expect(changedText(draft, false)).toBe('1 attribute, CA constraints and 2 addresses')
  expect(changedText(draft, true, ['usage'])).toBeUndefined()
})
