import { answerPathCase } from './path-case.ts'
import { answerSignatureCase } from './signature-case.ts'
import type { Suite } from './suite.ts'
import type { Answer } from './tally.ts'

/** The suites that stand in the page itself, answered by a browser's own WebCrypto: by name, in the order of the cases. */
declare global {
  var answerInPage: (name: string) => Promise<Answer[]>
}

globalThis.answerInPage = async (name) => {
  const suites = JSON.parse(document.getElementById('suites')!.textContent) as Suite[]
  const suite = suites.find((one) => one.name === name)
  const answers: Answer[] = []
  if (suite?.kind === 'signatures')
    for (const one of suite.cases) answers.push(await answerSignatureCase(one))
  if (suite?.kind === 'paths') for (const one of suite.cases) answers.push(await answerPathCase(one))
  return answers
}
