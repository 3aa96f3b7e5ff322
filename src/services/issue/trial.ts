/** A dry run of a batch: each row is prepared and validated as for signing, so that preview and result match. */
import { stopping, warnings } from '../../ca/issue.ts'
import { prepare } from '../../ca/prepare.ts'
import type { Profile } from '../../ca/profiles.ts'
import { isCodedError } from '../../errors.ts'
import { subjectCalled } from '../../x509/calling-name.ts'
import type { BatchInput } from '../../border/protocol.ts'
import type { Session } from '../session/session.ts'
import { sideBySide } from '../shared/side-by-side.ts'
import type { BatchPlan, BatchRowProblem } from '../../border/views.ts'
import type { Call } from '../../border/dispatch.ts'
import { newKey, type IssuingAuthority } from '../certifying/certified-key.ts'
import { surroundings } from '../certifying/surroundings.ts'
import type { TableRow } from './table.ts'

type Wishes = Pick<BatchInput, 'validity' | 'signature' | 'extensions'>

/** Returns the request of a row, for the given key. */
export const requestOf = (row: TableRow, { validity, signature, extensions }: Wishes, key: Uint8Array) => ({
  subject: row.attributes,
  subjectAltNames: row.names,
  validity,
  signature,
  extensions,
  key,
})

/** Returns a refusal for the page: the field that cannot be taken, or the findings for the certificate. */
export function refusalOf(line: number, error: unknown): BatchRowProblem {
  if (!isCodedError(error)) throw error
  const { codes, field, value } = error.detail as { codes?: string[]; field?: string; value?: string }
  return {
    line,
    code: 'refused',
    field: codes?.join(' ') ?? field ?? error.code,
    value: value ?? error.code,
  }
}

/** Concurrently: the validator sometimes waits for WebCrypto. */
const LANES = 16

export interface Trial {
  readonly session: Session
  readonly profile: Profile
  readonly issuer: IssuingAuthority
  readonly keyAlgorithm: string
  readonly wishes: Wishes
}

/** Returns rows that will be refused or whose warnings need acknowledging, each with its findings; stores nothing. */
export async function tryRows(
  rows: readonly TableRow[],
  { session, profile, issuer, keyAlgorithm, wishes }: Trial,
  call: Call,
): Promise<Pick<BatchPlan, 'problems' | 'warned'>> {
  const problems: BatchRowProblem[] = []
  const warned: BatchRowProblem[] = []
  const { record } = await newKey(session, keyAlgorithm)
  const around = surroundings(new Date(session.now), issuer.against)
  let done = 0
  await sideBySide(
    rows,
    LANES,
    async (row) => {
      const { line } = row
      try {
        const request = requestOf(row, wishes, record.spki)
        const { findings, certificate } = await prepare(profile, request, issuer, around)
        const [stops, warns] = [stopping(findings), warnings(findings)]
        const of = (codes: readonly string[]) => findings.filter(({ code }) => codes.includes(code))
        const value = subjectCalled(certificate)
        if (stops.length > 0)
          problems.push({ line, code: 'refused', field: stops.join(' '), value, findings: of(stops) })
        else if (warns.length > 0)
          warned.push({ line, code: 'refused', field: warns.join(' '), value, findings: of(warns) })
      } catch (error) {
        problems.push(refusalOf(line, error))
      }
      done += 1
      if (done % 100 === 0) call.progress({ kind: 'step', step: 'batch.read', done, total: rows.length })
    },
    () => call.signal.aborted,
  )
  call.signal.throwIfAborted()
  const byLine = (a: BatchRowProblem, b: BatchRowProblem): number => a.line - b.line
  return { problems: problems.sort(byLine), warned: warned.sort(byLine) }
}
