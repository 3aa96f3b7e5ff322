/** A hash to be read aloud: hex and all its words, in large type. */
import { element } from './element.ts'
import { hex } from './text.ts'
import { wordLines } from './words.ts'

const WORDS_A_LINE = 4

/** Returns the hash in lines of words, numbered by their first, and in hex. */
export function hashView(term: string, sha256: Uint8Array): HTMLElement {
  const lines = wordLines(sha256, WORDS_A_LINE).map((line) => element('li', {}, line))
  return element(
    'div',
    { class: 'aloud' },
    element('p', { class: 'quiet' }, term),
    element('ol', { class: 'words' }, ...lines),
    element('p', { class: 'hex' }, hex(sha256).replace(/.{4}(?=.)/g, '$& ')),
  )
}
