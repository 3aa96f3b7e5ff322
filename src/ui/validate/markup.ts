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
