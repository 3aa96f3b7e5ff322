/** What remains of a passphrase without what people add between its letters and what costs nobody a guess. */

export interface PlainForm {
  readonly text: string
  /** How many kinds of signs were left out. */
  readonly signs: number
}

/** Accents, and what is not drawn at all: someone who tries words leaves both out. */
const UNSEEN = /[\p{M}\p{C}\p{Default_Ignorable_Code_Point}]/gu

/**
 * Lower case without accents and spaces: as it is, without the sign that it has most of, and without any; the first one
 * is always there.
 */
export function plainFormsOf(passphrase: string): PlainForm[] {
  const lower = passphrase
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(UNSEEN, '')
    // One unit each, so that the text can be cut and turned around anywhere.
    .replaceAll(/[\u{10000}-\u{10ffff}]/gu, (one) => one.charAt(1))
  const counts = new Map<string, number>()
  for (const sign of lower.match(/[\p{P}\p{S}]/gu) ?? []) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  const [most] = [...counts].sort(([, one], [, other]) => other - one)
  const forms = [{ text: joined(lower), signs: 0 }]
  if (most) forms.push({ text: joined(lower.replaceAll(most[0], '')), signs: 1 })
  if (counts.size > 1)
    forms.push({ text: joined(lower.replaceAll(/[\p{P}\p{S}]/gu, '')), signs: counts.size })
  return forms
}

/** A sign between two letters separates words, as a space does. */
const joined = (text: string): string =>
  text.replaceAll(/(?<=\p{L}{2})[-_.,;:/+&]+(?=\p{L}{2})/gu, '').replaceAll(/\s+/gu, '')

export const reversed = (text: string): string => Array.from(text).toReversed().join('')

/** The characters at the even and at the odd places. */
export function unravelled(text: string): [even: string, odd: string] {
  let [even, odd] = ['', '']
  for (let i = 0; i < text.length; i += 2) {
    even += text.charAt(i)
    odd += text.charAt(i + 1)
  }
  return [even, odd]
}
