/** Reads what was typed. A value that cannot be read is noted, and another one taken for it: so all faults are found at once. */
import type { AttributeInput } from '../../ca/input.ts'
import { PLAN_LIMITS } from '../plan-file/limits.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import { parseCertificateList } from '../../x509/certificate-list.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { LISTED_REASONS, type Material, type Person, type PlannedRevocation } from '../plan.ts'
import type { CommonAnswers, NewAuthority, Published, Schedule } from '../templates.ts'
import type {
  FormFault,
  FormFaults,
  TypedAnswers,
  TypedAuthority,
  TypedLists,
  TypedPerson,
  TypedPublished,
} from './answers.ts'

/** No CA is planned for longer. */
const MOST_YEARS = 100
const SOME_DAY = '2000-01-01'

/** Each line that says something. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** The rows that are filled in, with their place among all. */
export const named = (people: readonly TypedPerson[]): { person: TypedPerson; at: number }[] =>
  people
    .map((person, at) => ({ person, at }))
    .filter(({ person }) => person.name.trim() !== '' || person.organization.trim() !== '')

/** Collects faults of answers. */
export class Typed {
  readonly faults: FormFault[] = []
  readonly #answers: TypedAnswers

  constructor(answers: TypedAnswers) {
    this.#answers = answers
  }

  note<C extends keyof FormFaults>(field: string, code: C, detail: FormFaults[C]): void {
    // A code and its own detail; TypeScript does not follow that through the union.
    this.faults.push({ field, code, detail } as FormFault)
  }

