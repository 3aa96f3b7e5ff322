import { parseCertificate } from '../x509/certificate.ts'
import type { Handlers } from './dispatch.ts'

/** What the page asks to have read for it: bytes from outside are never parsed on the page itself. */
export const reading: Pick<Handlers, 'certificate.read'> = {
  'certificate.read': ({ der }) => parseCertificate(der),
}
