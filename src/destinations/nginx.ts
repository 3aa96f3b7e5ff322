/** nginx: the server, and as the client of one behind it. */
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
  isPrintable,
  pemFiles,
  presents,
  rootAsked,
  serialDigits,
  textFile,
} from './parts.ts'
import type { Destination, Print, SettingsFile } from './printed.ts'

/** One question: a `map` of a variable, or a `geo` of the address; the keys for which it is met. */
interface Part {
  readonly from: 'map' | 'geo'
  readonly variable: string
  readonly keys: readonly string[]
}

export const nginx: Destination = {
  id: 'nginx',
  name: PROGRAM_NAMES.nginx,
  sides: ['server', 'client'],
  seen: ['1.22.1'],
  logs: {
    server: {
      accepts: '"GET / HTTP/1.1" 200',
      refuses: 'client SSL certificate verify error: (10:certificate has expired)',
    },
    client: { accepts: '"GET / HTTP/1.1" 200', refuses: 'upstream SSL certificate verify error' },
  },
  print: (order) => (order.side === 'server' ? printServer(order) : printClient(order)),
}

const CHECK = ['nginx -e stderr -p . -c nginx.conf -t']
const START = ['nginx -e stderr -p . -c nginx.conf']
const ABILITY = { anchors: 'roots-alone' } as const

function printServer(order: Prepared): Print {
  const { server, host, isAddress, port, intermediates } = order
  const guard: Part = { from: 'map', variable: '$ssl_client_verify', keys: ['SUCCESS'] }
  const asks = asksFor(order)
  const lets = asks ? server.lets : null
  const { condition, limits } = conditionOf(
    lets,
    (test) => asked(order, test),
    server.asks === 'required' ? null : guard,
  )
  const maps = mapsOf(condition)
  const names = FILES.server
  const lines = [
    ...maps,
    'server {',
    `    listen 127.0.0.1:${port} ssl;`,
    `    server_name ${isAddress ? '_' : host};`,
    '    server_tokens off;',
    '',
    `    ssl_certificate ${names.chain};`,
    `    ssl_certificate_key ${names.key};`,
    `    ssl_protocols${versionsOf(order)};`,
    `    ssl_ciphers ${STRONG_SUITES};`,
    '    ssl_session_tickets off;',
    ...(asks
      ? [
          '',
          `    ssl_client_certificate ${names.anchors};`,
          `    ssl_verify_client ${server.asks === 'optional' ? 'optional' : 'on'};`,
          `    ssl_verify_depth ${intermediates};`,
          ...(checksLists(order) ? [`    ssl_crl ${names.lists};`] : []),
          '    error_page 495 496 = @refused;',
          '    location @refused { return 400; }',
        ]
      : []),
    ...(condition.kind === 'always'
      ? []
      : condition.kind === 'never'
        ? ['    return 403;']
        : ['    if ($may_connect = 0) { return 403; }']),
    '',
    '    location / { return 200 "ok\\n"; }',
    '}',
  ]
  return {
    files: [...pemFiles(order), ...configuration(lines)],
    ...{ before: [], check: CHECK, start: START, ask: [curlLine(order)] },
    limits: [...commonLimits(order, ABILITY), ...limits],
  }
}

function printClient(order: Prepared): Print {
  const { client, host, port, localPort, isAddress, intermediates } = order
  const { condition, limits } = conditionOf(client.lets, (test) => asked(order, test))
  const names = FILES.client
  const lines = [
    'server {',
    `    listen 127.0.0.1:${localPort};`,
    '    server_tokens off;',
    '',
    '    location / {',
    ...(condition.kind === 'never' ? ['        return 502;'] : []),
    `        proxy_pass https://127.0.0.1:${port};`,
    `        proxy_set_header Host ${host.includes(':') ? `[${host}]` : host};`,
    ...(presents(order)
      ? [`        proxy_ssl_certificate ${names.chain};`, `        proxy_ssl_certificate_key ${names.key};`]
      : []),
    `        proxy_ssl_trusted_certificate ${names.anchors};`,
    '        proxy_ssl_verify on;',
    `        proxy_ssl_verify_depth ${intermediates};`,
    ...(checksLists(order) ? [`        proxy_ssl_crl ${names.lists};`] : []),
    `        proxy_ssl_name ${host};`,
    `        proxy_ssl_server_name ${isAddress ? 'off' : 'on'};`,
    `        proxy_ssl_protocols${versionsOf(order)};`,
    `        proxy_ssl_ciphers ${STRONG_SUITES};`,
    '    }',
    '}',
  ]
  return {
    files: [...pemFiles(order), ...configuration(lines)],
    ...{ before: [], check: CHECK, start: START, ask: [`curl http://127.0.0.1:${localPort}/`] },
    limits: [...commonLimits(order, ABILITY), ...limits],
  }
}

