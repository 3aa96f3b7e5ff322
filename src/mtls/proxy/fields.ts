import { PROXY_LIMITS, notTooMany, refusal } from './fault.ts'
import { trimmed, type Slice } from './slice.ts'

/** One header line as it was pasted. */
export interface Field {
  /** Lower case, with hyphens for underscores, as servers take one for the other; null for a value without a name. */
  readonly name: string | null
  readonly written: string
  readonly value: Slice
}

const NAME = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):/
const COLON_HEX = /^([0-9A-Fa-f]{2}:)+[0-9A-Fa-f]{2}$/
const REQUEST_LINE = /^(?:[A-Z]+ \S+ HTTP\/[\d.]+|HTTP\/[\d.]+ \d{3}.*)\r?$/
const PEM_BEGIN = '-----BEGIN '
const PEM_END = '-----END '

export const comparable = (name: string): string => name.toLowerCase().replaceAll('_', '-')

/** Parts what was pasted into header lines; text that begins with no name is one value. */
export function fieldsOf(text: string): Field[] {
  const { length } = text
  if (length > PROXY_LIMITS.characters)
    throw refusal('header-too-long', { length, limit: PROXY_LIMITS.characters })
  const whole = trimmed({ text, offset: 0 })
  if (whole.text === '') throw refusal('header-empty', null)
  const first = whole.text.slice(0, indexOrEnd(whole.text, '\n', 0))
  if ((!NAME.test(first) && !REQUEST_LINE.test(first)) || COLON_HEX.test(whole.text))
    return [{ name: null, written: '', value: whole }]
  return linesOf(whole)
}

const indexOrEnd = (text: string, wanted: string, from: number): number => {
  const at = text.indexOf(wanted, from)
  return at < 0 ? text.length : at
}

interface Begun {
  readonly written: string
  readonly start: number
  end: number
  /** In a PEM block, whose lines have no names. */
  isOpen: boolean
}

function linesOf({ text, offset }: Slice): Field[] {
  const begun: Begun[] = []
  for (let at = 0; at < text.length;) {
    const end = indexOrEnd(text, '\n', at)
    takeLine(text, at, end, offset, begun)
    notTooMany('lines', begun.length)
    at = end + 1
  }
  return begun.map(({ written, start, end }) => ({
    name: comparable(written),
    written,
    // White space around a value is no part of it (RFC 9110 §5.5).
    value: trimmed({ text: text.slice(start, end), offset: offset + start }),
  }))
}

function takeLine(text: string, at: number, end: number, offset: number, begun: Begun[]): void {
  const line = text.slice(at, end)
  const last = begun.at(-1)
  if (last && (line.startsWith(' ') || line.startsWith('\t') || last.isOpen)) {
    last.end = end
    if (line.includes(PEM_BEGIN)) last.isOpen = true
    if (line.includes(PEM_END)) last.isOpen = false
    return
  }
  if (line.trim() === '' || (at === 0 && REQUEST_LINE.test(line))) return
  const name = NAME.exec(line)?.[1]
  if (name === undefined) throw refusal('header-line', { offset: offset + at })
  const isOpen = line.includes(PEM_BEGIN) && !line.includes(PEM_END)
  begun.push({ written: name, start: at + name.length + 1, end, isOpen })
}
