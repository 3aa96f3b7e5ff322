/** Apache httpd: the server. */
import { PROGRAM_NAMES } from '../mtls/programs/names.ts'
import { rfc2253Name } from '../mtls/proxy/names.ts'
import type { Test } from '../mtls/rules/rule.ts'
import type { Name } from '../x509/name.ts'
import { askAddress, askIssuer, askSubject } from './ask.ts'
import { conditionOf, expression, type Asked } from './condition.ts'
import { curlLine } from './curl-line.ts'
import type { Prepared } from './order.ts'
import {
  FILES,
  STRONG_SUITES,
  asksFor,
  checksLists,
  commonLimits,
  isPrintable,
  isSafeName,
  pemFiles,
  rootAsked,
  serialDigits,
  textFile,
} from './parts.ts'
import type { Destination, Print } from './printed.ts'

export const apache: Destination = {
  id: 'apache',
  name: PROGRAM_NAMES.apache,
  sides: ['server'],
  seen: ['2.4.71'],
  logs: {
    server: {
      accepts: '"GET / HTTP/1.1" 200',
      refuses: 'AH02276: Certificate Verification: Error (10): certificate has expired',
    },
  },
  print,
}

const COMMAND = 'apache2 -d "$PWD" -f httpd.conf'
const OPERATORS = { and: '&&', or: '||', not: (part: string) => `!(${part})`, yes: 'true', no: 'false' }

function print(order: Prepared): Print {
  const { server, host, isAddress, port, intermediates, isTls12, isTls13 } = order
  const names = FILES.server
  const asks = asksFor(order)
  const { condition, limits } = conditionOf(
    asks ? server.lets : null,
    (test) => asked(order, test),
    server.asks === 'required' ? null : "%{SSL_CLIENT_VERIFY} == 'SUCCESS'",
  )
  const lines = [
    `Listen 127.0.0.1:${port}`,
    'ServerTokens Prod',
    'ServerSignature Off',
    'SSLSessionCache none',
    '',
    `<VirtualHost 127.0.0.1:${port}>`,
    `    ServerName ${isAddress ? 'localhost' : host}`,
    '    SSLEngine on',
    `    SSLCertificateFile ${names.chain}`,
    `    SSLCertificateKeyFile ${names.key}`,
    `    SSLProtocol -all${isTls12 ? ' +TLSv1.2' : ''}${isTls13 ? ' +TLSv1.3' : ''}`,
    ...(isTls12 ? [`    SSLCipherSuite ${STRONG_SUITES}`] : []),
    '    SSLSessionTickets off',
    ...(asks
      ? [
          `    SSLCACertificateFile ${names.anchors}`,
          `    SSLVerifyClient ${server.asks === 'optional' ? 'optional' : 'require'}`,
          // It counts the root.
          `    SSLVerifyDepth ${intermediates + 1}`,
          ...(checksLists(order)
            ? [`    SSLCARevocationFile ${names.lists}`, '    SSLCARevocationCheck chain']
            : []),
        ]
      : []),
    '    LogLevel ssl:info',
    '    <Location "/">',
    `        Require ${condition.kind === 'always' ? 'all granted' : condition.kind === 'never' ? 'all denied' : `expr "${expression(condition, OPERATORS)}"`}`,
    '    </Location>',
    '</VirtualHost>',
  ]
  return {
    files: [...pemFiles(order), textFile('mtls.conf', 'settings', lines), ...STARTER],
    ...{ before: [], check: [`${COMMAND} -t`], start: [`exec ${COMMAND} -DFOREGROUND`] },
    ask: [curlLine(order)],
    limits: [...commonLimits(order, { anchors: 'roots-alone' }), ...limits],
  }
}

const MODULES = ['mpm_event', 'authn_core', 'authz_core', 'authz_host', 'dir', 'socache_shmcb', 'ssl']

const STARTER = [
  textFile('httpd.conf', 'starter', [
    ...MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    'User www-data',
    'Group www-data',
    'ServerName localhost',
    'DefaultRuntimeDir .',
    'PidFile apache.pid',
    'ErrorLog error.log',
    'LogFormat "%h \\"%r\\" %>s" short',
    'CustomLog access.log short',
    'DocumentRoot page',
    'DirectoryIndex index.html',
    'Include mtls.conf',
  ]),
  textFile('page/index.html', 'starter', ['ok']),
]

/**
 * A string of its expressions; null if the text might begin a variable, which is replaced in settings and in strings.
 */
function quoted(text: string): string | null {
  if (!isPrintable(text) || /[$%]\{|["$%]/.test(text)) return null
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function asked(order: Prepared, test: Test): Asked<string> {
  const anyOf = (variables: readonly string[], values: readonly string[]): Asked<string> => {
    const words = values.map(quoted)
    if (words.includes(null)) return { cannot: 'unsafe-value' }
    const parts = variables.flatMap((name) => words.map((word) => `%{${name}} == ${word!}`))
    return { part: parts.length === 1 ? parts[0]! : `(${parts.join(' || ')})` }
  }
  const named = (variable: string, name: Name): Asked<string> =>
    anyOf([variable], [rfc2253Name(name, { high: false })])
  switch (test.kind) {
    case 'root':
      return rootAsked(order, test.sha256)
    case 'issuer':
      return askIssuer(order, test.sha256, (name) => named('SSL_CLIENT_I_DN', name))
    case 'subject':
      return askSubject(test, (name) => named('SSL_CLIENT_S_DN', name))
    case 'user':
      return test.by === 'CN' ? anyOf(['SSL_CLIENT_S_DN_CN'], [test.name]) : { cannot: 'cannot-ask' }
    case 'san':
      return askName(test, anyOf)
    case 'serial':
      return anyOf(['SSL_CLIENT_M_SERIAL'], test.numbers.map(serialDigits))
    case 'address':
      return askAddress(test, (ranges) => `(${ranges.map((range) => `-R '${range}'`).join(' || ')})`)
    default:
      return { cannot: 'cannot-ask' }
  }
}

/** Names come as numbered variables; those beyond the first ten are not looked at. */
function askName(
  { form, match, value }: Extract<Test, { kind: 'san' }>,
  anyOf: (variables: readonly string[], values: readonly string[]) => Asked<string>,
): Asked<string> {
  const kind = form === 'DNS' ? 'DNS' : form === 'RFC822' ? 'Email' : null
  if (kind === null || match === 'suffix') return { cannot: 'cannot-ask' }
  if (!isSafeName(form, value)) return { cannot: 'unsafe-value' }
  const variables = Array.from({ length: 10 }, (_, at) => `SSL_CLIENT_SAN_${kind}_${at}`)
  return anyOf(variables, [value])
}