const versionsOf = ({ isTls12, isTls13 }: Prepared): string =>
  `${isTls12 ? ' TLSv1.2' : ''}${isTls13 ? ' TLSv1.3' : ''}`

/** The settings to take over, and what starts them in this folder without a right to any other. */
function configuration(lines: readonly string[]): SettingsFile[] {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return [
    textFile('mtls.conf', 'settings', lines),
    textFile('nginx.conf', 'starter', [
      'daemon off;',
      'pid nginx.pid;',
      'error_log stderr info;',
      'events { }',
      'http {',
      '    access_log access.log;',
      ...temporary.map((kind) => `    ${kind}_temp_path temporary-${kind};`),
      '    include mtls.conf;',
      '}',
    ]),
  ]
}

function asked(order: Prepared, test: Test): Asked<Part> {
  if (order.side === 'client')
    return test.kind === 'root' ? rootAsked(order, test.sha256) : { cannot: 'cannot-ask' }
  const mapped = (variable: string, keys: readonly string[]): Asked<Part> =>
    keys.every(isPrintable) ? { part: { from: 'map', variable, keys } } : { cannot: 'unsafe-value' }
  switch (test.kind) {
    case 'root':
      return rootAsked(order, test.sha256)
    case 'issuer':
      return askIssuer(order, test.sha256, (name) => mapped('$ssl_client_i_dn', [rfc2253Name(name)]))
    case 'subject':
      return askSubject(test, (name) => mapped('$ssl_client_s_dn', [rfc2253Name(name)]))
    case 'serial':
      return mapped('$ssl_client_serial', test.numbers.map(serialDigits))
    case 'address':
      return askAddress(test, (keys) => ({ from: 'geo', variable: '$remote_addr', keys }))
    default:
      return { cannot: 'cannot-ask' }
  }
}

/** A quoted word: nothing is a variable among the keys of a map. */
const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** Each part as a variable of its own; those that join others ask for their digits in a row. */
function mapsOf(condition: Condition<Part>): string[] {
  if (condition.kind === 'always' || condition.kind === 'never') return []
  const lines: string[] = []
  let count = 0
  const write = (each: Condition<Part>, name: string): void => {
    if (each.kind === 'part') {
      const { from, variable, keys } = each.part
      const [yes, no] = each.met ? ['1', '0'] : ['0', '1']
      const rows = keys.map((key) => `    ${from === 'geo' ? key : quoted(key)} ${yes};`)
      const head = from === 'geo' ? `geo ${variable} ${name} {` : `map ${variable} ${name} {`
      lines.push(head, `    default ${no};`, ...rows, '}', '')
    } else if (each.kind === 'all' || each.kind === 'any') {
      const names = each.of.map(() => `$lets_${++count}`)
      each.of.forEach((inner, at) => write(inner, names[at]!))
      // ${…} would end at the next character that cannot be in a name, which the digit of no name is.
      const row = names.map((one) => `\${${one.slice(1)}}`).join('')
      const [key, yes, no] =
        each.kind === 'all'
          ? [`"${'1'.repeat(names.length)}"`, '1', '0']
          : [`"${'0'.repeat(names.length)}"`, '0', '1']
      lines.push(`map "${row}" ${name} {`, `    default ${no};`, `    ${key} ${yes};`, '}', '')
    }
  }
  write(condition, '$may_connect')
  // A key has to fit into a bucket, which is a line of the processor's cache otherwise.
  const isLong = lines.some((line) => line.length > 40)
  return isLong ? ['map_hash_bucket_size 2048;', '', ...lines] : lines
}
