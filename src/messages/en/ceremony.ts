import { ceremonyErrors } from './ceremony-errors.ts'
import { recordErrors } from './record-errors.ts'
import { ceremony as room } from './ui/ceremony.ts'
import { ceremonyForm as form } from './ui/ceremony-form.ts'
import { ceremonyPlan as plan } from './ui/ceremony-plan.ts'
import { ceremonySheets as sheets } from './ui/ceremony-sheets.ts'

const sentences = { ...ceremonyErrors, ...recordErrors }

/** Every word of a ceremony: of its plan, of the room, of what goes wrong, and of what is printed. */
export const ceremonyWords = { sentences, form, plan, room, sheets }
