import { documentPage, html } from './html.ts'

/** A sheet to read along with the files it describes, in the page's words. */
export interface Sheet {
  readonly language: string
  readonly title: string
  readonly lead: readonly string[]
  readonly warnings: readonly string[]
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** A heading, and lines to copy verbatim. */
  readonly verbatim: readonly { readonly heading: string; readonly text: string }[]
}

/** Returns the sheet as a page. */
export function sheetHtml({ language, title, lead, warnings, columns, rows, verbatim }: Sheet): string {
  const body = html`<h1>${title}</h1>
    ${lead.map((text) => html`<p>${text}</p>`)}
    ${warnings.map((text) => html`<p class="warning">${text}</p>`)}
    <table class="sheet">
      <thead>
        <tr>
          ${columns.map((text) => html`<th scope="col">${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((text, i) => html`<td data-label="${columns[i]!}">${text}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${verbatim.map(
      ({ heading, text }) =>
        html`<h2>${heading}</h2>
          <pre>${text}</pre>`,
    )}`
  return documentPage({ language, title, body })
}

/** Returns the same as plain text, for a terminal or a printer. */
export function sheetText({ title, lead, warnings, columns, rows, verbatim }: Sheet): string {
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]!.length)))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i]!))).join('  ')
  const blocks = [
    title,
    ...lead,
    ...warnings.map((text) => `!  ${text}`),
    [columns, ...rows].map(line).join('\n'),
    ...verbatim.map(({ heading, text }) => `${heading}\n\n${text}`),
  ]
  return blocks.join('\n\n').replace(/\n/g, '\r\n') + '\r\n'
}
