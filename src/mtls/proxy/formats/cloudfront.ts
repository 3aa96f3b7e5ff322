import type { HeaderFormat } from '../format.ts'
import { rfc2253Name } from '../names.ts'
import { validity } from '../validity.ts'
import { hashHex, named, percentPem, serialHex, word } from '../values.ts'

/** The exact percent-encoding of its PEM is not documented, so that it is read and not written. */
export const cloudfront: HeaderFormat = {
  id: 'cloudfront',
  program: 'Amazon CloudFront',
  versions: [],
  basis: 'documented',
  strips: 'default',
  names: 'fixed',
  rows: [
    { name: 'CloudFront-Viewer-Cert-Present', variable: '', ...word('present', '1', /^0$/) },
    { name: 'CloudFront-Viewer-Cert-Serial-Number', variable: '', ...serialHex('colons') },
    { name: 'CloudFront-Viewer-Cert-Issuer', variable: '', ...named('issuer', rfc2253Name) },
    { name: 'CloudFront-Viewer-Cert-Subject', variable: '', ...named('subject', rfc2253Name) },
    { name: 'CloudFront-Viewer-Cert-Validity', variable: '', ...validity },
    { name: 'CloudFront-Viewer-Cert-Sha256', variable: '', ...hashHex('sha256', 'lower') },
    { name: 'CloudFront-Viewer-Cert-Pem', variable: '', read: percentPem({ kept: /./ }).read },
  ],
  setting: '',
  stripping: '',
}
