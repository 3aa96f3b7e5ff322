import type { AnswerFile } from '../../border/protocol/ceremony.ts'
import type {
  FormFault,
  TypedAnswers,
  TypedAuthority,
  TypedLists,
  TypedPerson,
} from '../../ceremony/plan-form/answers.ts'
import type { Role } from '../../ceremony/plan.ts'
import type { TemplateId } from '../../ceremony/templates.ts'
import type { Calls } from '../calls.ts'
import { bytesOf, readFiles } from '../files.ts'
import type { Task } from '../task.svelte.ts'

/** What can be changed in the fields. */
type Fields<T> = T extends Uint8Array | null | string ? T : { -readonly [K in keyof T]: Fields<T[K]> }
type Brought = 'authority' | 'authorityList' | 'other' | 'request'
const KIND_OF: Readonly<Record<Brought, AnswerFile['kind']>> = {
  ...{ authority: 'authority', other: 'authority', authorityList: 'list', request: 'request' },
}

/** A file that was dropped for an answer: what it is called, or why it is not taken. */
export interface Dropped {
  readonly files: readonly string[]
  readonly found: AnswerFile | null
  /** How many there are of what is asked for; one is taken. */
  readonly count: number
}

const ROWS: readonly Role[] = ['administrator', 'operator', 'holder', 'holder', 'witness']
const person = (role: Role): TypedPerson => ({ name: '', organization: '', role, also: '' })
const authority = (years: string): TypedAuthority => ({ name: '', algorithm: 'p384', years })
/** A year of lists, each published for a quarter of it. */
const YEAR: TypedLists = { number: '', days: '91', overlapDays: '14', count: '4' }
const NOWHERE = { lists: '', certificate: '' }

const EMPTY: TypedAnswers = {
  template: 'new-root',
  ...{
    title: '',
    purpose: '',
    place: '',
    day: '',
    lastDay: '',
    from: '08:00',
    to: '18:00',
    tool: '',
    previous: '',
  },
  ...{ materials: '', stop: '' },
  people: ROWS.map(person),
  ...{ organization: '', country: '', root: authority('20') },
  intermediates: [authority('10'), authority('10')],
  ...{ authority: null, authorityList: null, other: null, request: null, bringer: '', years: '5' },
  ...{ published: NOWHERE, publishedNew: NOWHERE, section: '', reason: '' },
  lists: YEAR,
  intermediateLists: { number: '', days: '7', overlapDays: '3', count: '0' },
}

/** What each template asks beyond what is common. */
export const ASKS: Readonly<Record<TemplateId, readonly Asked[]>> = {
  'new-root': ['root', 'lists'],
  hierarchy: ['root', 'intermediates', 'published', 'lists'],
  'sign-request': ['authority', 'request', 'years', 'published'],
  'cross-certify': ['authority', 'other', 'years', 'published'],
  lists: ['authority', 'authorityList', 'number', 'lists'],
  're-key': ['authority', 'root', 'published', 'lists'],
  'destroy-key': ['authority', 'authorityList', 'number', 'lists', 'reason'],
}
export type Asked = Brought | 'root' | 'intermediates' | 'published' | 'years' | 'number' | 'lists' | 'reason'

/** The form that makes a plan. What was typed stays as long as the page. */
export class PlanForm {
  typed = $state<Fields<TypedAnswers>>(structuredClone(EMPTY) as Fields<TypedAnswers>)
  /** The files behind the answers; octets are too many to be watched. */
  dropped = $state.raw<Partial<Record<Brought, Dropped>>>({})
  /** The file whose hash was computed. */
  toolFile = $state<string | null>(null)
  /** What was wrong with the answers as they were then. */
  #noted = $state.raw<{ readonly faults: readonly FormFault[]; readonly answers: TypedAnswers } | null>(null)
  readonly #calls: Calls
  /** What the form does by itself. */
  readonly task: Task

  constructor(calls: Calls) {
    this.#calls = calls
    this.task = calls.task()
  }

  readonly asks = $derived(ASKS[this.typed.template])

