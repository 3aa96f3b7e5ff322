/** How a witness writes octets, seals, dates and text from files. Written for this page only. */
import { SEAL_WORDS } from '../src/messages/seal-words.ts'

const LONGEST_TEXT = 4096
const LONGEST_HEX = 512

/** Returns lower-case hex. */
export function hex(octets: Uint8Array): string {
  let text = ''
  for (const octet of octets) text += (octet < 16 ? '0' : '') + octet.toString(16)
  return text
}

/** Returns hex in pairs; if long, cut, with the number of octets. */
export function pairs(octets: Uint8Array): string {
  const shown = hex(octets.subarray(0, LONGEST_HEX)).replace(/..(?=.)/g, '$&:')
  return octets.length > LONGEST_HEX ? `${shown}… (${count(octets.length, 'octet')} in all)` : shown
}

/** Returns the words read aloud for a hash: one for each of its first four octets. */
export function wordsOf(sha256: Uint8Array): string {
  const words: string[] = []
  for (let i = 0; i < 4; i++) words.push(SEAL_WORDS[sha256[i]!]!)
  return words.join(' ')
}

/** Characters that are invisible, move other text or look like a plain space. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu

/** Returns text from files, neutralised: control and direction characters as their code points. */
export function plain(text: string): string {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
  return cut.replace(
    UNSEEN,
    (character) => `‹U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`,
  )
}

/** 2026-11-21 14:05:09 UTC */
export function instant(date: Date): string {
  return Number.isNaN(date.getTime())
    ? 'not a date'
    : `${date.toISOString().replace('T', ' ').slice(0, -5)} UTC`
}

/** Returns "1 octet", "1,200 octets". */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? noun : noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`
}
