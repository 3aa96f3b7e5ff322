import type { Messages } from '../../../src/messages/messages.ts'

/** The tag that a page asks for to be shown in the language of the tests. */
export const PSEUDO = 'en-XA'

export const FURTHER: Readonly<Record<string, () => Promise<Messages>>> = {
  [PSEUDO]: async () => (await import('./language.ts')).en,
}