  /** What is wrong still: an answer that was changed since is not. */
  readonly faults = $derived.by((): readonly FormFault[] => {
    const { answers } = this
    const noted = this.#noted
    if (noted?.answers.template !== answers.template) return []
    return noted.faults.filter(({ field }) => at(noted.answers, field) === at(answers, field))
  })

  /** Notes what is wrong with these answers. */
  note(answers: TypedAnswers, faults: readonly FormFault[]): void {
    this.#noted = { faults, answers }
  }

  /** A day in a week, unless one was typed. */
  propose(now: Date): void {
    if (this.typed.day !== '') return
    const day = new Date(now)
    day.setUTCDate(day.getUTCDate() + 7)
    this.typed.day = day.toISOString().slice(0, 10)
  }

  faultAt(field: string): FormFault | null {
    return this.faults.find((each) => each.field === field) ?? null
  }

  /** Whether what is wrong is among what is rarely changed. */
  get hasFaultInMore(): boolean {
    return this.faults.some(({ field }) =>
      /^(?:previous|materials|stop|section|intermediateLists\b)/.test(field),
    )
  }

  addPerson(): void {
    this.typed.people.push(person('witness'))
  }

  removePerson(at: number): void {
    this.typed.people.splice(at, 1)
  }

  addIntermediate(): void {
    this.typed.intermediates.push(authority('10'))
  }

  removeIntermediate(at: number): void {
    this.typed.intermediates.splice(at, 1)
  }

  /** Computes the hash of the page's file. */
  readTool([file]: readonly File[]): void {
    if (!file) return
    this.task.queue(async (options) => {
      this.typed.tool = await this.#calls.ask('ceremony.sum', { file: await bytesOf(file) }, options)
      this.toolFile = file.name
    })
  }

  /** Takes the one certificate of a CA, or request, in these files. */
  bring(wanted: Brought, files: readonly File[]): void {
    this.task.queue(async (options) => {
      const read = await readFiles(files)
      const all = await this.#calls.ask('ceremony.answerFiles', { files: read }, options)
      const those = all.filter(({ kind }) => kind === KIND_OF[wanted])
      const found = those.length === 1 ? those[0]! : null
      const { lists } = this.typed
      // The next one counts on.
      if (wanted === 'authorityList' && found?.number && lists.number === '')
        lists.number = String(BigInt(found.number) + 1n)
      this.dropped = {
        ...this.dropped,
        [wanted]: { files: read.map(({ name }) => name), found, count: those.length },
      }
    })
  }

  /** Where files go that were dropped anywhere on the page; null: to none of its answers. */
  placeOf(file: File): 'tool' | Brought | null {
    if (/\.html?$/i.test(file.name)) return 'tool'
    if (/\.json$/i.test(file.name)) return null
    const { asks, dropped } = this
    const places = placesOf(file).filter((each) => asks.includes(each))
    return places.find((each) => !dropped[each]?.found) ?? places.at(-1) ?? null
  }

  /** What the worker makes the plan of. */
  get answers(): TypedAnswers {
    const { authority, authorityList, other, request } = this.dropped
    return {
      ...$state.snapshot(this.typed),
      authority: authority?.found?.der ?? null,
      authorityList: authorityList?.found?.der ?? null,
      other: other?.found?.der ?? null,
      request: request?.found ?? null,
    }
  }
}

/** Answers that a file may be for, by its name. */
function placesOf({ name }: File): readonly Brought[] {
  if (/\.(?:csr|req|p10)$/i.test(name)) return ['request']
  return /\.crl$/i.test(name) ? ['authorityList'] : ['authority', 'other']
}

/** The answer at a path, as text. */
function at(answers: TypedAnswers, path: string): string {
  const parts = path.split(/[.[\]]+/).filter((part) => part !== '')
  const value = parts.reduce<unknown>(
    (whole, part) => (whole as Record<string, unknown> | null | undefined)?.[part],
    answers,
  )
  return JSON.stringify(value ?? null)
}
