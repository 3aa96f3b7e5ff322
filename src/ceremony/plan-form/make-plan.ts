/** Makes a plan from the answers of a form. What is wrong is said at its answer. */
import { readPlan, writePlan } from '../plan-file.ts'
import type { PlanFault } from '../plan-file/fault.ts'
import type { Plan } from '../plan.ts'
import { planFrom, type TemplateAnswers, type TemplateId } from '../templates.ts'
import type { FormFault, TypedAnswers } from './answers.ts'
import { fieldOf } from './fields.ts'
import { Typed } from './typed.ts'

/** The octets of the plan's file, or everything that is wrong with the answers. */
export type MadePlan = { readonly file: Uint8Array } | { readonly faults: readonly FormFault[] }

/** Returns the file of a plan, which is read strictly before; throws if a certificate in it cannot be read. */
export function makePlan(answers: TypedAnswers): MadePlan {
  const typed = new Typed(answers)
  const common = typed.common()
  const parts = ANSWERS[answers.template](typed, answers)
  // Without its files, what is common can still be read.
  const plan: Plan = parts
    ? planFrom(answers.template, common, parts)
    : { ...planFrom('destroy-key', common, NOTHING), existing: [], destructions: [], steps: [] }
  const file = writePlan(plan)
  const read = readPlan(file)
  const faults = all(typed.faults, 'faults' in read ? read.faults : [], plan, answers)
  return faults.length > 0 ? { faults } : { file }
}

const NOTHING: TemplateAnswers['destroy-key'] = {
  ...{ authority: new Uint8Array(), revoked: [], reason: '', lists: null },
}

/** The first fault of each answer. What is of no answer follows from another fault, unless it is the only one. */
function all(
  noted: readonly FormFault[],
  faults: readonly PlanFault[],
  plan: Plan,
  answers: TypedAnswers,
): readonly FormFault[] {
  const read = faults.map((detail): FormFault => ({
    field: fieldOf(detail.path, plan, answers),
    code: 'plan',
    detail,
  }))
  const each = [...noted, ...read]
  const first = each.filter(({ field }, at) => each.findIndex((one) => one.field === field) === at)
  const placed = first.filter(({ field }) => field !== '')
  return placed.length > 0 ? placed : first
}

type Reading = {
  readonly [T in TemplateId]: (typed: Typed, answers: TypedAnswers) => TemplateAnswers[T] | null
}

/** What each template asks; null if a file is missing. Everything is read before that is found. */
const ANSWERS: Reading = {
  'new-root': (typed, { root, lists }) => ({
    root: typed.authority('root', root),
    lists: typed.scheduleOrNone('lists', lists),
  }),

  hierarchy: (typed, { root, intermediates, published, lists, intermediateLists }) => ({
    root: typed.authority('root', root),
    intermediates: intermediates.map((each, i) => typed.authority(`intermediates[${String(i)}]`, each)),
    published: typed.published(published),
    lists: typed.schedule('lists', lists),
    intermediateLists: typed.scheduleOrNone('intermediateLists', intermediateLists),
  }),

  'sign-request': (typed, answers) => {
    const years = typed.years('years', answers.years)
    const issuer = typed.file('authority', answers.authority)
    const request = typed.file('request', answers.request)
    if (!issuer || !request) return null
    const { sha256, subject } = request
    const { section, published, bringer } = answers
    return {
      ...{ issuer, subject, years, section: section.trim(), published: typed.published(published) },
      request: { sha256, from: bringer.trim() },
    }
  },

  'cross-certify': (typed, answers) => {
    const years = typed.years('years', answers.years)
    const issuer = typed.file('authority', answers.authority)
    const other = typed.file('other', answers.other)
    if (!issuer || !other) return null
    const published = typed.published(answers.published)
    return { issuer, other, years, published, section: answers.section.trim() }
  },

  lists: (typed, { authority, authorityList, lists }) => {
    const number = typed.listNumber('lists', lists)
    const schedule = typed.schedule('lists', lists)
    const issuer = typed.file('authority', authority)
    return issuer && { issuer, revoked: typed.revoked(authorityList, issuer), number, schedule }
  },

  're-key': (typed, { authority, root, published, publishedNew, lists }) => {
    const top = typed.authority('root', root)
    const schedule = typed.schedule('lists', lists)
    const old = typed.file('authority', authority)
    const both = { old: typed.published(published), new: typed.published(publishedNew) }
    return old && { old, root: top, published: both, lists: schedule }
  },

  'destroy-key': (typed, { authority, authorityList, reason, lists }) => {
    const schedule = typed.scheduleOrNone('lists', lists)
    const number = schedule ? typed.listNumber('lists', lists) : '1'
    const known = typed.file('authority', authority)
    if (!known) return null
    const revoked = typed.revoked(authorityList, known)
    return { authority: known, revoked, reason: reason.trim(), lists: schedule && { ...schedule, number } }
  },
}
