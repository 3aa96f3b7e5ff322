/** Plans made from a few answers. What they leave open, such as notes and stop rules, is for the plan's author. */
import type { AttributeInput, ExtensionInputs } from '../ca/input.ts'
import { attributeTypeName } from '../ca/subject.ts'
import { SECOND } from '../time.ts'
import {
  KEY_ALGORITHMS,
  SIGNATURES_OF,
  type KeyAlgorithmId,
  type KeyType,
  type SignatureAlgorithmId,
} from '../webcrypto/algorithms.ts'
import { parseCertificate } from '../x509/certificate.ts'
import type { Name } from '../x509/name.ts'
import { NO_EXTENSIONS } from './plan-file/extensions.ts'
import type {
  ExistingAuthority,
  Plan,
  PlannedCertificate,
  PlannedKey,
  PlannedLists,
  PlannedRevocation,
} from './plan.ts'
import { stepsOf } from './steps-of.ts'

/** What every plan says, whatever is signed. */
export type CommonAnswers = Pick<
  Plan,
  'title' | 'purpose' | 'place' | 'window' | 'tool' | 'previous' | 'people' | 'materials' | 'stop'
>

/** Where the lists and the certificate of a CA are published: URLs, which the certificates below it have. */
export interface Published {
  readonly lists: readonly string[]
  readonly certificate: readonly string[]
}

/** A CA that is made. */
export interface NewAuthority {
  readonly subject: readonly AttributeInput[]
  readonly algorithm: KeyAlgorithmId
  readonly years: number
  /** People (ids) who know what opens its key. */
  readonly holders: readonly string[]
  /** Of the policy; may be empty. */
  readonly section: string
}

export type Schedule = Pick<PlannedLists, 'days' | 'overlapDays' | 'count'>

/** What each template asks, beyond what is common. Certificates of CAs are DER. */
export interface TemplateAnswers {
  'new-root': { readonly root: NewAuthority; readonly lists: Schedule | null }
  hierarchy: {
    readonly root: NewAuthority
    readonly intermediates: readonly NewAuthority[]
    readonly published: Published
    readonly lists: Schedule
    /** Of each intermediate; null: it signs them itself, later. */
    readonly intermediateLists: Schedule | null
  }
  'sign-request': {
    readonly issuer: Uint8Array
    readonly request: { readonly sha256: string; readonly from: string }
    readonly subject: readonly AttributeInput[]
    readonly years: number
    readonly published: Published
    readonly section: string
  }
  'cross-certify': {
    readonly issuer: Uint8Array
    readonly other: Uint8Array
    readonly years: number
    readonly published: Published
    readonly section: string
  }
  lists: {
    readonly issuer: Uint8Array
    readonly revoked: readonly PlannedRevocation[]
    readonly number: string
    readonly schedule: Schedule
  }
  're-key': {
    readonly old: Uint8Array
    readonly root: NewAuthority
    /** Of the old CA, and of the new one. */
    readonly published: { readonly old: Published; readonly new: Published }
    readonly lists: Schedule
  }
  'destroy-key': {
    readonly authority: Uint8Array
    readonly revoked: readonly PlannedRevocation[]
    readonly reason: string
    /** Signed before; null: there are enough. */
    readonly lists: (Schedule & Pick<PlannedLists, 'number'>) | null
  }
}

export type TemplateId = keyof TemplateAnswers

type Parts = Partial<
  Pick<Plan, 'existing' | 'keys' | 'requests' | 'certificates' | 'lists' | 'responses' | 'destructions'>
>
type Window = Plan['window']

/** Returns the plan of a template, with its steps. */
export function planFrom<T extends TemplateId>(
  template: T,
  common: CommonAnswers,
  answers: TemplateAnswers[T],
): Plan {
  const parts = TEMPLATES[template](answers, common.window)
  const none = {
    ...{ existing: [], keys: [], requests: [], certificates: [], lists: [], responses: [] },
    destructions: [],
  }
  const plan = { ...common, words: 'en-1' as const, ...none, ...parts, accepted: [] }
  return { ...plan, steps: stepsOf(plan) }
}

