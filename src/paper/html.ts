import { DOCUMENT_POLICY_META } from '../csp/policy.ts'
import { DOCUMENT_STYLE } from './style.ts'

/** HTML written in this code base; all other text is escaped on its way in. */
export interface Markup {
  readonly markup: string
}

type Part = string | number | Markup | readonly Part[] | null

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Returns a piece of a page. Every value is escaped as text unless this function made it; null is nothing. */
export const html = (written: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: written.reduce((page, piece, i) => page + markupOf(parts[i - 1] ?? null) + piece),
})

function markupOf(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'string') return part.replace(/[&<>"'`]/g, (character) => ENTITIES[character]!)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(markupOf).join('')
}

/** What goes into a document; `language` is a BCP 47 tag. */
interface Contents {
  readonly language: string
  readonly title: string
  readonly body: Markup
  /** Added to the style of every document; written in this code base. */
  readonly style?: string
}

/**
 * Returns a self-contained page: no script, nothing fetched, as its own policy enforces. It is opened from a USB stick,
 * decades later.
 */
export function documentPage({ language, title, body, style }: Contents): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        ${POLICY}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${STYLE}
          ${style === undefined ? null : { markup: style }}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.markup
}

const STYLE: Markup = { markup: DOCUMENT_STYLE }
const POLICY: Markup = { markup: DOCUMENT_POLICY_META }