  common(): CommonAnswers {
    const { title, purpose, place, people } = this.#answers
    if (named(people).length === 0) this.note('people', 'nobody', null)
    return {
      ...{ title: title.trim(), purpose: purpose.trim(), place: place.trim() },
      ...{ window: this.#window(), tool: this.#tool(), previous: this.#previous() },
      people: peopleOf(people),
      materials: linesOf(this.#answers.materials).map(materialOf),
      stop: linesOf(this.#answers.stop),
    }
  }

  #window(): CommonAnswers['window'] {
    const day = this.#day('day')
    const from = this.#time('from', day)
    const to = this.#time('to', this.#answers.lastDay.trim() === '' ? day : this.#day('lastDay'))
    const isDated = !this.faults.some(({ field }) => field === 'day' || field === 'lastDay')
    if (from && to && from >= to && isDated) this.note('to', 'order', null)
    return { from: from ?? new Date(SOME_DAY), to: to ?? new Date(SOME_DAY) }
  }

  #day(field: 'day' | 'lastDay'): string {
    const day = this.#answers[field].trim()
    // Engines read 31 April as 1 May.
    const isOne = /^\d{4}-\d\d-\d\d$/.test(day) && isoOf(new Date(day)).startsWith(day)
    if (!isOne) this.note(field, 'day', null)
    return isOne ? day : SOME_DAY
  }

  #time(field: 'from' | 'to', day: string): Date | null {
    const time = this.#answers[field].trim()
    if (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)) return new Date(`${day}T${time}:00Z`)
    this.note(field, 'time', null)
    return null
  }

  #tool(): string {
    const tool = hashIn(this.#answers.tool)
    if (tool === '') this.note('tool', 'tool', null)
    return tool
  }

  #previous(): string | null {
    const previous = hashIn(this.#answers.previous)
    return previous === '' ? null : previous
  }

  authority(field: string, { name, algorithm, years }: TypedAuthority): NewAuthority {
    const { organization, country, section, people } = this.#answers
    // X.520: a code of ISO 3166.
    if (!/^(?:[A-Za-z]{2})?$/.test(country.trim())) this.note('country', 'country', null)
    const attributes: readonly AttributeInput[] = [
      { type: 'countryName', value: country.trim().toUpperCase() },
      { type: 'organizationName', value: organization.trim() },
    ]
    return {
      subject: [
        ...attributes.filter(({ value }) => value !== ''),
        { type: 'commonName', value: name.trim() },
      ],
      ...{ algorithm, years: this.years(`${field}.years`, years), section: section.trim() },
      holders: peopleOf(people)
        .filter(({ roles }) => roles.includes('holder'))
        .map(({ id }) => id),
    }
  }

  years(field: string, text: string): number {
    return this.#number(field, text, 1, MOST_YEARS)
  }

  published({ lists, certificate }: TypedPublished): Published {
    return { lists: linesOf(lists), certificate: linesOf(certificate) }
  }

  schedule(field: string, { days, overlapDays, count }: TypedLists): Schedule {
    return {
      days: this.#number(`${field}.days`, days, 1, PLAN_LIMITS.days),
      overlapDays: this.#number(`${field}.overlapDays`, overlapDays, 0, PLAN_LIMITS.overlapDays),
      count: this.#number(`${field}.count`, count, 1, PLAN_LIMITS.count),
    }
  }

  /** The same, or null if none are to be signed. */
  scheduleOrNone(field: string, lists: TypedLists): Schedule | null {
    return lists.count.trim() === '0' ? null : this.schedule(field, lists)
  }

  listNumber(field: string, { number }: TypedLists): string {
    const text = number.trim()
    if (/^[1-9]\d*$/.test(text) && text.length <= PLAN_LIMITS.digits) return text
    this.note(`${field}.number`, 'decimal', { digits: PLAN_LIMITS.digits })
    return '1'
  }

  /** What was dropped; null after noting that it was not. */
  file<T>(field: string, brought: T | null): T | null {
    if (brought === null) this.note(field, 'file', null)
    return brought
  }

  /** What the CA has revoked, by its newest list; nothing after noting that it is another's, or not of everything. */
  revoked(list: Uint8Array | null, authority: Uint8Array): readonly PlannedRevocation[] {
    if (list === null) return []
    const read = parseCertificateList(list)
    const { thisUpdate, issuer, revokedCertificates } = read
    const isOurs = namesMatch(issuer, parseCertificate(authority).subject)
    if (!isOurs) this.note('authorityList', 'list', { why: 'other' })
    const isWhole = !read.deltaCRLIndicator && !read.issuingDistributionPoint
    if (isOurs && !isWhole) this.note('authorityList', 'list', { why: 'partial' })
    if (!isOurs || !isWhole) return []
    return Array.from(revokedCertificates, (entry) => ({
      serial: serialOf(entry),
      since: entry.revocationDate ?? thisUpdate,
      reason: LISTED_REASONS.find((reason) => reason === entry.reasonCode) ?? null,
      invalidityDate: entry.invalidityDate,
    }))
  }

  #number(field: string, text: string, least: number, most: number): number {
    const value = /^\d{1,6}$/.test(text.trim()) ? Number(text) : -1
    if (value >= least && value <= most) return value
    this.note(field, 'number', { least, most })
    return least
  }
}

function materialOf(line: string): Material {
  const [what = '', serial = '', ...bag] = line.split(';').map((part) => part.trim())
  return { what, serial, bag: bag.join('; ') }
}

const isoOf = (date: Date): string => (Number.isNaN(date.getTime()) ? '' : date.toISOString())

/** A hash as it is typed, or with the name of the file that sha256sum prints after it. */
const hashIn = (text: string): string => text.trim().toLowerCase().split(/\s/)[0] ?? ''

function peopleOf(typed: readonly TypedPerson[]): readonly Person[] {
  const taken = new Set<string>()
  return named(typed).map(({ person: { name, organization, role, also } }, index) => {
    const id = idOf(name, index, taken)
    taken.add(id)
    const roles = also === '' || also === role ? [role] : [role, also]
    return { id, name: name.trim(), organization: organization.trim(), roles }
  })
}

/** Ids of a template, and those below: a person is not called like a certificate. */
const OF_TEMPLATES =
  /^(?:root|intermediate|issuer|request|certificate|other|cross|old|new|authority|destruction|person)(?:-|$)/

/** A name as files are named after it: `ada-lovelace`. */
function idOf(name: string, index: number, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, PLAN_LIMITS.id)
    .replace(/^-|-$/g, '')
  const isGood = plain !== '' && !OF_TEMPLATES.test(plain) && !taken.has(plain)
  return isGood ? plain : `person-${String(index + 1)}`
}
