import { PROGRAM_NAMES } from '../../programs/names.ts'
import { settingLines, type HeaderFormat, type HeaderRow } from '../format.ts'
import { onelineName, rfc2253Name } from '../names.ts'
import { PRINTED, hashHex, named, pemLines, percentPem, serialHex, time, verdictWord } from '../values.ts'

/** NGX_ESCAPE_URI_COMPONENT. */
export const NGINX_PERCENT = { kept: /[A-Za-z0-9\-_.~]/ }

const rows: readonly HeaderRow[] = [
  { name: 'X-SSL-Client-Verify', variable: '$ssl_client_verify', ...verdictWord },
  { name: 'X-SSL-Client-Cert', variable: '$ssl_client_escaped_cert', ...percentPem(NGINX_PERCENT) },
  { name: 'X-SSL-Client-S-DN', variable: '$ssl_client_s_dn', ...named('subject', rfc2253Name) },
  { name: 'X-SSL-Client-I-DN', variable: '$ssl_client_i_dn', ...named('issuer', rfc2253Name) },
  { name: 'X-SSL-Client-Serial', variable: '$ssl_client_serial', ...serialHex('upper') },
  {
    name: 'X-SSL-Client-Fingerprint',
    variable: '$ssl_client_fingerprint',
    cautions: ['sha1'],
    ...hashHex('sha1', 'lower'),
  },
  { name: 'X-SSL-Client-Not-Before', variable: '$ssl_client_v_start', ...time('notBefore', PRINTED) },
  { name: 'X-SSL-Client-Not-After', variable: '$ssl_client_v_end', ...time('notAfter', PRINTED) },
  {
    name: 'X-SSL-Client-Folded-Cert',
    variable: '$ssl_client_cert',
    cautions: ['folded'],
    never: true,
    ...pemLines('\n\t'),
  },
  {
    name: 'X-SSL-Client-Raw-Cert',
    variable: '$ssl_client_raw_cert',
    cautions: ['line-breaks'],
    never: true,
    ...pemLines('\n'),
  },
  {
    name: 'X-SSL-Client-S-DN-Legacy',
    variable: '$ssl_client_s_dn_legacy',
    cautions: ['unescaped'],
    never: true,
    ...named('subject', onelineName, { ambiguous: true }),
  },
  {
    name: 'X-SSL-Client-I-DN-Legacy',
    variable: '$ssl_client_i_dn_legacy',
    cautions: ['unescaped'],
    never: true,
    ...named('issuer', onelineName, { ambiguous: true }),
  },
]

export const nginx: HeaderFormat = {
  id: 'nginx',
  program: PROGRAM_NAMES.nginx,
  versions: ['1.22.1', '1.26.3'],
  basis: 'measured',
  strips: 'setting',
  names: 'chosen',
  rows,
  setting: settingLines(rows, ({ name, variable }) => `proxy_set_header ${name} ${variable};`),
  stripping: settingLines(rows, ({ name }) => `proxy_set_header ${name} "";`),
}
