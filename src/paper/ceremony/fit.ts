/**
 * How much room text takes on a sheet, without a browser: sheets are files that nothing measures, so that each character
 * counts for at least its width in the widest face that is common (DejaVu Sans). Lengths are points.
 */

export interface Face {
  readonly size: number
  readonly line: number
  readonly mono?: boolean
  readonly bold?: boolean
}

/** Fits both A4 and Letter with margins of 18 mm, with some room to spare. */
export const SHEET = { width: 490, height: 670 } as const

/** Of each character from the space to the tilde, in hundredths of an em, rounded up. */
const ASCII = `
32 41 46 84 64 96 78 28 40 40 50 84 32 37 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 54 100 69 69 70 78 64 58 78
76 30 30 66 56 87 75 79 61 79 70 64 62 74 69 99 69 62 69 40 34 40 84 50 50 62 64 55 64 62 36 64 64 28 28 58 28 98 64 62
64 64 42 53 40 64 60 82 60 60 53 64 34 64 84`
  .trim()
  .split(/\s+/)
  .map((width) => Number(width) / 100)
/** Of any other: letters of most scripts are narrower, pictures as wide. */
const OTHER = 1.3
const MONO = 0.61
const BOLD = 1.14
/** For kerning, rounding and faces that are wider in places. */
const SPARE = 1.02

/** In ems. */
function widthOf(character: string, { mono, bold }: Face): number {
  const width = ASCII[character.charCodeAt(0) - 32] ?? (/^[‘’“”–·…À-ž]$/.test(character) ? 1 : OTHER)
  return SPARE * (mono === true && width < OTHER ? MONO : bold === true ? BOLD * width : width)
}

/** Returns the lines that the text breaks into at most, each with the space that it ends with. */
export function wrapped(text: string, width: number, face: Face): string[] {
  const room = width / face.size
  const lines: string[] = []
  let line = ''
  let used = 0
  const end = (): void => {
    lines.push(line)
    line = ''
    used = 0
  }
  for (const word of text.match(/[^ ]+ *| +/g) ?? []) {
    const needed = lengthOf(word.trimEnd(), face)
    if (used > 0 && used + needed > room) end()
    // A word that is longer than a line is broken anywhere.
    for (const character of word) {
      const more = widthOf(character, face)
      if (character !== ' ' && used > 0 && used + more > room) end()
      line += character
      used += more
    }
  }
  if (line !== '' || lines.length === 0) end()
  return lines
}

function lengthOf(text: string, face: Face): number {
  let length = 0
  for (const character of text) length += widthOf(character, face)
  return length
}
