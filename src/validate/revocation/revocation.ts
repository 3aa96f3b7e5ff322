import { checkLists } from './crl.ts'
import { checkResponses } from './ocsp.ts'
import { failed, held, unchecked } from '../outcome.ts'
import { ALL_REASONS, NO_REASONS, reasonsIn } from './reasons.ts'
import type { Finding } from '../../findings.ts'
import type { Detail, Outcome } from '../outcome.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { RevocationQuestion } from './context.ts'
import type { ListsVerdict } from './crl.ts'
import type { ResponsesVerdict } from './ocsp.ts'

/**
 * RFC 5280 §6.3 and RFC 6960: whether the certificate is revoked, by what was given. Revoked in one source is revoked;
 * good needs one current source that speaks of every reason. Where none does, `require` refuses and `given` lets pass.
 */
export async function checkRevocation(
  certificate: Certificate,
  question: RevocationQuestion,
): Promise<Outcome> {
  const context = { ...question, statusOf: checkRevocation }
  const responses = await checkResponses(certificate, context)
  const lists = await checkLists(certificate, context)
  const notes = [...responses.findings, ...lists.findings]
  const detail = (status: string): Detail => ({
    status,
    considered: [...responses.considered, ...lists.considered],
  })

  const revoked = revokedByResponse(responses) ?? revokedByList(lists)
  if (revoked) return failed(detail(revoked.code), revoked, ...notes)
  if (responses.single?.certStatus.status === 'good' || lists.reasons === ALL_REASONS)
    return held(detail('good'), ...notes)
  if (responses.single?.certStatus.status === 'unknown') notes.unshift({ code: 'ocsp-unknown', detail: null })
  if (context.mode === 'given')
    return { outcome: 'not-applicable', detail: detail('undetermined'), findings: notes }
  const cannot = responses.unchecked ?? lists.unchecked
  if (cannot !== null) return unchecked(detail('unchecked'), ...notes)
  return failed(detail('undetermined'), undetermined(lists), ...notes)
}

function undetermined({ reasons }: ListsVerdict): Finding {
  const missing = reasons === NO_REASONS ? null : reasonsIn(ALL_REASONS & ~reasons)
  return { code: 'revocation-undetermined', detail: { missing } }
}

function revokedByResponse({ single }: ResponsesVerdict): Finding | null {
  if (single?.certStatus.status !== 'revoked') return null
  const { revocationTime: since, revocationReason: reason } = single.certStatus
  return reason === 'certificateHold'
    ? { code: 'on-hold', detail: { source: 'ocsp', since } }
    : { code: 'revoked', detail: { source: 'ocsp', since, reason, invalidityDate: null } }
}

function revokedByList({ revocation }: ListsVerdict): Finding | null {
  if (!revocation) return null
  const { revocationDate: since, reasonCode: reason, invalidityDate } = revocation.entry
  return revocation.onHold
    ? { code: 'on-hold', detail: { source: 'crl', since } }
    : { code: 'revoked', detail: { source: 'crl', since, reason, invalidityDate } }
}
