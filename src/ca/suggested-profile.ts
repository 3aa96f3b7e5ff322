import { EKU_OIDS } from '../x509/oids.ts'
import type { CertificationRequest } from '../x509/request.ts'
import { isCa } from '../x509/roles.ts'

/** The purpose that decides, if there are several; a server's also if it is a client. */
const BY_PURPOSE = [
  ['serverAuth', 'tlsServer'],
  ['emailProtection', 'email'],
  ['codeSigning', 'codeSigning'],
  ['timeStamping', 'timeStamping'],
  ['OCSPSigning', 'ocspSigner'],
  ['clientAuth', 'tlsClient'],
] as const

/** Returns the built-in profile for what a request asks to become; null if it does not say. */
export function suggestedProfile(request: CertificationRequest): string | null {
  const { keyUsage, extKeyUsage, subjectAltName } = request
  if (isCa(request) || keyUsage?.has('keyCertSign')) return 'intermediate'
  const asks = (purpose: keyof typeof EKU_OIDS): boolean => extKeyUsage?.includes(EKU_OIDS[purpose]) ?? false
  if (asks('serverAuth') && asks('clientAuth')) return 'mtls'
  const [, found] = BY_PURPOSE.find(([purpose]) => asks(purpose)) ?? []
  if (found) return found
  const names = subjectAltName ?? []
  return names.length > 0 && names.every(({ kind }) => kind === 'rfc822Name') ? 'email' : null
}
