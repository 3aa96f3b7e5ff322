import { answerSignatureCase } from './signature-case.ts'
import type { SignatureCase } from './suite.ts'
import type { Answer } from './tally.ts'

/** The suite of signatures in a browser's own WebCrypto. */
declare global {
  var answerInPage: (cases: readonly SignatureCase[]) => Promise<Answer[]>
}

globalThis.answerInPage = async (cases) => {
  const answers: Answer[] = []
  for (const one of cases) answers.push(await answerSignatureCase(one))
  return answers
}
