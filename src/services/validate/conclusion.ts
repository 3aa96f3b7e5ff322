import { isNamedCertificate } from '../../containers/pile/names.ts'
import type { PileProblem } from '../../containers/pile/items.ts'
import { isCa } from '../../x509/roles.ts'
import type { Opinion } from '../../validate/survey/others.ts'
import type { Program } from '../../validate/survey/programs.ts'
import { isValid } from '../../validate/report.ts'
import type { Report } from '../../validate/report.ts'
import type { Conclusion } from '../../border/protocol/validate.ts'
import type { ValidateSession } from './session.ts'

export function conclusionOf(
  report: Report,
  others: readonly Opinion[],
  unread: PileProblem | null,
  problems: readonly PileProblem[],
): Conclusion {
  const counts = isValid(report.verdict) && report.options.revocation !== 'none'
  const unreadStatus = (counts && problems.find(({ status }) => status !== undefined)) || null
  const refusing = isValid(report.verdict) ? others.filter(({ verdict }) => verdict === 'refuses') : []
  const by = (asked: Opinion['basis']): Program[] =>
    refusing.filter(({ basis }) => basis === asked).map(({ program }) => program)
  const refusedBy = by('measured')
  const told = { unread, unreadStatus, refusedBy, saidToRefuse: by('published') }
  if (unread ?? unreadStatus) return { verdict: 'unchecked', ...told }
  const isDoubted = report.verdict === 'valid' && refusedBy.length > 0 && report.options.profile !== 'path'
  return { verdict: isDoubted ? 'valid-with-faults' : report.verdict, ...told }
}

/**
 * Returns the certificate that was meant but could not be read: one before the guessed target in the same file, or any
 * if only authorities are left to validate. `target`: index in the pile, −1 if nothing was read.
 */
export function unreadTarget(session: ValidateSession, target: number): PileProblem | null {
  const unread = session.problems.filter(isCertificate)
  const found = session.certificates[target]
  if (!found || isCa(found.certificate)) return unread[0] ?? null
  const { file, offset } = found.source
  return unread.find(({ source }) => source.file === file && source.offset < offset) ?? null
}

/** Containers that hold bare certificates. */
const BUNDLES: readonly (string | undefined)[] = ['PKCS#7', 'PkiPath', 'SST']

/** Returns whether the unreadable item was a certificate: by label, as bare DER, or outside archives by name. */
const isCertificate = ({ source: { file, label, within }, code, status }: PileProblem): boolean =>
  status === undefined &&
  code !== 'pile-format-not-read' &&
  (code.startsWith('archive-') ? isNamedCertificate(file) : isCertificateIn(label, within, code))

const isCertificateIn = (
  label: string | null,
  within: readonly string[],
  code: PileProblem['code'],
): boolean =>
  (label === null && within.length === 0) || BUNDLES.includes(within.at(-1))
    ? code.startsWith('der-') || code.startsWith('certificate-')
    : label !== null && /CERTIFICATE$/.test(label)
