import { messages, speakOf, type Messages } from '../../messages/messages.ts'

type Words = Awaited<ReturnType<Messages['ceremony']>>

let loaded: Words | null = null

/** Loads the words of a ceremony; before its page is shown. */
export async function loadWords(): Promise<void> {
  loaded ??= await messages().ceremony()
  speakOf(loaded.errors)
}

export const ceremonyWords = (): Words => loaded!
