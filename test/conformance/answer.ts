import { answerCorpusCase } from './corpus-case.ts'
import { answerPathCase } from './path-case.ts'
import { answerSignatureCase } from './signature-case.ts'
import type { Suite } from './suite.ts'
import type { Answered } from './tally.ts'

/** Every case of the suite with our answer, in order. A program error is not an answer: it ends the run. */
export async function answerSuite(suite: Suite): Promise<Answered[]> {
  switch (suite.kind) {
    case 'paths':
      return inOrder(suite.cases, answerPathCase)
    case 'signatures':
      return inOrder(suite.cases, answerSignatureCase)
    case 'corpus':
      return inOrder(suite.cases, answerCorpusCase)
  }
}

async function inOrder<T extends Answered['asked']>(
  cases: readonly T[],
  answer: (one: T) => Promise<Answered['answer']>,
): Promise<Answered[]> {
  const answered: Answered[] = []
  for (const one of cases) answered.push({ asked: one, answer: await answer(one) })
  return answered
}
