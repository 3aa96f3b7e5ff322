import { en as english } from '../../../src/messages/en.ts'
import type { Messages } from '../../../src/messages/messages.ts'

// A language for tests: English with every text in brackets and half as long again, as other languages are. What people
// compare, and what a machine reads, stays as it is.

/** Parts of a language that are not made longer. */
const KEPT: Readonly<Record<string, string>> = {
  tag: 'the browser has to know it',
  format: 'numbers and dates, which are in brackets where a sentence has them',
  'ui.lists.publish.language': 'as tag',
  'ui.responses.publish.language': 'as tag',
  'ui.parts.algorithms': 'names that standards gave',
}

const OPEN = '⟦'
const CLOSE = '⟧'

/** Words of letters alone: names, commands, places in a template and abbreviations stay as they are. */
const WORD = /(?<![\w{‹./-])(\p{Lu}?\p{Ll}{3,})(?![\w}›/-]|\.\w)/gu

/** Returns a text with each of its words half as long again, in brackets. */
export const longer = (text: string): string =>
  text.trim() === ''
    ? text
    : OPEN + text.replace(WORD, (word) => word + 'õ'.repeat(Math.ceil(word.length / 2))) + CLOSE

/** The text of a sentence may contain data, so that it is made longer at its end. */
function longerSentence(text: string): string {
  if (text.trim() === '') return text
  const missing = Math.ceil(text.length / 2)
  return `${OPEN}${text} ${'õõõõõõõ '
    .repeat(Math.ceil(missing / 8))
    .slice(0, missing)
    .trim()}${CLOSE}`
}

function translated(value: unknown, path: string, change: (text: string) => string): unknown {
  if (path in KEPT) return value
  if (typeof value === 'string') return change(value)
  if (typeof value === 'function') {
    const sentence = value as (...data: unknown[]) => unknown
    return (...data: unknown[]): unknown => translated(sentence(...data), path, longerSentence)
  }
  if (Array.isArray(value)) return value.map((each) => translated(each, `${path}.`, change))
  if (value instanceof Promise) return value.then((words) => translated(words, path, longer))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      translated(each, path === '' ? name : `${path}.${name}`, change),
    ]),
  )
}

export const en = translated(english, '', longer) as Messages

/** Returns what of a text is not in brackets. A text that was shortened has lost its closing ones. */
export function outside(text: string): string {
  let rest = text
  for (let before = ''; before !== rest;) {
    before = rest
    rest = rest.replaceAll(/⟦[^⟦⟧]*⟧/g, ' ')
  }
  return rest.replace(/⟦.*$/s, ' ').replaceAll(/\s+/g, ' ').trim()
}
