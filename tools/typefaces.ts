import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FONTSOURCE = fileURLToPath(new URL('../node_modules/@fontsource', import.meta.url))
const SUBSETS = ['latin', 'latin-ext', 'greek', 'cyrillic'] as const

/** The package's own name for each face that the page embeds, and its weights. The mono face has no Greek. */
const FACES = [
  { family: 'IBM Plex Sans', folder: 'ibm-plex-sans', weights: [400, 600] },
  { family: 'IBM Plex Mono', folder: 'ibm-plex-mono', weights: [400] },
] as const

/** Returns the faces as lines for `src/packs/typefaces.ts`: family, weight, characters and WOFF2 in base64, between tabs. */
export function typefaces(): { code: string; files: string[] } {
  const files: string[] = []
  const lines = FACES.flatMap(({ family, folder, weights }) => {
    const ranges = JSON.parse(readFileSync(join(FONTSOURCE, folder, 'unicode.json'), 'utf8')) as Partial<
      Record<string, string>
    >
    return SUBSETS.filter((subset) => ranges[subset] !== undefined).flatMap((subset) =>
      weights.map((weight) => {
        const file = join(FONTSOURCE, folder, 'files', `${folder}-${subset}-${String(weight)}-normal.woff2`)
        files.push(file)
        return [family, weight, ranges[subset], readFileSync(file, 'base64')].join('\t')
      }),
    )
  })
  return { code: lines.join('\n'), files }
}
