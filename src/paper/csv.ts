import { seen } from '../plain-text.ts'

/** Returns a table as comma-separated values (RFC 4180). */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')

/**
 * Start of what a spreadsheet takes for a formula (CWE-1236), full-width forms included. One that splits at another
 * sign takes the quotation marks before it away.
 */
const FORMULA = /(^|[;,])([\s"]*[=+\-@＝＋－＠])/g

/**
 * Always quotes, and neutralises formulas: at the start, and after any character that another locale's spreadsheet uses
 * as the separator.
 */
function quoted(cell: string): string {
  const text = seen(cell).replace(FORMULA, "$1'$2")
  return `"${text.replaceAll('"', '""')}"`
}
