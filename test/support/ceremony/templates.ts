import {
  planFrom,
  type CommonAnswers,
  type NewAuthority,
  type Published,
  type Schedule,
  type TemplateAnswers,
  type TemplateId,
} from '../../../src/ceremony/templates.ts'
import type { Plan } from '../../../src/ceremony/plan.ts'
import { root, type Drawn } from '../chain.ts'

/** Before the window of every plan here. */
export const EVE = new Date('2026-12-06T12:00:00Z')

export const COMMON: CommonAnswers = {
  ...{ materials: [{ what: 'Laptop', serial: 'X1-0042', bag: 'A 17' }], stop: [] },
  title: 'Orbis roots 2026',
  purpose: 'A new hierarchy for the devices of Orbis.',
  place: 'Orbis, room 1.04',
  window: { from: new Date('2026-12-07T09:00:00Z'), to: new Date('2026-12-08T17:00:00Z') },
  tool: 'ab'.repeat(32),
  previous: null,
  people: [
    { id: 'ada', name: 'Ada Lovelace', organization: 'Orbis', roles: ['administrator'] },
    { id: 'ben', name: 'Ben Bauer', organization: 'Orbis', roles: ['operator', 'holder'] },
    { id: 'cleo', name: 'Cleo Ünal', organization: 'Orbis', roles: ['holder'] },
    { id: 'wim', name: 'Wim de Vries', organization: 'Notaries Ltd', roles: ['external-witness'] },
  ],
}

const PUBLISHED: Published = {
  lists: ['http://pki.orbis.example/root.crl'],
  certificate: ['http://pki.orbis.example/root.crt'],
}
const LISTS: Schedule = { days: 180, overlapDays: 30, count: 5 }

export const newAuthority = (
  name: string,
  algorithm: NewAuthority['algorithm'] = 'p384',
  years = 10,
): NewAuthority => ({
  subject: [
    { type: 'countryName', value: 'NL' },
    { type: 'organizationName', value: 'Orbis' },
    { type: 'commonName', value: name },
  ],
  ...{ algorithm, years, holders: ['ben', 'cleo'], section: 'CPS 7.1' },
})

let drawn: Promise<Drawn> | null = null
/** A CA that exists: the same in each test of a file. */
const existing = (): Promise<Drawn> =>
  (drawn ??= root({ subject: 'CN=Orbis Root 2016,O=Orbis', notAfter: new Date('2036-01-01T00:00:00Z') }))

/** Answers to each template. */
export async function answersTo(): Promise<TemplateAnswers> {
  const issuer = (await existing()).certificate.der
  const other = (await root({ subject: 'CN=Other Root,O=Other', notAfter: new Date('2031-06-01T00:00:00Z') }))
    .certificate.der
  const request = { sha256: 'cd'.repeat(32), from: 'Partner Ltd, on a stick' }
  const section = 'CPS 7.2'
  const top = newAuthority('Orbis Root 2026', 'p384', 20)
  return {
    'new-root': { root: top, lists: null },
    hierarchy: {
      ...{ root: top, published: PUBLISHED, lists: LISTS },
      intermediates: [newAuthority('Orbis Devices'), newAuthority('Orbis People', 'rsa-3072', 8)],
      intermediateLists: { days: 30, overlapDays: 7, count: 24 },
    },
    'sign-request': {
      ...{ issuer, request, years: 5, published: PUBLISHED, section },
      subject: [{ type: 'commonName', value: 'Partner CA' }],
    },
    'cross-certify': { issuer, other, years: 10, published: PUBLISHED, section },
    lists: { issuer, revoked: [], number: '42', schedule: { days: 90, overlapDays: 10, count: 4 } },
    're-key': { old: issuer, root: top, published: { old: PUBLISHED, new: PUBLISHED }, lists: LISTS },
    'destroy-key': {
      authority: issuer,
      revoked: [],
      reason: 'It was replaced in 2026.',
      lists: { number: '43', days: 365, overlapDays: 30, count: 8 },
    },
  }
}

export const TEMPLATE_IDS: readonly TemplateId[] = [
  'new-root',
  'hierarchy',
  'sign-request',
  'cross-certify',
  'lists',
  're-key',
  'destroy-key',
]

/** A plan made from the answers above. */
export const templatePlan = async (id: TemplateId): Promise<Plan> =>
  planFrom(id, COMMON, (await answersTo())[id])
