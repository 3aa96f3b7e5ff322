/** What is about to be stored, read by both readers. */
import { CodedError } from '../../errors.ts'
import type { Change, Write } from '../../vault/commit.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { isCa } from '../../x509/roles.ts'
import { differenceIn, type ReadKind } from './compare.ts'
import { untilCancelled } from '../shared/until-cancelled.ts'
import type { ReadAgain } from './second-reader.ts'

/** For the journal: 'same', or why something was not read again, as codes; null if there is nothing to read again. */
export type Reread = string | null

/** The certificates of a change by id, as far as they are already parsed. */
export type Parsed = ReadonlyMap<string, Certificate>

/**
 * Reads CA certificates, requests and lists among new records again. Rejects with 'second-reading-differs' at the first
 * that the second reader reads differently, and with the signal's reason; what it does not read stops nothing.
 */
export async function rereadOf(
  { writes = [] }: Pick<Change, 'writes'>,
  readAgain: ReadAgain,
  parsed?: Parsed,
  signal?: AbortSignal,
): Promise<Reread> {
  const answers = new Set<string>()
  for (const write of writes) {
    const found = toRead(write, parsed)
    // One that does not answer is not waited for again and again.
    if (!found || answers.has('none') || answers.has('late')) continue
    const { kind, der, certificate } = found
    const reading = readAgain(kind, der)
    const answer = await (signal ? untilCancelled(reading, signal) : reading)
    if (answer === null) answers.add('none')
    else if ('notRead' in answer) answers.add(answer.notRead)
    else {
      const difference = differenceIn(der, answer, certificate)
      if (difference) throw new CodedError('second-reading-differs', { kind, ...difference })
      answers.add('same')
    }
  }
  return answers.size === 0 ? null : [...answers].sort().join(' ')
}

interface ToRead {
  readonly kind: ReadKind
  readonly der: Uint8Array
  readonly certificate?: Certificate
}

function toRead(write: Write, parsed?: Parsed): ToRead | null {
  if (write.mode !== 'add') return null
  if (write.store === 'requests') return { kind: 'request', der: write.value.der }
  if (write.store === 'lists') return { kind: 'list', der: write.value.der }
  if (write.store !== 'certificates') return null
  const certificate = parsed?.get(write.id) ?? parseCertificate(write.value.der)
  return isCa(certificate) ? { kind: 'certificate', der: write.value.der, certificate } : null
}
