import type { ExplainedText } from '../../border/protocol/lab.ts'
import { explain, LONGEST_TEXT, type Printer } from '../../mtls/explain.ts'
import { PRINTER_NAMES } from '../../mtls/explain/known-text.ts'
import type { ProgramId } from '../../mtls/programs/program.ts'
import { PROGRAMS } from '../../mtls/programs/programs.ts'

/** Returns what a pasted error text means. */
export function explained(text: string): ExplainedText {
  const { found, isCut } = explain(text)
  return {
    found: found.map(({ printer, ...telling }) => ({ ...telling, printer: printer && nameOf(printer) })),
    limit: isCut ? LONGEST_TEXT : null,
  }
}

const isMeasured = (printer: Printer): printer is ProgramId => printer in PROGRAMS
const nameOf = (printer: Printer): string =>
  isMeasured(printer) ? PROGRAMS[printer].name : PRINTER_NAMES[printer]
