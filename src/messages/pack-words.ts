import { messages, speakOf, type Messages } from './messages.ts'

type Packs = Messages['packs']
type Words = { readonly [Pack in keyof Packs]: Awaited<ReturnType<Packs[Pack]>> }

let learned: Partial<Words> = {}

/** Loads the words that come with a pack, in the language that is spoken; before anything of the pack is shown. */
export async function learn(pack: keyof Packs): Promise<void> {
  const words = await messages().packs[pack]()
  learned = { ...learned, [pack]: words }
  if ('sentences' in words) speakOf(words.sentences)
}

export const ceremonyWords = (): Words['ceremony'] => learned.ceremony!
export const labWords = (): Words['lab'] => learned.lab!
export const qrWords = (): Words['qr'] => learned.qr!
