import type { HeaderFormat } from '../format.ts'
import { rfc2253Name } from '../names.ts'
import { validity } from '../validity.ts'
import { named, percentPem, serialHex } from '../values.ts'

const AWS_PERCENT = { kept: /[A-Za-z0-9\-_.~+=/]/ }

/** The load balancer verifies and says what it found, or (in its passthrough mode) sends the whole chain unverified. */
export const awsAlb: HeaderFormat = {
  id: 'aws-alb',
  program: 'AWS Application Load Balancer',
  versions: [],
  basis: 'documented',
  strips: 'default',
  names: 'fixed',
  rows: [
    { name: 'X-Amzn-Mtls-Clientcert-Serial-Number', variable: '', ...serialHex('upper') },
    { name: 'X-Amzn-Mtls-Clientcert-Issuer', variable: '', ...named('issuer', rfc2253Name) },
    { name: 'X-Amzn-Mtls-Clientcert-Subject', variable: '', ...named('subject', rfc2253Name) },
    { name: 'X-Amzn-Mtls-Clientcert-Validity', variable: '', ...validity },
    { name: 'X-Amzn-Mtls-Clientcert-Leaf', variable: '', cautions: ['plus'], ...percentPem(AWS_PERCENT) },
    {
      name: 'X-Amzn-Mtls-Clientcert',
      variable: '',
      cautions: ['plus', 'unverified'],
      ...percentPem(AWS_PERCENT, { chain: true }),
    },
  ],
  setting: '',
  stripping: '',
}
