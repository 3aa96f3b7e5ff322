import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodePem } from '../../../src/x509/pem.ts'
import type { PemLabel } from '../../../src/x509/pem.ts'

export type PeerPurpose =
  | 'serverAuth'
  | 'clientAuth'
  | 'codeSigning'
  | 'emailProtection'
  | 'timeStamping'
  | 'OCSPSigning'
  | 'certSign'
  | 'any'

/**
 * A question for an outside program, in files, so that it can also be put about files that a page offered for download.
 */
export interface Question {
  /** PEM, one certificate. */
  readonly target: string
  /** PEM, one certificate per file, in the order of the chain. */
  readonly intermediates: readonly string[]
  /** PEM, one certificate per file. */
  readonly anchors: readonly string[]
  readonly purpose: PeerPurpose
  /** A DNS name that the target must have. */
  readonly host?: string
  /** Whether to check RFC 5280 §4 on every certificate, if the program has a switch for that. */
  readonly strict?: boolean
  /** PEM, one CRL per file; the program is set to check them. */
  readonly lists?: readonly string[]
}

export interface Answer {
  readonly accepted: boolean
  /** In the program's own words. */
  readonly reason: string
}

/** Asks about each; the results are in the order of the questions. */
export type Peer = (questions: readonly Question[]) => Promise<Answer[]>

/** Empty if extendedKeyUsage is not checked. */
export const PURPOSE_OIDS: Record<PeerPurpose, string> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
  certSign: '',
  any: '',
}

/** Writes certificates as files in a folder, with names that begin with `id`. */
export function writeQuestion(
  folder: string,
  id: string,
  certificates: Record<'target', Uint8Array> & Record<'intermediates' | 'anchors', readonly Uint8Array[]>,
  asked: Pick<Question, 'purpose' | 'host' | 'strict'>,
  lists: readonly Uint8Array[] = [],
): Question {
  const file = (name: string, der: Uint8Array, label: PemLabel = 'CERTIFICATE'): string => {
    const path = join(folder, `${id}-${name}.pem`)
    writeFileSync(path, encodePem(label, der))
    return path
  }
  return {
    target: file('target', certificates.target),
    intermediates: certificates.intermediates.map((der, i) => file(`intermediate${i}`, der)),
    anchors: certificates.anchors.map((der, i) => file(`anchor${i}`, der)),
    ...(lists.length > 0 && { lists: lists.map((der, i) => file(`list${i}`, der, 'X509 CRL')) }),
    ...asked,
  }
}

export const textOf = (paths: readonly string[]): string =>
  paths.map((path) => readFileSync(path, 'utf8')).join('')

/** Concatenates the files into a bundle next to the target. */
export function bundle({ target }: Question, name: string, paths: readonly string[]): string {
  const path = target.replace(/\.pem$/, `-${name}.pem`)
  writeFileSync(path, textOf(paths))
  return path
}

/** Calls `ask` for each question, a few at a time. */
export async function each(
  questions: readonly Question[],
  ask: (question: Question) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let at = 0; at < questions.length; at += 4)
    answers.push(...(await Promise.all(questions.slice(at, at + 4).map(ask))))
  return answers
}
