import type { Certificate } from '../../x509/certificate.ts'
import { generalNameToText } from '../../x509/general-name-text.ts'

/** Returns a host name or address that a server's certificate is for; null if it names none. */
export function hostOf({ subjectAltName }: Pick<Certificate, 'subjectAltName'>): string | null {
  for (const name of subjectAltName ?? []) {
    if (name.kind === 'iPAddress') return generalNameToText(name)
    // One that a wildcard stands for.
    if (name.kind === 'dNSName') return name.value.replace(/^\*(?=\.)/, 'www')
  }
  return null
}
