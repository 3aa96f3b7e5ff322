import { X509Certificate } from 'node:crypto'
import { isCodedError } from '../../src/errors.ts'
import { hexOf } from '../../src/octets.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import type { CorpusCase } from './suite.ts'
import type { Answer } from './tally.ts'

/**
 * Read whole and as OpenSSL reads it, or refused with a code that names the rule it breaks: both are agreement. Where OpenSSL
 * sees another certificate in the same octets, ours was not read. (Every field is compared in corpus.test.ts.)
 */
export function answerCorpusCase({ der }: CorpusCase): Promise<Answer> {
  const octets = Uint8Array.from(Buffer.from(der, 'base64'))
  try {
    const certificate = parseCertificate(octets)
    const differences = differencesFrom(readByOpenssl(octets), certificate)
    return Promise.resolve(
      differences.length === 0
        ? { actual: 'read', codes: certificate.findings.map(({ code }) => code) }
        : { actual: 'refused', codes: differences },
    )
  } catch (error) {
    if (isCodedError(error)) return Promise.resolve({ actual: 'read', codes: [error.code] })
    throw error
  }
}

function readByOpenssl(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der)
  } catch {
    return null // it refuses what we read: nothing to compare with
  }
}

function differencesFrom(theirs: X509Certificate | null, ours: Certificate): string[] {
  if (theirs === null) return []
  const differences: string[] = []
  const { serialNumber, notBefore, notAfter } = ours
  // A negative number has a sign there and two's complement here: its digits are not compared.
  const isNegative = serialNumber[0]! >= 0x80
  if (!isNegative && withoutZeros(hexOf(serialNumber)) !== withoutZeros(theirs.serialNumber.toLowerCase()))
    differences.push('serialNumber')
  if (notBefore.getTime() !== theirs.validFromDate.getTime()) differences.push('notBefore')
  if (notAfter.getTime() !== theirs.validToDate.getTime()) differences.push('notAfter')
  return differences
}

const withoutZeros = (digits: string): string => digits.replace(/^0+(?=.)/, '')
