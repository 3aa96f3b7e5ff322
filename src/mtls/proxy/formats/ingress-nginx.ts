import type { HeaderFormat } from '../format.ts'
import { rfc2253Name } from '../names.ts'
import { named, percentPem, verdictWord } from '../values.ts'
import { NGINX_PERCENT } from './nginx.ts'

/** The headers of nginx under names of its own, as an annotation switches them on. */
export const ingressNginx: HeaderFormat = {
  id: 'ingress-nginx',
  program: 'ingress-nginx',
  versions: [],
  basis: 'documented',
  strips: 'default',
  names: 'fixed',
  rows: [
    { name: 'ssl-client-verify', variable: '', ...verdictWord },
    { name: 'ssl-client-cert', variable: '', ...percentPem(NGINX_PERCENT) },
    { name: 'ssl-client-subject-dn', variable: '', ...named('subject', rfc2253Name) },
    { name: 'ssl-client-issuer-dn', variable: '', ...named('issuer', rfc2253Name) },
  ],
  setting: 'nginx.ingress.kubernetes.io/auth-tls-pass-certificate-to-upstream: "true"',
  stripping: '',
}
