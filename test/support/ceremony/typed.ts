import type { TypedAnswers } from '../../../src/ceremony/plan-form/answers.ts'

const PUBLISHED = {
  lists: 'http://pki.orbis.example/root.crl\n',
  certificate: 'http://pki.orbis.example/root.crt',
}
const person = (
  name: string,
  role: TypedAnswers['people'][number]['role'],
): TypedAnswers['people'][number] => ({
  ...{ name, organization: 'Orbis', role, also: '' },
})

/** Answers to every template, as they are typed; files come from the test. */
export const TYPED: TypedAnswers = {
  template: 'hierarchy',
  ...{ title: 'Orbis roots 2026', purpose: 'For the devices of Orbis.', place: 'Room 1.04' },
  ...{ day: '2026-12-07', lastDay: '', from: '09:00', to: '17:00' },
  ...{ materials: 'Laptop; X1-0042; A 17\nStick', stop: 'Somebody unknown enters.' },
  ...{ tool: `${'AB'.repeat(32)}  rootcellar.html`, previous: '' },
  people: [
    person('Ada Lovelace', 'administrator'),
    person('Ben Bauer', 'operator'),
    person('Cleo Ünal', 'holder'),
    person('', 'holder'),
    person('Dan Root', 'holder'),
    person('Wim de Vries', 'witness'),
  ].map((each) => (each.name === '' ? { ...each, organization: '' } : each)),
  ...{ organization: 'Orbis', country: 'nl' },
  root: { name: 'Orbis Root 2026', algorithm: 'p384', years: '20' },
  intermediates: [
    { name: 'Orbis Devices', algorithm: 'p384', years: '10' },
    { name: 'Orbis People', algorithm: 'rsa-3072', years: '8' },
  ],
  ...{
    authority: null,
    authorityList: null,
    other: null,
    request: null,
    bringer: 'Partner Ltd, on a stick',
    years: '5',
  },
  ...{ published: PUBLISHED, publishedNew: PUBLISHED, section: '', reason: 'It was replaced.' },
  lists: { number: '42', days: '91', overlapDays: '14', count: '4' },
  intermediateLists: { number: '', days: '7', overlapDays: '3', count: '0' },
}
