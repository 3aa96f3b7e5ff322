import { settingLines, type HeaderFormat, type HeaderRow } from '../format.ts'
import { rfc2253Name } from '../names.ts'
import { base64Der, hashHex, named, serialHex, verdictWord } from '../values.ts'

/** Only what is documented of their forms is written: the certificate, and the verdict. */
const rows: readonly HeaderRow[] = [
  { name: 'X-Client-Cert', variable: '{var_client_certificate}', cautions: ['unverified'], ...base64Der },
  { name: 'X-Client-Cert-Verify', variable: '{var_client_certificate_verification}', ...verdictWord },
  {
    name: 'X-Client-Cert-Fingerprint',
    variable: '{var_client_certificate_fingerprint}',
    cautions: ['sha1'],
    read: hashHex('sha1', 'lower').read,
  },
  {
    name: 'X-Client-Cert-Subject',
    variable: '{var_client_certificate_subject}',
    read: named('subject', rfc2253Name).read,
  },
  {
    name: 'X-Client-Cert-Issuer',
    variable: '{var_client_certificate_issuer}',
    read: named('issuer', rfc2253Name).read,
  },
  {
    name: 'X-Client-Cert-Serial',
    variable: '{var_client_certificate_serial}',
    read: serialHex('lower').read,
  },
]

export const azureGateway: HeaderFormat = {
  id: 'azure-gateway',
  program: 'Azure Application Gateway',
  versions: [],
  basis: 'documented',
  strips: 'setting',
  names: 'chosen',
  rows,
  setting: settingLines(rows, ({ name, variable }) => `${name}: ${variable}`),
  stripping: '',
}
