/** HAProxy: the server, and as the client of one behind it. */
import { PROGRAM_NAMES } from '../mtls/programs/names.ts'
import { rfc2253Name } from '../mtls/proxy/names.ts'
import type { Test } from '../mtls/rules/rule.ts'
import { askAddress, askIssuer, askSubject } from './ask.ts'
import { conditionOf, type Asked, type Condition } from './condition.ts'
import { curlLine } from './curl-line.ts'
import type { Prepared } from './order.ts'
import {
  FILES,
  STRONG_SUITES,
  asksFor,
  checksLists,
  commonLimits,
  digitsOf,
  isPrintable,
  limit,
  pemFiles,
  presents,
  rootAsked,
  serialDigits,
  textFile,
} from './parts.ts'
import type { Destination, Print } from './printed.ts'

export const haproxy: Destination = {
  id: 'haproxy',
  name: PROGRAM_NAMES.haproxy,
  sides: ['server', 'client'],
  // The key is looked for beside the chain, by this name.
  keys: { server: 'server.pem.key', client: 'client.pem.key' },
  seen: ['2.6.12'],
  logs: {
    server: { accepts: '"GET / HTTP/1.1"', refuses: 'SSL client certificate not trusted' },
    client: { accepts: '"GET / HTTP/1.1"', refuses: null },
  },
  print: (order) => (order.side === 'server' ? printServer(order) : printClient(order)),
}

const RUN = { before: [], check: ['haproxy -c -f haproxy.cfg'], start: ['haproxy -db -f haproxy.cfg'] }
const CN_COUNTS = limit('cn-always-counts', 'more')
const ABILITY = { anchors: 'roots-alone', depth: 'none' } as const

const HEAD = [
  'global',
  '    default-path config',
  '    log stderr format raw local0 info',
  '',
  'defaults',
  '    mode http',
  '    log global',
  '    option httplog',
  '    timeout connect 5s',
  '    timeout client 30s',
  '    timeout server 30s',
  '',
]

function printServer(order: Prepared): Print {
  const { server, port } = order
  const names = FILES.server
  const asks = asksFor(order)
  const { condition, limits } = conditionOf(
    asks ? server.lets : null,
    (test) => asked(order, test),
    server.asks === 'required' ? null : 'ssl_fc_has_crt',
  )
  const bind = [
    `bind 127.0.0.1:${port} ssl crt ${names.chain}`,
    ...tls(order),
    'no-tls-tickets',
    ...(asks
      ? [
          `ca-file ${names.anchors} verify ${server.asks}`,
          ...(checksLists(order) ? [`crl-file ${names.lists}`] : []),
        ]
      : []),
  ]
  const lines = [
    ...HEAD,
    'frontend mtls',
    `    ${bind.join(' ')}`,
    ...rulesOf(condition).map((line) => `    ${line}`),
    '    http-request return status 200 content-type text/plain string "ok"',
  ]
  return {
    files: [...pemFiles(order), textFile('haproxy.cfg', 'settings', lines)],
    ...{ ...RUN, ask: [curlLine(order)] },
    limits: [...commonLimits(order, ABILITY), ...limits],
  }
}

function printClient(order: Prepared): Print {
  const { client, host, isAddress, port, localPort } = order
  const names = FILES.client
  const { condition, limits } = conditionOf(client.lets, (test) => asked(order, test))
  const server = [
    `server peer 127.0.0.1:${port} ssl verify required ca-file ${names.anchors}`,
    ...(presents(order) ? [`crt ${names.chain}`] : []),
    ...(checksLists(order) ? [`crl-file ${names.lists}`] : []),
    ...tls(order),
    isAddress ? '' : `sni str(${host})`,
    `verifyhost ${host}`,
  ]
  const lines = [
    ...HEAD,
    'frontend local',
    `    bind 127.0.0.1:${localPort}`,
    ...(condition.kind === 'never' ? ['    http-request deny deny_status 502'] : []),
    '    default_backend mtls',
    '',
    'backend mtls',
    `    http-request set-header Host ${host.includes(':') ? `[${host}]` : host}`,
    `    ${server.filter((word) => word !== '').join(' ')}`,
  ]
  return {
    files: [...pemFiles(order), textFile('haproxy.cfg', 'settings', lines)],
    ...{ ...RUN, ask: [`curl http://127.0.0.1:${localPort}/`] },
    limits: [...commonLimits(order, ABILITY), ...(isAddress ? [] : [CN_COUNTS]), ...limits],
  }
}

const tls = ({ isTls12, isTls13 }: Prepared): string[] => [
  `ssl-min-ver TLSv1.${isTls12 ? 2 : 3}`,
  ...(isTls13 ? [] : ['ssl-max-ver TLSv1.2']),
  ...(isTls12 ? [`ciphers ${STRONG_SUITES}`] : []),
]

/** Within strong quotes nothing has a meaning but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'"'"'`)}'`

function asked(order: Prepared, test: Test): Asked<string> {
  if (order.side === 'client')
    return test.kind === 'root' ? rootAsked(order, test.sha256) : { cannot: 'cannot-ask' }
  const one = (sample: string, values: readonly string[], flags = ''): Asked<string> =>
    values.every(isPrintable)
      ? { part: `${sample} -m str${flags} -- ${values.map(quoted).join(' ')}` }
      : { cannot: 'unsafe-value' }
  switch (test.kind) {
    case 'root':
      return rootAsked(order, test.sha256)
    case 'issuer':
      return askIssuer(order, test.sha256, (name) =>
        one('ssl_c_i_dn(,0,rfc2253)', [rfc2253Name(name)], ' -i'),
      )
    case 'subject':
      return askSubject(test, (name) => one('ssl_c_s_dn(,0,rfc2253)', [rfc2253Name(name)], ' -i'))
    case 'user':
      return test.by === 'CN' ? one('ssl_c_s_dn(CN,1)', [test.name], ' -i') : { cannot: 'cannot-ask' }
    case 'serial':
      return one('ssl_c_serial,hex', test.numbers.map(serialDigits))
    case 'certificate':
      return one(
        'ssl_c_der,sha2(256),hex',
        test.sha256.map((hash) => digitsOf(hash).toUpperCase()),
      )
    case 'address':
      return askAddress(test, (ranges) => `src ${ranges.join(' ')}`)
    default:
      return { cannot: 'cannot-ask' }
  }
}

/** There are no brackets: each group is first written into a variable. */
function rulesOf(condition: Condition<string>): string[] {
  if (condition.kind === 'always') return []
  if (condition.kind === 'never') return ['http-request deny deny_status 403']
  const lines: string[] = []
  let count = 0
  const named = (each: Condition<string>): string => {
    const name = `lets_${++count}`
    if (each.kind === 'part') {
      lines.push(`acl ${name} ${each.part}`)
      return each.met ? name : `!${name}`
    }
    if (each.kind !== 'all' && each.kind !== 'any') return name
    const inner = each.of.map(named).join(each.kind === 'all' ? ' ' : ' or ')
    lines.push(`http-request set-var(txn.${name}) bool(true) if ${inner}`)
    lines.push(`acl ${name} var(txn.${name}) -m bool`)
    return name
  }
  const whole = named(condition)
  return [...lines, `http-request deny deny_status 403 unless ${whole}`]
}
