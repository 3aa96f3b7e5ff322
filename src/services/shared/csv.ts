import { seen } from '../../plain-text.ts'

/** A table as comma-separated values (RFC 4180). */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')

/** What a spreadsheet takes for the beginning of a formula (CWE-1236), in full width too. */
const FORMULA = /(^|[;,])(\s*[=+\-@＝＋－＠])/g

/**
 * Always quoted, and what a spreadsheet would take for a formula stays text: at the beginning, and behind what parts the
 * cells where it is set to another language.
 */
function quoted(cell: string): string {
  const text = seen(cell).replace(FORMULA, "$1'$2")
  return `"${text.replaceAll('"', '""')}"`
}
