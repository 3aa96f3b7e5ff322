import { PROGRAM_NAMES } from '../../programs/names.ts'
import { settingLines, type HeaderFormat, type HeaderRow } from '../format.ts'
import { rfc2253Name, slashName } from '../names.ts'
import { AS_ENCODED, base64Chain, base64Der, hashHex, named, serialHex, time, word } from '../values.ts'

const rows: readonly HeaderRow[] = [
  {
    name: 'X-SSL-Client-Verify',
    variable: '%[ssl_c_verify]',
    cautions: ['zero-without-certificate'],
    ...word('verify', '0', /^\d{1,5}$/),
  },
  { name: 'X-SSL-Client-Used', variable: '%[ssl_c_used]', ...word('present', '1', /^0$/) },
  { name: 'X-SSL-Client-Cert', variable: '%[ssl_c_der,base64]', ...base64Der },
  { name: 'X-SSL-Client-Chain', variable: '%[ssl_c_chain_der,base64]', ...base64Chain },
  { name: 'X-SSL-Client-S-DN', variable: '%[ssl_c_s_dn(,0,rfc2253)]', ...named('subject', rfc2253Name) },
  { name: 'X-SSL-Client-I-DN', variable: '%[ssl_c_i_dn(,0,rfc2253)]', ...named('issuer', rfc2253Name) },
  { name: 'X-SSL-Client-Serial', variable: '%[ssl_c_serial,hex]', ...serialHex('upper') },
  {
    name: 'X-SSL-Client-SHA1',
    variable: '%[ssl_c_sha1,hex]',
    cautions: ['sha1'],
    never: true,
    ...hashHex('sha1', 'upper'),
  },
  { name: 'X-SSL-Client-SHA256', variable: '%[ssl_c_der,sha2(256),hex]', ...hashHex('sha256', 'upper') },
  { name: 'X-SSL-Client-Not-Before', variable: '%[ssl_c_notbefore]', ...time('notBefore', AS_ENCODED) },
  { name: 'X-SSL-Client-Not-After', variable: '%[ssl_c_notafter]', ...time('notAfter', AS_ENCODED) },
  {
    name: 'X-SSL-Client-S-DN-Slash',
    variable: '%[ssl_c_s_dn]',
    cautions: ['unescaped'],
    never: true,
    ...named('subject', slashName, { ambiguous: true }),
  },
  {
    name: 'X-SSL-Client-I-DN-Slash',
    variable: '%[ssl_c_i_dn]',
    cautions: ['unescaped'],
    never: true,
    ...named('issuer', slashName, { ambiguous: true }),
  },
]

const stripping = settingLines(rows, ({ name }) => `http-request del-header ${name}`)

export const haproxy: HeaderFormat = {
  id: 'haproxy',
  program: PROGRAM_NAMES.haproxy,
  versions: ['2.6.12', '3.0.11'],
  basis: 'measured',
  strips: 'setting',
  names: 'chosen',
  rows,
  setting: [
    stripping,
    settingLines(
      rows,
      ({ name, variable }) =>
        `http-request set-header ${name} ${variable} if { ssl_c_used } { ssl_c_verify 0 }`,
    ),
  ].join('\n'),
  stripping,
}
