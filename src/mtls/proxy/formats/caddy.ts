import { settingLines, type HeaderFormat, type HeaderRow } from '../format.ts'
import { goName } from '../names.ts'
import { base64Der, firstName, hashHex, named, pemLines, serialDecimal } from '../values.ts'

const placeholder = (name: string): string => `{http.request.tls.client.${name}}`

const rows: readonly HeaderRow[] = [
  { name: 'X-Client-Cert', variable: placeholder('certificate_der_base64'), ...base64Der },
  { name: 'X-Client-Fingerprint', variable: placeholder('fingerprint'), ...hashHex('sha256', 'lower') },
  { name: 'X-Client-Serial', variable: placeholder('serial'), ...serialDecimal },
  {
    name: 'X-Client-Subject',
    variable: placeholder('subject'),
    cautions: ['reordered', 'raw-utf8'],
    ...named('subject', goName),
  },
  {
    name: 'X-Client-Issuer',
    variable: placeholder('issuer'),
    cautions: ['reordered', 'raw-utf8'],
    ...named('issuer', goName),
  },
  { name: 'X-Client-SAN-DNS', variable: placeholder('san.dns_names.0'), ...firstName('dns') },
  { name: 'X-Client-SAN-URI', variable: placeholder('san.uris.0'), ...firstName('uri') },
  { name: 'X-Client-SAN-Email', variable: placeholder('san.emails.0'), ...firstName('email') },
  { name: 'X-Client-SAN-IP', variable: placeholder('san.ips.0'), ...firstName('ip') },
  {
    name: 'X-Client-Cert-PEM',
    variable: placeholder('certificate_pem'),
    cautions: ['line-breaks'],
    never: true,
    ...pemLines('\n'),
  },
]

/** Setting a header replaces a client's copy; a placeholder without a value leaves an empty header. */
export const caddy: HeaderFormat = {
  id: 'caddy',
  program: 'Caddy',
  versions: ['2.6.2'],
  basis: 'measured',
  strips: 'setting',
  names: 'chosen',
  rows,
  setting: settingLines(rows, ({ name, variable }) => `header_up ${name} ${variable}`),
  stripping: settingLines(rows, ({ name }) => `header_up -${name}`),
}
