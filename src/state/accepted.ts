import type { Finding } from '../findings.ts'

/** Whether what speaks against a CA is what was accepted: another finding asks again. */
export const isAllAccepted = (against: readonly Finding[], accepted: readonly Finding[]): boolean =>
  against.length === 0 || JSON.stringify(against) === JSON.stringify(accepted)
