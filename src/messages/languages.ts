import { en } from './en.ts'
import { FURTHER } from './further.ts'
import type { Messages } from './messages.ts'

/** Where the choice is kept: for every page of this origin, like the theme of a browser. */
const KEY = 'rootcellar-language'

/** The tags (BCP 47) of all languages of this copy. */
export const LANGUAGES: readonly string[] = [en.tag, ...Object.keys(FURTHER)]

/** Keeps the choice for the next time the page is opened. */
export function choose(tag: string): void {
  localStorage.setItem(KEY, tag)
}

/** Returns the tag that was chosen, else the first that the browser asks for, else English. */
export function chosenTag(asked: readonly string[] = navigator.languages, there = LANGUAGES): string {
  const wanted = [chosen(), ...asked].flatMap((tag) => (tag === null ? [] : [tag, tag.split('-')[0]!]))
  return wanted.find((tag) => there.includes(tag)) ?? en.tag
}

/** A browser that refuses storage throws. */
function chosen(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** Returns a language: English at once, another from its pack. Rejects with `pack-broken`. */
export const languageOf = (tag: string): Messages | Promise<Messages> => FURTHER[tag]?.() ?? en
