/** Who signs OCSP responses for a CA, and by which right. */
import { CodedError } from '../../errors.ts'
import { requireRecord } from '../../vault/reading.ts'
import { callingName } from '../../x509/calling-name.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import type { In } from '../../border/protocol.ts'
import type { Session } from '../session/session.ts'
import { rightOfAuthority, rightOfKept } from '../signing/rights.ts'
import type { Authorization } from '../signing/signed.ts'
import { overridden } from '../signing/standing.ts'

type Asked = Pick<In<'response.sign'>, 'authorityId' | 'responderId' | 'acknowledged' | 'shown' | 'actor'>

/**
 * Returns the signer: the authority itself, or a responder whose certificate is valid. There is no override: RFC 6960
 * §4.2.2.2.1 has clients check the responder's revocation, and responses signed by a revoked responder are unauthorized
 * (§3.2), whatever was accepted here. The authority's own signature serves any such need.
 */
export async function responderOf(
  session: Session,
  { authorityId, responderId, acknowledged = [], shown = [], actor }: Asked,
  issuer: Certificate,
): Promise<{ responder: Certificate; right: Authorization }> {
  const asked = { authorityId, certificateId: null, purpose: 'response', acknowledged, shown, actor } as const
  if (responderId === null) {
    return { responder: issuer, right: await rightOfAuthority(session, asked) }
  }
  const { value } = await requireRecord(session.vault, 'certificates', responderId)
  const responder = parseCertificate(value.der)
  const name = callingName(responder)
  if (value.key !== 'sealed' || value.keyId === null) throw new CodedError('export-no-key', { name })
  const right = await rightOfKept(session, { store: 'endEntityKeys', id: value.keyId, name }, async () => {
    const read = await requireRecord(session.vault, 'certificates', responderId)
    if (read.value.status !== 'good') throw new CodedError('responder-revoked', { name })
    // It speaks for the CA: what is asked of that one's signatures is asked of its own.
    const standing = await overridden(session, asked)
    return { ...standing, reads: [...standing.reads, read] }
  })
  return { responder, right }
}
