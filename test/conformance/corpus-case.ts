import { isCodedError } from '../../src/errors.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import type { CorpusCase } from './suite.ts'
import type { Answer } from './tally.ts'

/** Read whole, or refused with a code that names the rule: both are agreement, the one being `read` too. */
export function answerCorpusCase({ der }: CorpusCase): Promise<Answer> {
  try {
    const { findings } = parseCertificate(Uint8Array.from(Buffer.from(der, 'base64')))
    return Promise.resolve({ actual: 'read', codes: findings.map(({ code }) => code) })
  } catch (error) {
    if (isCodedError(error)) return Promise.resolve({ actual: 'read', codes: [error.code] })
    throw error
  }
}
