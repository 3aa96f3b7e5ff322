/** What a person types and chooses to get a plan from a template: text as it is in the fields. */
import type { KeyAlgorithmId } from '../../webcrypto/algorithms.ts'
import type { AttributeInput } from '../../ca/input.ts'
import type { PlanFault } from '../plan-file/fault.ts'
import type { Role } from '../plan.ts'
import type { TemplateId } from '../templates.ts'

export interface TypedPerson {
  readonly name: string
  readonly organization: string
  readonly role: Role
  /** A second role; empty: none. */
  readonly also: Role | ''
}

/** A CA that is made. */
export interface TypedAuthority {
  readonly name: string
  readonly algorithm: KeyAlgorithmId
  readonly years: string
}

/** Addresses, one a line. */
export interface TypedPublished {
  readonly lists: string
  readonly certificate: string
}

export interface TypedLists {
  /** Of the first list; asked where the CA has signed lists before. */
  readonly number: string
  readonly days: string
  readonly overlapDays: string
  /** 0: none, where a template may do without. */
  readonly count: string
}

/** A request that was dropped. */
export interface BroughtRequest {
  readonly sha256: string
  readonly subject: readonly AttributeInput[]
}

/** Answers to every template at once: what another one asks stays, and is not used. */
export interface TypedAnswers {
  readonly template: TemplateId
  readonly title: string
  readonly purpose: string
  readonly place: string
  /** As in 2026-12-07, and 09:00; UTC. */
  readonly day: string
  /** The day on which it ends; empty: the same. */
  readonly lastDay: string
  readonly from: string
  readonly to: string
  /** SHA-256 in hex, as sha256sum prints it. */
  readonly tool: string
  /** SHA-256 in hex; empty: there was no ceremony before. */
  readonly previous: string
  /** One a line: what it is, its serial number, the number of its bag, with semicolons between. */
  readonly materials: string
  /** When to stop, a rule a line. */
  readonly stop: string
  /** Rows without a name and an organization are left out. */
  readonly people: readonly TypedPerson[]
  readonly organization: string
  readonly country: string
  readonly root: TypedAuthority
  readonly intermediates: readonly TypedAuthority[]
  /** Certificates (DER): of the CA that signs or goes, and of the one that is cross-certified. */
  readonly authority: Uint8Array | null
  readonly other: Uint8Array | null
  readonly request: BroughtRequest | null
  /** The newest revocation list (DER) of the CA that signs or goes; null: it has revoked nothing. */
  readonly authorityList: Uint8Array | null
  /** Who brings the request, and from where. */
  readonly bringer: string
  /** Of the certificate that an existing CA issues. */
  readonly years: string
  readonly published: TypedPublished
  /** Of the new CA, in a re-key. */
  readonly publishedNew: TypedPublished
  readonly lists: TypedLists
  readonly intermediateLists: TypedLists
  readonly section: string
  readonly reason: string
}

/** What is wrong with one answer: code → detail. What a plan's file cannot have is a fault of plan-file/. */
export interface FormFaults {
  day: null
  time: null
  /** It would end before it begins. */
  order: null
  number: { least: number; most: number }
  /** Not a list's number. */
  decimal: { digits: number }
  country: null
  /** No SHA-256 of the page's file. */
  tool: null
  nobody: null
  /** A certificate or a request is to be dropped. */
  file: null
  /** The list is not of this CA, or not of everything that it has revoked. */
  list: { why: 'other' | 'partial' }
  plan: PlanFault
}

/** `field` is a path such as `people[0].name` in the answers; empty where it is none of them. */
export type FormFault = {
  [C in keyof FormFaults]: { readonly field: string; readonly code: C; readonly detail: FormFaults[C] }
}[keyof FormFaults]
