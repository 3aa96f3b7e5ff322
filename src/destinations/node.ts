/** Node: an HTTPS server and client, and what they ask of a certificate that TLS has let through. */
import { PROGRAM_NAMES } from '../mtls/programs/names.ts'
import { conditionOf, expression } from './condition.ts'
import { curlLine } from './curl-line.ts'
import { askJavaScript, javaScriptFor } from './javascript.ts'
import { indented } from './in-code.ts'
import type { Prepared } from './order.ts'
import {
  FILES,
  STRONG_SUITES,
  asksFor,
  checksLists,
  commonLimits,
  pemFiles,
  presents,
  textFile,
} from './parts.ts'
import type { Destination, Print } from './printed.ts'

export const node: Destination = {
  id: 'node',
  name: PROGRAM_NAMES.node,
  sides: ['server', 'client'],
  seen: ['20.20.2', '26.10.0'],
  logs: {
    server: { accepts: null, refuses: 'socket hang up' },
    client: { accepts: null, refuses: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  },
  print: (order) => (order.side === 'server' ? printServer(order) : printClient(order)),
}

const ABILITY = { anchors: 'roots-alone', depth: 'none' } as const
const OPERATORS = { and: '&&', or: '||', not: (part: string) => `!${part}`, yes: 'true', no: 'false' }

const FILE = 'const file = (name) => readFileSync(new URL(name, import.meta.url))'
/** Of several lists in one string it reads the first. */
const LISTS = [
  'const lists = (name) =>',
  '  String(file(name)).match(/-----BEGIN X509 CRL-----[^-]+-----END X509 CRL-----/g)',
]
/** A CA is in the path if its key signed the certificate before it: what was sent along proves nothing by itself. */
const PATH = [
  'function pathOf(socket) {',
  '  const path = []',
  '  for (let each = socket.getPeerCertificate(true); each?.raw; each = each.issuerCertificate) {',
  '    const certificate = new X509Certificate(each.raw)',
  '    const below = path.at(-1)',
  '    if (below && below.fingerprint256 === certificate.fingerprint256) break',
  '    if (below && !(below.checkIssued(certificate) && below.verify(certificate.publicKey))) break',
  '    path.push(certificate)',
  '  }',
  '  return path',
  '}',
]

function tlsOptions(order: Prepared): string[] {
  const { side, isTls12, isTls13 } = order
  const names = FILES[side]
  return [
    ...(presents(order) ? [`cert: file('${names.chain}'),`, `key: file('${names.key}'),`] : []),
    ...(asksFor(order) ? [`ca: file('${names.anchors}'),`] : []),
    ...(checksLists(order) ? [`crl: lists('${names.lists}'),`] : []),
    `minVersion: 'TLSv1.${isTls12 ? 2 : 3}',`,
    ...(isTls13 ? [] : ["maxVersion: 'TLSv1.2',"]),
    ...(isTls12
      ? [
          `ciphers: '${isTls13 ? 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:' : ''}${STRONG_SUITES}',`,
        ]
      : []),
  ]
}

function printServer(order: Prepared): Print {
  const { server, port } = order
  const asks = asksFor(order)
  const isOptional = server.asks === 'optional'
  const { condition, limits } = conditionOf(
    asks ? server.lets : null,
    askJavaScript,
    server.asks === 'required' ? null : 'who.path.length > 0',
  )
  const called = expression(condition, OPERATORS)
  const { imports, functions } = javaScriptFor(called)
  const isRuled = condition.kind !== 'always'
  const lines = [
    ...(isRuled ? imports : []),
    ...(called.includes('hasCa(') ? ["import { constants } from 'node:crypto'"] : []),
    "import { readFileSync } from 'node:fs'",
    "import { createServer } from 'node:https'",
    '',
    FILE,
    ...(checksLists(order) ? LISTS : []),
    '',
    ...(isRuled ? [...PATH, '', ...functions, '', `const mayConnect = (who) => ${called}`, ''] : []),
    'const options = {',
    ...indented(tlsOptions(order), '  '),
    ...(asks ? ['  requestCert: true,', `  rejectUnauthorized: ${!isOptional},`] : []),
    // A resumed session has the certificate, and not the CAs above it.
    ...(called.includes('hasCa(') ? ['  secureOptions: constants.SSL_OP_NO_TICKET,'] : []),
    '}',
    'const server = createServer(options, (request, response) => {',
    '  const { socket } = request',
    ...(asks && isOptional
      ? [
          '  const isAnonymous = !socket.getPeerCertificate().raw',
          '  if (!socket.authorized && !isAnonymous) return response.writeHead(403).end()',
        ]
      : []),
    ...(isRuled
      ? [
          `  const path = ${isOptional ? 'socket.authorized ? pathOf(socket) : []' : 'pathOf(socket)'}`,
          '  if (!mayConnect({ path, address: socket.remoteAddress })) return response.writeHead(403).end()',
        ]
      : []),
    "  response.end('ok\\n')",
    '})',
    "server.on('tlsClientError', ({ code, message }) => console.error(`refused: ${code ?? ''} ${message}`))",
    `server.listen(${port}, '127.0.0.1')`,
  ]
  return {
    files: [...pemFiles(order), textFile('server.mjs', 'program', lines)],
    ...{ before: [], check: ['node --check server.mjs'], start: ['node server.mjs'], ask: [curlLine(order)] },
    limits: [...commonLimits(order, ABILITY), ...limits],
  }
}

function printClient(order: Prepared): Print {
  const { client, host, isAddress, port } = order
  const { condition, limits } = conditionOf(client.lets, askJavaScript)
  const called = expression(condition, OPERATORS)
  const { imports, functions } = javaScriptFor(called)
  const isRuled = condition.kind !== 'always'
  const lines = [
    ...(isRuled ? imports : []),
    "import { readFileSync } from 'node:fs'",
    "import { request } from 'node:https'",
    `import { ${isAddress ? 'checkServerIdentity, ' : ''}connect } from 'node:tls'`,
    '',
    FILE,
    ...(checksLists(order) ? LISTS : []),
    '',
    ...(isRuled ? [...PATH, '', ...functions, '', `const mayConnect = (who) => ${called}`, ''] : []),
    'const options = {',
    "  host: '127.0.0.1',",
    `  port: ${port},`,
    ...(isAddress ? [] : [`  servername: '${host}',`]),
    ...indented(tlsOptions(order), '  '),
    '}',
    ...(isAddress
      ? [
          '// The address that the certificate is for; the connection here goes to the loopback address.',
          `options.checkServerIdentity = (_, certificate) => checkServerIdentity('${host}', certificate)`,
        ]
      : []),
    'const socket = connect(options, () => {',
    ...(isRuled
      ? [
          '  if (!mayConnect({ path: pathOf(socket), address: socket.remoteAddress })) {',
          "    console.error('refused: not the server that is let in')",
          '    process.exitCode = 1',
          '    return socket.destroy()',
          '  }',
        ]
      : []),
    '  // Nothing is sent before the server is known.',
    `  const asked = request({ createConnection: () => socket, headers: { host: '${host}' } }, (response) => {`,
    '    console.log(response.statusCode)',
    "    response.resume().on('end', () => socket.end())",
    '  })',
    "  asked.on('error', failed).end()",
    '})',
    "socket.on('error', failed)",
    'function failed({ code, message }) {',
    "  console.error(`refused: ${code ?? ''} ${message}`)",
    '  process.exitCode = 1',
    '}',
  ]
  return {
    files: [...pemFiles(order), textFile('client.mjs', 'program', lines)],
    ...{ before: [], check: ['node --check client.mjs'], start: ['node client.mjs'], ask: [] },
    limits: [...commonLimits(order, { depth: 'none' }), ...limits],
  }
}
