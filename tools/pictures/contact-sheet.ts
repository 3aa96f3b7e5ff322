import type { View } from '../../test/support/views.ts'
import { VIEWS } from '../../test/support/views.ts'

/** What was made of a scene. */
export interface Taken {
  readonly page: string
  readonly state: string
  /** Begins the names of its pictures; null if the scene was not reached. */
  readonly stem: string | null
  /** What is wrong with it, one line each. */
  readonly faults: readonly string[]
}

export const fileOf = (stem: string, { label }: View): string => `${stem}-${label}.png`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const STYLE = `
  body { font: 15px/1.4 system-ui, sans-serif; margin: 24px; background: #888; color: #000 }
  h2 { font-size: 15px; margin: 24px 0 4px }
  .row { display: flex; gap: 8px; align-items: start }
  .row a { flex: 1280 1 0; min-width: 0 }
  .row a.w360 { flex-grow: 438 }
  .row a.w2560 { flex-grow: 2560 }
  img { width: 100%; aspect-ratio: 1280 / 900; object-fit: cover; object-position: top; display: block }
  .w360 img { aspect-ratio: 360 / 740 }
  .w2560 img { aspect-ratio: 2560 / 900 }
  li { color: #700 }
`

/** One page with all pictures as thumbnails, by page; it opens from disk, beside them. */
export function contactSheet(taken: readonly Taken[]): string {
  const parts = taken.map(({ page, state, stem, faults }) => {
    const pictures = VIEWS.map((view) => {
      if (stem === null) return ''
      const file = escaped(fileOf(stem, view))
      return `<a class="w${view.width}" href="${file}"><img loading="lazy" src="${file}" alt="${escaped(`${page}, ${state}, ${view.label}`)}"></a>`
    })
    const list = faults.map((fault) => `<li>${escaped(fault)}</li>`).join('')
    return `<h2>${escaped([page, state].filter(Boolean).join(': '))}</h2><ul>${list}</ul><div class="row">${pictures.join('')}</div>`
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title><style>${STYLE}</style><h1>Every page, ${VIEWS.map(({ label }) => label).join(', ')}</h1>${parts.join('\n')}</html>\n`
}
