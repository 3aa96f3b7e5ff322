import '../../support/english.ts'
import { expect, test } from 'vitest'
import { PROFILES, profileById } from '../../../src/ca/profiles.ts'
import { publicTlsLimit } from '../../../src/lint/validity.ts'
import {
  dateFault,
  lengthAt,
  lengthOf,
  lengthsFor,
  publicLimitFor,
} from '../../../src/state/issue/lengths.ts'
import { lengthHint, lengthNote, lengthText } from '../../../src/ui/issue/length-text.ts'

const AT = new Date('2026-11-29T14:00:00Z')
const server = profileById('tlsServer')!
const offered = (id: string, at = AT, issuer: Date | null = null, chosen = '') =>
  lengthsFor(profileById(id), at, issuer, chosen).map(({ value }) => value)
const chose = (value: string) => ({ validity: value, notBefore: '', notAfter: '' })

test('what is offered fits the purpose: no 20 years for a server, no 47 days for a CA', () => {
  expect(offered('tlsServer')).toEqual(['days:47', 'days:90', 'days:200', 'years:1', 'days:825'])
  expect(offered('root')).toEqual(['years:5', 'years:10', 'years:20'])
  expect(offered('ocspSigner')).toEqual(['days:7', 'days:30', 'days:90', 'years:1'])
  for (const profile of PROFILES) expect(offered(profile.id)).toContain(lengthOf(profile))
})

test('the limit of the public web is that of the day', () => {
  expect(offered('tlsServer', new Date('2027-03-15T00:00:00Z'))).toContain('days:100')
  const on = (day: string) => publicTlsLimit(new Date(`${day}T00:00:00Z`))?.days
  expect(
    ['2026-03-14', '2026-03-15', '2027-03-14', '2027-03-15', '2029-03-14', '2029-03-15'].map(on),
  ).toEqual([398, 200, 200, 100, 100, 47])
})

test('a length reads, with its last day', () => {
  const text = (value: string) => lengthText(lengthAt(value, AT, null)!)
  expect(text('years:1')).toBe('1 year, until 29 Nov 2027')
  expect(text('days:200')).toBe('200 days, until 17 Jun 2027')
  expect(text('days:1826')).toBe('5 years, until 29 Nov 2031')
  // Issued five minutes before it is signed: shortly after midnight, that is the day before.
  expect(lengthText(lengthAt('years:1', new Date('2026-11-29T00:01:00Z'), null)!)).toContain('28 Nov 2027')
})

test('what would outlive the issuer ends with it, and is offered once', () => {
  const issuer = new Date('2030-06-01T00:00:00Z')
  expect(offered('intermediate', AT, issuer)).toEqual(['years:5'])
  expect(offered('intermediate', AT, issuer, 'years:10')).toEqual(['years:10'])
  expect(lengthText(lengthAt('years:10', AT, issuer)!)).toBe('Until its issuer ends, 1 Jun 2030')
  expect(lengthNote(chose('years:10'), profileById('intermediate'), AT, issuer)).toMatch(/type the date/)
})

test('the note says the limit as of today, and the step that comes', () => {
  const note = (value: string, at = AT) => lengthNote(chose(value), server, at, null)
  expect(note('days:200')).toBe(
    'The longest that the public web allows for a certificate issued today (29 Nov 2026). From 15 Mar 2027 on, 100 days.',
  )
  expect(note('days:47')).toContain('may last 200 days')
  expect(note('years:1')).toContain('Longer than the 200 days')
  expect(note('years:3')).toContain('at most 825 days')
  expect(note('days:825')).toContain('The longest that Apple accepts for TLS, from any root.')
  expect(note('days:200', new Date('2027-06-01T00:00:00Z'))).toContain('Longer than the 100 days')
  expect(note('days:47', new Date('2029-06-01T00:00:00Z'))).not.toContain('From')
  expect(publicLimitFor(profileById('tlsClient'), AT, AT, AT)).toBeNull()
  for (const profile of PROFILES.filter(({ id }) => id !== 'custom'))
    expect(lengthNote(chose(lengthOf(profile)), profile, AT, null), profile.id).toBeTruthy()
})

test('as the profile says comes to a date', () => {
  expect(lengthHint(chose(''), 'days:200', server, AT, null)).toMatch(
    /^200 days, until 17 Jun 2027\. The longest/,
  )
  expect(lengthHint(chose(''), undefined, server, AT, null)).toBeUndefined()
})

test('dates that cannot be, or that outlive the issuer, are told at the field', () => {
  const issuer = new Date('2030-06-01T00:00:00Z')
  const typed = (notAfter: string, notBefore = '') =>
    dateFault({ validity: 'dates', notBefore, notAfter }, AT, issuer)
  expect(typed('')).toBeNull()
  expect(typed('2029-01-01T00:00')).toBeNull()
  expect(typed('2026-01-01T00:00')).toBe('before-start')
  expect(typed('2029-01-01T00:00', '2029-02-01T00:00')).toBe('before-start')
  expect(typed('2031-01-01T00:00')).toBe('after-issuer')
  expect(typed('12000-01-01T00:00')).toBe('impossible')
})
