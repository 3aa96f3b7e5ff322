import { ceremony as room } from './ui/ceremony.ts'
import { ceremonyPlan as plan } from './ui/ceremony-plan.ts'
import { ceremonySheets as sheets } from './ui/ceremony-sheets.ts'

/** Every word of a ceremony: of its plan, of the room, and of what is printed. */
export const ceremonyWords = { plan, room, sheets }
