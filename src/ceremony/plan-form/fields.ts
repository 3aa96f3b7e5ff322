/** Where in the answers a place of the plan's file comes from. */
import type { Plan } from '../plan.ts'
import type { TypedAnswers } from './answers.ts'
import { named } from './typed.ts'

/** Returns the path of an answer; empty if the place comes from none of them. */
export function fieldOf(path: string, plan: Plan, answers: TypedAnswers): string {
  const [, part = '', index = '', rest = ''] = /^([a-zA-Z]+)(?:\[(\d+)\])?\.?(.*)$/.exec(path) ?? []
  const field = FIELDS[part]
  return field ? field({ at: Number(index), rest, plan, answers }) : ''
}

interface Place {
  readonly at: number
  readonly rest: string
  readonly plan: Plan
  readonly answers: TypedAnswers
}

const FIELDS: Readonly<Record<string, (place: Place) => string>> = {
  title: () => 'title',
  purpose: () => 'purpose',
  place: () => 'place',
  window: ({ rest }) => rest,
  tool: () => 'tool',
  previous: () => 'previous',
  materials: () => 'materials',
  stop: () => 'stop',
  people: ({ at, rest, answers }) => {
    const row = named(answers.people)[at]
    return row ? `people[${String(row.at)}].${rest === 'organization' ? rest : 'name'}` : 'people'
  },
  existing: ({ at, rest, plan }) =>
    rest.startsWith('revoked') ? 'authorityList' : plan.existing[at]?.id === 'other' ? 'other' : 'authority',
  requests: ({ rest }) => (rest === 'from' ? 'bringer' : 'request'),
  certificates: certificateField,
  lists: ({ at, rest, plan }) =>
    `${plan.lists[at]?.issuer.startsWith('intermediate-') ? 'intermediateLists' : 'lists'}.${rest}`,
  destructions: () => 'reason',
}

/** The answers that a certificate's name, years and addresses come from, by its id in the templates. */
function certificateField({ at, rest, plan }: Place): string {
  const certificate = plan.certificates[at]
  if (!certificate) return ''
  const { id } = certificate
  const made = madeField(id)
  if (rest === 'section') return rest
  if (rest === 'notAfter') return made === null ? 'years' : `${made}.years`
  const published = id === 'old-with-new' ? 'publishedNew' : 'published'
  if (rest.startsWith('extensions.cRLDistributionPoints')) return `${published}.lists`
  if (rest.startsWith('extensions.authorityInfoAccess')) return `${published}.certificate`
  const [, attribute] = /^subject\[(\d+)\]/.exec(rest) ?? []
  if (attribute === undefined) return ''
  if (made === null) return BROUGHT[id] ?? ''
  const type = certificate.subject[Number(attribute)]?.type
  if (type === 'countryName') return 'country'
  return type === 'organizationName' ? 'organization' : `${made}.name`
}

/** Where the name of a certificate comes from that is not of a CA made here. */
const BROUGHT: Readonly<Record<string, string>> = {
  certificate: 'request',
  cross: 'other',
  'old-with-new': 'authority',
}

/** The CA that is made, by the id of its certificate; null if it is none. */
function madeField(id: string): string | null {
  if (id === 'root' || id === 'new-with-old') return 'root'
  const [, number] = /^intermediate-(\d+)$/.exec(id) ?? []
  return number === undefined ? null : `intermediates[${String(Number(number) - 1)}]`
}
