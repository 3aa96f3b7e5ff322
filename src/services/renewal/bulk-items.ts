/** What a bulk operation says of single certificates. */
import { stopping } from '../../ca/issue.ts'
import type { Against, BulkItem, BulkRefusal } from '../../border/protocol/bulk.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import type { Read } from '../../vault/reading.ts'
import { callingName } from '../../x509/calling-name.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { isCa } from '../../x509/roles.ts'
import { serialOf } from '../../x509/serial-number.ts'
import type { Accepted } from '../certifying/certified-key.ts'

/** What the operator accepted, and what was shown for that. */
export interface AcceptedShown extends Accepted {
  readonly shown: readonly Against[]
}

export interface Preview extends BulkItem {
  readonly warnings: readonly Finding[]
}

export function itemOf({ id, value }: Read<'certificates'>): BulkItem {
  const certificate = parseCertificate(value.der)
  const { notAfter } = certificate
  const name = callingName(certificate)
  return { id, name, serialNumber: serialOf(certificate), notAfter, until: null, refusal: null }
}

/** The dependents of a CA must be reviewed first, on its own page. */
export function refuseAuthority(certificate: Certificate): void {
  if (isCa(certificate)) throw new CodedError('bulk-authority', { name: callingName(certificate) })
}

export const leftOut = (findings: readonly Finding[]): Pick<Preview, 'refusal' | 'warnings'> => ({
  refusal: { kind: 'findings', findings: findings.filter(({ code }) => stopping(findings).includes(code)) },
  warnings: [],
})

/** Returns the CA a finding is about; the same finding about another CA is a separate one. */
export const tierOf = ({ detail }: Finding): string => (detail && 'tier' in detail ? detail.tier : '')

export function refusalOf(error: unknown): BulkRefusal {
  if (!isCodedError(error)) throw error
  return { kind: 'error', code: error.code, detail: error.detail }
}
