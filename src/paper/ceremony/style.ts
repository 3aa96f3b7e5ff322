/** What sheets of a ceremony add to the style of every document: one section a page, on A4 and on Letter. */
export const SHEET_STYLE = `
.leaf { position: relative; isolation: isolate; max-width: 174mm; margin: 0 auto 24px; padding: 8mm;
  border: 1px solid var(--line); font-size: 9pt; line-height: 12.5pt; overflow: clip; }
.leaf > header { margin-bottom: 8pt; padding-bottom: 3pt; border-bottom: 1.5pt solid var(--ink); }
.leaf > header p { display: flex; justify-content: space-between; gap: 12pt; margin: 0; }
.leaf > header .of { flex: none; font-weight: 600; }
.leaf > header .bound { font-size: 11pt; line-height: 15pt; }
.leaf > header .hash { font: 7pt/10pt ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; }
.leaf h1 { margin: 0 0 8pt; font-size: 15pt; line-height: 20pt; }
.leaf h2 { margin: 0; padding: 9pt 0 4pt; border: 0; font-size: 11.5pt; line-height: 15pt; }
.leaf p { margin: 0; padding-bottom: 4pt; }
.leaf .strong, .leaf .statement { padding-inline-start: 8pt; border-inline-start: 2pt solid var(--ink); font-weight: 600; }
.leaf .item { padding: 8pt 0 4pt; font-weight: 600; }
.leaf .strong { margin-bottom: 4pt; padding-bottom: 0; }
.leaf .statement { margin: 4pt 0 8pt; padding-block: 1pt; border: 1pt solid var(--ink); padding-inline: 6pt; }
.leaf table { margin: 0; table-layout: fixed; font-size: 9pt; line-height: 12.5pt; }
.leaf th, .leaf td { padding: 2pt 6pt 2pt 0; border: 0; }
.leaf th { color: var(--ink); font-weight: 600; }
.leaf .facts th { color: var(--quiet); font-weight: 400; }
.leaf .grid { margin-bottom: 4pt; }
.leaf .grid th, .leaf .grid td { padding-inline: 3pt; border: 0.5pt solid var(--line); }
.leaf td > span, .leaf th > span { display: block; }
.leaf .bold { font-weight: 600; }
.leaf .mono { font: 8pt/12.5pt ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; }
.leaf .box { display: inline-block; box-sizing: border-box; width: 9pt; height: 9pt; margin-inline-end: 5pt;
  border: 0.75pt solid var(--ink); font: 600 7.5pt/7.5pt sans-serif; text-align: center; vertical-align: -1pt; }
.leaf .room-26 td { height: 21pt; } .leaf .room-30 td { height: 25pt; } .leaf .room-44 td { height: 39pt; } .leaf .room-50 td { height: 45pt; }
.leaf .hex, .leaf .aloud { display: grid; margin: 0; padding: 0 0 8pt; list-style: none; }
.leaf .hex { grid-template-columns: repeat(8, 1fr); font: 13pt/20pt ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; }
.leaf .aloud { grid-template-columns: repeat(4, 1fr); font-size: 14pt; line-height: 22pt; }
.leaf .aloud li { display: flex; align-items: baseline; height: 22pt; } .leaf .aloud small { width: 18pt; font-size: 7.5pt; }
.leaf .write { display: flex; gap: 8pt; align-items: flex-end; min-height: 18pt; padding: 4pt 0 2pt; }
.leaf .write span { flex: none; max-width: 60%; } .leaf .write::after { content: ''; flex: auto; border-bottom: 0.75pt solid var(--ink); }
.leaf .no-return { margin: 4pt 0; padding: 4pt 6pt; border: 2pt solid var(--ink); font-weight: 600; }
.leaf > .mark { position: absolute; z-index: -1; inset: 96mm 0 auto; margin: 0; color: #dcdcdc; font: 700 62pt/1 sans-serif;
  text-align: center; white-space: nowrap; rotate: -32deg; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
@media (prefers-color-scheme: dark) { .leaf > .mark { color: #33363d; } }
@media (max-width: 40rem) { .leaf { padding: 8px; } .leaf > header p { flex-wrap: wrap; }
  .leaf .hex { grid-template-columns: repeat(4, 1fr); } .leaf .aloud { grid-template-columns: repeat(2, 1fr); } }
@media print {
  @page { margin: 15mm 18mm; @bottom-right { content: none; } }
  .leaf { width: 174mm; max-width: none; min-height: 225mm; margin: 0; padding: 0; border: 0; break-after: page;
    break-inside: avoid; }
  .leaf:last-child { break-after: auto; }
  .leaf > .mark { color: #dcdcdc; }
}
`