const TEMPLATES: { readonly [T in TemplateId]: (answers: TemplateAnswers[T], window: Window) => Parts } = {
  'new-root': ({ root, lists }, { from }) => ({
    keys: [keyOf('root', root)],
    certificates: [rootOf(root, from)],
    lists: lists ? [listsOf('root', lists, from)] : [],
  }),

  hierarchy: ({ root, intermediates, published, lists, intermediateLists }, { from }) => {
    const top = rootOf(root, from)
    const named = intermediates.map((each, i) => ({ id: `intermediate-${String(i + 1)}`, each }))
    const issuer = { id: top.id, notAfter: top.notAfter, keyType: KEY_ALGORITHMS[root.algorithm].keyType }
    return {
      keys: [keyOf('root', root), ...named.map(({ id, each }) => keyOf(id, each))],
      certificates: [
        top,
        ...named.map(({ id, each }) => ({
          ...below(issuer, published, 0, from, each.years),
          ...{ id, key: `${id}-key`, subject: each.subject, section: each.section },
        })),
      ],
      lists: [
        listsOf('root', lists, from),
        ...named.flatMap(({ id }) => (intermediateLists ? [listsOf(id, intermediateLists, from)] : [])),
      ],
    }
  },

  'sign-request': ({ issuer, request, subject, years, published, section }, { from }) => {
    const above = existingOf('issuer', issuer)
    return {
      existing: [existing('issuer', issuer)],
      requests: [{ id: 'request', ...request }],
      certificates: [
        {
          ...below(above, published, lessOf(above.pathLen) ?? 0, from, years),
          ...{ id: 'certificate', key: 'request', subject, section },
        },
      ],
    }
  },

  'cross-certify': ({ issuer, other, years, published, section }, { from }) => {
    const [above, that] = [existingOf('issuer', issuer), existingOf('other', other)]
    return {
      existing: [existing('issuer', issuer), existing('other', other)],
      certificates: [{ ...crossOf(above, that, published, from, years), id: 'cross', key: 'other', section }],
    }
  },

  lists: ({ issuer, revoked, number, schedule }, { from }) => ({
    existing: [existing('issuer', issuer, revoked)],
    lists: [{ ...listsOf('issuer', schedule, from), number }],
  }),

  're-key': ({ old, root, published, lists }, { from }) => {
    const former = existingOf('old-root', old)
    const top = rootOf(root, from)
    const { keyType } = KEY_ALGORITHMS[root.algorithm]
    const next: Above = { id: 'root', keyType, pathLen: null, notAfter: top.notAfter, subject: root.subject }
    const { section, years } = root
    return {
      existing: [existing('old-root', old)],
      keys: [keyOf('root', root)],
      certificates: [
        top,
        {
          ...crossOf(former, next, published.old, from, years),
          id: 'new-with-old',
          key: 'root-key',
          section,
        },
        {
          ...crossOf(next, former, published.new, from, years),
          id: 'old-with-new',
          key: 'old-root',
          section,
        },
      ],
      lists: [listsOf('root', lists, from)],
    }
  },

  'destroy-key': ({ authority, revoked, reason, lists }, { from }) => ({
    existing: [existing('authority', authority, revoked)],
    lists: lists ? [{ ...listsOf('authority', lists, from), number: lists.number }] : [],
    destructions: [{ id: 'destruction', authority: 'authority', reason }],
  }),
}

/** What is known of a CA above, or beside. */
interface Above {
  readonly id: string
  readonly notAfter: Date
  readonly keyType: KeyType | null
  readonly pathLen: number | null
  readonly subject: readonly AttributeInput[]
}

const existing = (
  id: string,
  certificate: Uint8Array,
  revoked: readonly PlannedRevocation[] = [],
): ExistingAuthority => ({ id, certificate, revoked })

