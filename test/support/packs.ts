import { inflateRawSync } from 'node:zlib'
import { fromBase91 } from '../../src/packs/base91.ts'

export interface PackInPage {
  readonly name: string
  readonly packed: string
  readonly text: string
}

const PACK = /<script type="text\/plain" data-pack="([\w-]+)">([^<]*)<\/script>/g

/** The packs in a page, in their order. */
export const packsIn = (html: string): PackInPage[] =>
  [...html.matchAll(PACK)].map(([, name, packed]) => ({
    name: name!,
    packed: packed!,
    text: inflateRawSync(fromBase91(packed!)!).toString(),
  }))

export const withoutPacks = (html: string): string => html.replace(PACK, '')

/** Returns the page with the text of one pack changed by `change`, packed as before. */
export const withPack = (html: string, name: string, change: (packed: string) => string): string =>
  html.replace(PACK, (whole, found: string, packed: string) =>
    found === name ? whole.replace(packed, () => change(packed)) : whole,
  )

/** One letter in the middle is another: octets of the deflated text change. */
export const oneLetter = (packed: string): string => {
  const at = packed.length >> 1
  return packed.slice(0, at) + (packed[at] === 'A' ? 'B' : 'A') + packed.slice(at + 1)
}
