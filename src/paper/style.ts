/** The style of every document: the page's own colours, light and dark; black on white in print. */
export const DOCUMENT_STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf8; --ink: #1f2126; --quiet: #47494e; --line: #d8d6d2;
  --good: #14532d; --bad: #8f1d1d; --warn: #6b4a00; --grey: #4c4e52; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15171c; --ink: #e5e4e1; --quiet: #b9bac0; --line: #3a3d45;
    --good: #86d99b; --bad: #ff9d95; --warn: #eac06a; --grey: #b3b5b9; } }
body { margin: 0 auto; padding: 24px 16px 48px; max-width: 72rem; background: var(--paper); color: var(--ink);
  font: 15px/22px system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 24px; line-height: 32px; }
h2 { margin: 32px 0 8px; padding-top: 12px; border-top: 1px solid var(--line); font-size: 18px; }
h3 { margin: 24px 0 4px; font-size: 15px; }
p, ul, dl { margin: 0 0 8px; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 2px 16px; }
dt, .quiet { color: var(--quiet); }
dd { margin: 0; min-width: 0; }
table { width: 100%; margin: 8px 0; border-collapse: collapse; font-size: 13px; line-height: 18px; }
th, td { padding: 2px 12px 2px 0; border-top: 1px solid var(--line); text-align: start; vertical-align: top; }
thead th { border: 0; color: var(--quiet); }
.rules td:first-child, .rules th { white-space: nowrap; }
code, pre { font: 13px/18px ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; }
pre { white-space: pre-wrap; }
.valid, .held { color: var(--good); } .invalid, .failed { color: var(--bad); }
.exhausted, .valid-with-faults { color: var(--warn); } .unchecked, .not-applicable { color: var(--grey); }
.idle { color: var(--quiet); font-size: 13px; line-height: 18px; }
.refusals { color: var(--bad); }
.warning { padding-inline-start: 12px; border-inline-start: 3px solid var(--bad); font-weight: 600; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 6px; }
  .rules thead { position: absolute; clip-path: inset(50%); }
  .rules tr { display: flex; flex-wrap: wrap; border-top: 1px solid var(--line); }
  .rules td { border: 0; } .rules td:last-child { flex-basis: 100%; }
  .sheet thead { position: absolute; clip-path: inset(50%); }
  .sheet tr { display: block; padding: 4px 0; border-top: 1px solid var(--line); }
  .sheet td { display: grid; grid-template-columns: 9rem 1fr; padding-inline-end: 0; border: 0; }
  .sheet td::before { content: attr(data-label); color: var(--quiet); } }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --quiet: #000; --line: #999;
    --good: #000; --bad: #000; --warn: #000; --grey: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 14pt; }
  h2, h3 { break-after: avoid; } tr, dl, pre { break-inside: avoid; }
  @page { margin: 18mm 15mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 9pt sans-serif; } }
}
`
