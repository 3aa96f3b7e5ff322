import type { FormFault, FormFaults } from '../../../ceremony/plan-form/answers.ts'
import type { TemplateId } from '../../../ceremony/templates.ts'
import { count, number, series } from '../format.ts'
import { ceremonyPlan } from './ceremony-plan.ts'

const templates: Readonly<Record<TemplateId, { readonly label: string; readonly hint: string }>> = {
  'new-root': {
    label: 'Make a root',
    hint: 'A new key that signs its own certificate, and its first revocation lists.',
  },
  hierarchy: {
    label: 'Make a root and intermediates',
    hint: 'A new root, the intermediates that it certifies, and its revocation lists.',
  },
  'sign-request': {
    label: 'Sign the request of an intermediate',
    hint: 'A CA that exists certifies an intermediate whose key is somewhere else.',
  },
  'cross-certify': {
    label: 'Cross-certify another CA',
    hint: 'A CA that exists certifies the name and key of another one, which has a certificate already.',
  },
  lists: {
    label: 'Sign revocation lists',
    hint: 'The lists of a CA that exists, for a year or longer, so that its key rests in between.',
  },
  're-key': {
    label: 'Replace a root by one with a new key',
    hint: 'A new root, and each of the two certified by the other.',
  },
  'destroy-key': {
    label: 'Destroy a key',
    hint: 'The key of a CA that signs no more, after its last revocation lists.',
  },
}

const faults: { readonly [C in keyof FormFaults]: (detail: FormFaults[C]) => string } = {
  day: () => 'That is no day. Write it as in 2026-12-07.',
  time: () => 'That is no time. Write it as in 09:00, in UTC.',
  order: () => 'It would end before it begins. Choose a later time.',
  number: ({ least, most }) => `Write a whole number from ${number(least)} to ${number(most)}.`,
  decimal: ({ digits }) => `Write a whole number above 0, with at most ${number(digits)} digits.`,
  country: () => 'A country has two letters, such as NL.',
  tool: () => 'Choose the file, or type its SHA-256: without it, nobody knows which program was used.',
  nobody: () => 'Name the people: nobody can hold a ceremony alone.',
  file: () => 'Choose the file.',
  list: ({ why }) =>
    why === 'other'
      ? 'This list is of another CA. Choose one of the CA above.'
      : 'This list has not everything that the CA has revoked: it is a delta, or of some certificates alone. Choose its newest complete one.',
  plan: (fault) => ceremonyPlan.sentence(fault),
}

/** The form that makes a plan. */
export const ceremonyForm = {
  title: 'Make a plan',
  lead: 'The plan is made from these answers, and checked. Nothing is signed, and it can be changed before it is rehearsed.',
  what: 'What is to be done?',
  templates,
  fault: ({ code, detail }: FormFault): string => (faults[code] as (detail: unknown) => string)(detail),
  faults: (faults: number): string =>
    `${count(faults, 'answer')} to correct. Nothing that you typed is lost.`,
  working: 'Reading the answers',
  make: 'Make the plan',
  back: 'Back to the form',
  about: 'The ceremony',
  name: 'Title',
  nameHint: 'As on every sheet, such as “Example roots 2026”.',
  purpose: 'Purpose',
  place: 'Place',
  day: 'Day',
  lastDay: 'Last day, if it is another',
  dayHint: 'In UTC. What is signed is valid from the beginning.',
  from: 'From, UTC',
  to: 'To, UTC',
  tool: 'SHA-256 of rootcellar.html',
  toolHint:
    'The file that is going to be used. The room computes it again before the first key, and compares.',
  toolChoose: 'Choose rootcellar.html…',
  toolChosen: (file: string): string => `Computed from ${file}.`,
  previous: 'Last hash of the previous ceremony',
  previousHint: 'Of the last line of its transcript. Leave it empty if there was none.',
  people: 'People',
  peopleHint:
    'The administrator reads aloud and decides, the operator alone touches the machine, holders know what opens the keys, witnesses only watch. Rows without a name are left out.',
  person: (row: number): string => `Person ${number(row)}`,
  personName: 'Name',
  organization: 'Organization',
  remove: 'Remove',
  role: 'Role',
  also: 'Also',
  noRole: 'nothing else',
  addPerson: 'Add a person',
  removePerson: (row: number): string => `Remove person ${number(row)}`,
  authorities: 'CAs to be made',
  country: 'Country',
  countryHint: 'Two letters, or nothing.',
  organizationHint: 'As in the names of the CAs.',
  rootName: 'Name of the root',
  intermediateName: (row: number): string => `Name of intermediate ${number(row)}`,
  algorithm: 'Key',
  years: 'Years valid',
  addIntermediate: 'Add an intermediate',
  removeIntermediate: (row: number): string => `Remove intermediate ${number(row)}`,
  files: 'What exists already',
  dropHint: 'Choose the files here, or drop them on the page.',
  authority: {
    'sign-request': 'Certificate of the CA that signs',
    'cross-certify': 'Certificate of the CA that signs',
    lists: 'Certificate of the CA',
    're-key': 'Certificate of the old root',
    'destroy-key': 'Certificate of the CA',
  } satisfies Partial<Record<TemplateId, string>>,
  authorityList: 'Newest revocation list of the CA',
  authorityListHint:
    'What it has revoked goes into the plan, so that the lists of the rehearsal have it too. Not needed if it has revoked nothing.',
  other: 'Certificate of the CA that is certified',
  request: 'Request of the intermediate',
  choose: 'Choose a file…',
  takenFrom: (name: string, files: readonly string[]): string => `${name}, from ${series(files)}`,
  sum: 'SHA-256',
  notOne: (found: number, files: readonly string[]): string =>
    found === 0
      ? `Nothing of this kind is in ${series(files)}. Choose another file.`
      : `There are ${number(found)} of this kind in ${series(files)}, and one is asked for. Choose a file with that one alone.`,
  bringer: 'Who brings the request, and from where',
  lists: 'Revocation lists',
  listsHint:
    'One takes over from the other, the first at the beginning of the ceremony. Each stays valid for the days of overlap after the next one is due.',
  listsNone: '0: none',
  listNumber: 'Number of the first list',
  listNumberHint: 'One more than that of the last list which this CA has signed.',
  count: 'How many',
  days: 'Days each',
  overlap: 'Days of overlap',
  intermediateLists: 'Lists of each intermediate',
  reason: 'Why the key is destroyed',
  more: 'More',
  inside: (certifies: boolean, isHierarchy: boolean): string =>
    series([
      'the previous ceremony',
      'materials',
      'stop rules',
      ...(certifies ? ['section of the policy'] : []),
      ...(isHierarchy ? ['lists of the intermediates'] : []),
    ]),
  materials: 'Materials, one a line',
  materialsHint:
    'What is on the table, its serial number and the number of its bag, with semicolons between: “Laptop; X1-0042; A 17”. They are on the sheet of materials.',
  stop: 'When to stop, one rule a line',
  stopHint: 'Beyond what the page stops for by itself.',
  publication: 'Where it is published',
  published: 'Lists of the CA that signs, one URL a line',
  publishedCertificate: 'Its certificate, one URL a line',
  publishedHint: 'The certificates below it carry these. They cannot be added later.',
  publishedNew: 'Lists of the new root, one URL a line',
  publishedNewCertificate: 'Certificate of the new root, one URL a line',
  section: 'Section of the policy',
  sectionHint: 'That describes these certificates, such as “CPS 7.1”. May be empty.',
}
