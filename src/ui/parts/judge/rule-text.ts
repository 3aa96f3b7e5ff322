import { moment } from '../../../messages/en/format.ts'
import { messages } from '../../../messages/messages.ts'
import type { RuleRow } from '../../../validate/report.ts'

/** What a step makes sure of, in words; a rule on one certificate goes by the fault that it forbids. */
export const stepName = (step: string): string =>
  messages.ui.judge.steps[step] ?? messages.ui.judge.noFault(step.replaceAll('-', ' '))

/** The value that mattered, on one line. */
export function detailText(detail: RuleRow['detail']): string {
  if (detail === null || detail === true) return ''
  if (detail instanceof Date) return moment(detail)
  if (Array.isArray(detail)) return detail.map(detailText).join(', ')
  if (typeof detail !== 'object') return String(detail)
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${detailText(value)}`)
    .join(' · ')
}