function existingOf(id: string, der: Uint8Array): Above {
  const certificate = parseCertificate(der)
  const { notAfter, spki, basicConstraints } = certificate
  const pathLen = basicConstraints?.pathLen ?? null
  return { id, notAfter, keyType: spki.keyType, pathLen, subject: attributesOf(certificate.subject) }
}

/** A name as it is typed; a value that is no text is empty, and refused by the reader of plans. */
export const attributesOf = ({ rdns }: Name): readonly AttributeInput[] =>
  rdns.flat().map(({ oid, text }) => ({ type: attributeTypeName(oid), value: text ?? '' }))

const keyOf = (id: string, { algorithm, holders }: NewAuthority): PlannedKey => ({
  id: `${id}-key`,
  algorithm,
  holders,
})

const listsOf = (issuer: string, { days, overlapDays, count }: Schedule, thisUpdate: Date): PlannedLists => ({
  ...{ id: `${issuer}-lists`, issuer, number: '1', thisUpdate, days, overlapDays, count },
})

/** The most usual of a key; of one that is not known, a choice that lint will refuse. */
const signatureOf = (keyType: KeyType | null): SignatureAlgorithmId => SIGNATURES_OF[keyType ?? 'p256'][0]!

const CA_USAGE = ['keyCertSign', 'cRLSign'] as const

const rootOf = ({ subject, algorithm, years, section }: NewAuthority, from: Date): PlannedCertificate => ({
  ...{ id: 'root', key: 'root-key', issuer: null, profile: 'root', subject, subjectAltNames: [] },
  ...{ notBefore: from, notAfter: endOf(from, years), serial: 'random', section },
  signature: signatureOf(KEY_ALGORITHMS[algorithm].keyType),
  extensions: { ...NO_EXTENSIONS, keyUsage: CA_USAGE },
})

/** A validity includes its last second (RFC 5280 §4.1.2.5). */
function endOf(from: Date, years: number): Date {
  const end = new Date(from)
  end.setUTCFullYear(end.getUTCFullYear() + years)
  return new Date(end.getTime() - SECOND)
}
const earliest = (...dates: readonly Date[]): Date => new Date(Math.min(...dates.map(Number)))

/** Everything of a certificate below a CA but its own id, key, name and section. */
const below = (
  { id, notAfter, keyType }: Pick<Above, 'id' | 'notAfter' | 'keyType'>,
  { lists, certificate }: Published,
  pathLen: number | null,
  from: Date,
  years: number,
): Omit<PlannedCertificate, 'id' | 'key' | 'subject' | 'section'> => {
  const addresses: ExtensionInputs = {
    cRLDistributionPoints: lists.length > 0 ? lists : null,
    authorityInfoAccess: certificate.length > 0 ? { ocsp: [], caIssuers: certificate } : null,
  }
  return {
    ...{ issuer: id, profile: 'intermediate', subjectAltNames: [], serial: 'random', notBefore: from },
    notAfter: earliest(endOf(from, years), notAfter),
    signature: signatureOf(keyType),
    extensions: { ...NO_EXTENSIONS, pathLen, keyUsage: CA_USAGE, ...addresses },
  }
}

/** One less than the CA above may have below it, but not less than none; null: as many as there are. */
const lessOf = (pathLen: number | null): number | null => (pathLen === null ? null : Math.max(pathLen - 1, 0))

/** A certificate of a CA that has one already: its name, no longer than it, and no more below it. */
const crossOf = (
  above: Above,
  { subject, notAfter, pathLen }: Above,
  published: Published,
  from: Date,
  years: number,
): Omit<PlannedCertificate, 'id' | 'key' | 'section'> => {
  const limits = [lessOf(above.pathLen), pathLen].filter((each) => each !== null)
  const least = limits.length > 0 ? Math.min(...limits) : null
  const certificate = below(above, published, least, from, years)
  return { ...certificate, subject, notAfter: earliest(certificate.notAfter, notAfter) }
}
