/** The procedure linted: people, order, backups, dates. Certificates are linted again when they are made. */
import { DAY } from '../time.ts'
import { lintCertificates } from './lint/certificates.ts'
import { PLAN_SEVERITIES, type Linted, type PlanFinding } from './lint/finding.ts'
import { lintAccepted, lintLists } from './lint/lists.ts'
import { lintBackups, lintOrder } from './lint/order.ts'
import { lintActing, lintPeople } from './lint/people.ts'
import { lintResponses } from './lint/responses.ts'
import { lintCover, lintFrame, lintVault } from './lint/steps.ts'
import type { Plan } from './plan.ts'

/** A window is for one ceremony: a day, and some to spare. */
const LONGEST_WINDOW = 7

/** Returns what is wrong with a plan at a time: first what is wrong as a whole, then by steps in their order. */
export function lintPlan(plan: Plan, at: Date): readonly PlanFinding[] {
  const found: PlanFinding[] = []
  const add: Linted['add'] = (code, detail, step) => {
    const named = step === undefined ? null : { id: plan.steps[step]!.id, number: step + 1 }
    // A code and its own detail; TypeScript does not follow that through the union.
    found.push({ code, detail, severity: PLAN_SEVERITIES[code], step: named } as PlanFinding)
  }
  const linted: Linted = { plan, add }
  lintWindow(linted, at)
  for (const lint of [
    ...[lintPeople, lintActing, lintFrame, lintVault, lintCover, lintOrder, lintBackups],
    ...[lintCertificates, lintLists, lintResponses, lintAccepted],
  ])
    lint(linted)
  return found.toSorted((a, b) => (a.step?.number ?? 0) - (b.step?.number ?? 0))
}

function lintWindow({ plan, add }: Linted, at: Date): void {
  const { from, to } = plan.window
  const days = Math.ceil((to.getTime() - from.getTime()) / DAY)
  if (days <= 0) add('window-empty', null)
  if (to < at) add('window-past', { to })
  if (days > LONGEST_WINDOW) add('window-long', { days, limit: LONGEST_WINDOW })
}
