import { inflateRawSync } from 'node:zlib'

export interface PackInPage {
  readonly name: string
  readonly base64: string
  readonly text: string
}

const PACK = /<script type="text\/plain" data-pack="([\w-]+)">([^<]*)<\/script>/g

/** The packs in a page, in their order. */
export const packsIn = (html: string): PackInPage[] =>
  [...html.matchAll(PACK)].map(([, name, base64]) => ({
    name: name!,
    base64: base64!,
    text: inflateRawSync(Buffer.from(base64!, 'base64')).toString(),
  }))

export const withoutPacks = (html: string): string => html.replace(PACK, '')

/** Returns the page with the text of one pack changed by `change`, packed as before. */
export const withPack = (html: string, name: string, change: (base64: string) => string): string =>
  html.replace(PACK, (whole, found: string, base64: string) =>
    found === name ? whole.replace(base64, () => change(base64)) : whole,
  )

/** One letter of the base64 in the middle is another: octets of the deflated text change. */
export const oneLetter = (base64: string): string => {
  const at = base64.length >> 1
  return base64.slice(0, at) + (base64[at] === 'A' ? 'B' : 'A') + base64.slice(at + 1)
}
