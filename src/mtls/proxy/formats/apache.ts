import { PROGRAM_NAMES } from '../../programs/names.ts'
import { settingLines, type HeaderFormat, type HeaderRow } from '../format.ts'
import { onelineName, rfc2253Name } from '../names.ts'
import { PRINTED, firstName, named, pemLines, percentPem, serialHex, time, verdictWord } from '../values.ts'

const rawName = (name: Parameters<typeof rfc2253Name>[0]): string => rfc2253Name(name, { high: false })
const server = (variable: string): string => `%{${variable}}s`

const rows: readonly HeaderRow[] = [
  {
    name: 'X-SSL-Client-Verify',
    variable: server('SSL_CLIENT_VERIFY'),
    cautions: ['null-text'],
    ...verdictWord,
  },
  {
    name: 'X-SSL-Client-Cert',
    variable: server('SSL_CLIENT_CERT'),
    cautions: ['null-text'],
    ...pemLines(' '),
  },
  {
    name: 'X-SSL-Client-Escaped-Cert',
    variable: 'expr=%{escape:%{SSL_CLIENT_CERT}}',
    cautions: ['plus'],
    never: true,
    ...percentPem({ kept: /[A-Za-z0-9$\-_.+!*'(),:@&=/~]/, lowerCase: true }),
  },
  {
    name: 'X-SSL-Client-S-DN',
    variable: server('SSL_CLIENT_S_DN'),
    cautions: ['raw-utf8', 'null-text'],
    ...named('subject', rawName),
  },
  {
    name: 'X-SSL-Client-I-DN',
    variable: server('SSL_CLIENT_I_DN'),
    cautions: ['raw-utf8', 'null-text'],
    ...named('issuer', rawName),
  },
  {
    name: 'X-SSL-Client-Serial',
    variable: server('SSL_CLIENT_M_SERIAL'),
    cautions: ['null-text'],
    ...serialHex('upper'),
  },
  {
    name: 'X-SSL-Client-Not-Before',
    variable: server('SSL_CLIENT_V_START'),
    cautions: ['null-text'],
    ...time('notBefore', PRINTED),
  },
  {
    name: 'X-SSL-Client-Not-After',
    variable: server('SSL_CLIENT_V_END'),
    cautions: ['null-text'],
    ...time('notAfter', PRINTED),
  },
  {
    name: 'X-SSL-Client-SAN-DNS',
    variable: server('SSL_CLIENT_SAN_DNS_0'),
    cautions: ['null-text'],
    ...firstName('dns'),
  },
  {
    name: 'X-SSL-Client-SAN-Email',
    variable: server('SSL_CLIENT_SAN_Email_0'),
    cautions: ['null-text'],
    ...firstName('email'),
  },
  {
    name: 'X-SSL-Client-S-DN-Legacy',
    variable: 'SSLOptions +LegacyDNStringFormat',
    cautions: ['unescaped'],
    never: true,
    ...named('subject', onelineName, { ambiguous: true }),
  },
]

const stripping = settingLines(rows, ({ name }) => `RequestHeader unset ${name} early`)

export const apache: HeaderFormat = {
  id: 'apache',
  program: PROGRAM_NAMES.apache,
  versions: ['2.4.71'],
  basis: 'measured',
  strips: 'setting',
  names: 'chosen',
  rows,
  setting: [
    stripping,
    settingLines(rows, ({ name, variable }) => `RequestHeader set ${name} "${variable}"`),
  ].join('\n'),
  stripping,
}
