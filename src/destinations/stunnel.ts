/** stunnel: both sides. Of who may connect it can ask one of several names. */
import { PROGRAM_NAMES } from '../mtls/programs/names.ts'
import type { Test } from '../mtls/rules/rule.ts'
import { conditionOf, type Asked, type Condition } from './condition.ts'
import { curlLine } from './curl-line.ts'
import type { Prepared } from './order.ts'
import {
  FILES,
  STRONG_SUITES,
  asksFor,
  checksLists,
  commonLimits,
  isSafeName,
  limit,
  pemFiles,
  presents,
  rootAsked,
  textFile,
} from './parts.ts'
import type { Destination, Limit, Print, SettingsFile } from './printed.ts'

export const stunnel: Destination = {
  id: 'stunnel',
  name: PROGRAM_NAMES.stunnel,
  sides: ['server', 'client'],
  seen: ['5.68'],
  logs: {
    server: {
      accepts: 'Certificate accepted at depth=0',
      refuses: 'CERT: Pre-verification error: certificate has expired',
    },
    client: {
      accepts: 'Certificate accepted at depth=0',
      refuses: 'CERT: Pre-verification error: certificate has expired',
    },
  },
  print: (order) => (order.side === 'server' ? printServer(order) : printClient(order)),
}

const ABILITY = { anchors: 'roots-alone', lists: 'leaf', depth: 'none' } as const
/** A name that no certificate can be for (RFC 6761 §6.4). */
const NOBODY = ['checkHost = nobody.invalid']

function printServer(order: Prepared): Print {
  const { server, port } = order
  const asks = asksFor(order)
  const { checks, limits } = checksOf(order, asks ? server.lets : null)
  const isRequired = server.asks === 'required' || checks.length > 0
  const lines = [
    ...HEAD,
    '[mtls]',
    `accept = 127.0.0.1:${port}`,
    '; Takes the place of a server: remove both lines, and write connect = ADDRESS:PORT.',
    'exec = /bin/sh',
    'execArgs = sh answer.sh',
    ...tls(order),
    ...(asks ? [...trust(order), `requireCert = ${isRequired ? 'yes' : 'no'}`, ...checks] : []),
  ]
  return {
    files: [...pemFiles(order), textFile('stunnel.conf', 'settings', lines), ANSWER],
    ...{ before: [], check: [], start: START, ask: [curlLine(order)] },
    limits: [
      ...commonLimits(order, { ...ABILITY, ...(checks.length > 0 && { optional: 'none' }) }),
      ...limits,
    ],
  }
}

function printClient(order: Prepared): Print {
  const { client, host, isAddress, port, localPort } = order
  const { checks, limits } = checksOf(order, client.lets)
  const isClosed = checks.length > 0
  const lines = [
    ...HEAD,
    '[mtls]',
    'client = yes',
    `accept = 127.0.0.1:${localPort}`,
    `connect = 127.0.0.1:${port}`,
    ...(isAddress ? [] : [`sni = ${host}`]),
    ...tls(order),
    ...trust(order),
    ...(isClosed ? NOBODY : [isAddress ? `checkIP = ${host}` : `checkHost = ${host}`]),
  ]
  return {
    files: [...pemFiles(order), textFile('stunnel.conf', 'settings', lines)],
    ...{ before: [], check: [], start: START, ask: [`curl http://127.0.0.1:${localPort}/`] },
    limits: [...commonLimits(order, ABILITY), ...(isAddress ? [] : [CN_COUNTS]), ...limits],
  }
}

const CN_COUNTS = limit('cn-counts', 'more')
const START = ['stunnel stunnel.conf']
const HEAD = ['foreground = yes', 'pid =', 'debug = info', '']

const ANSWER: SettingsFile = textFile('answer.sh', 'starter', [
  '#!/bin/sh',
  '# Answers any request.',
  'while IFS= read -r line && [ "${#line}" -gt 1 ]; do :; done',
  "printf 'HTTP/1.0 200 OK\\r\\nContent-Length: 3\\r\\n\\r\\nok\\n'",
])

function tls(order: Prepared): string[] {
  const { side, isTls12, isTls13 } = order
  const names = FILES[side]
  return [
    ...(presents(order) ? [`cert = ${names.chain}`, `key = ${names.key}`] : []),
    `sslVersionMin = TLSv1.${isTls12 ? 2 : 3}`,
    ...(isTls13 ? [] : ['sslVersionMax = TLSv1.2']),
    ...(isTls12 ? [`ciphers = ${STRONG_SUITES}`] : []),
    'options = NO_TICKET',
  ]
}

function trust(order: Prepared): string[] {
  const names = FILES[order.side]
  return [
    `CAfile = ${names.anchors}`,
    ...(checksLists(order) ? [`CRLfile = ${names.lists}`] : []),
    'verifyChain = yes',
  ]
}

/** Names are joined by or. What cannot be asked so refuses everyone. */
function checksOf(
  order: Prepared,
  rule: Prepared['own']['lets'],
): { checks: readonly string[]; limits: readonly Limit[] } {
  const { condition, limits } = conditionOf(rule, (test) => asked(order, test))
  if (condition.kind === 'always') return { checks: [], limits }
  const parts: readonly Condition<string>[] = condition.kind === 'any' ? condition.of : [condition]
  const lines = parts.flatMap((each) => (each.kind === 'part' && each.met ? [each.part] : []))
  const isHost = lines.some((line) => line.startsWith('checkHost'))
  if (lines.length === parts.length)
    return { checks: lines, limits: isHost ? [...limits, CN_COUNTS] : limits }
  const closed = limits.map((each) => ({ ...each, effect: 'nobody' as const }))
  return {
    checks: NOBODY,
    limits: closed.length > 0 ? closed : [limit('cannot-ask', 'nobody', ['application', 'proxy'])],
  }
}

function asked(order: Prepared, test: Test): Asked<string> {
  if (test.kind === 'root') return rootAsked(order, test.sha256)
  if (order.side === 'client' || test.kind !== 'san' || test.match === 'suffix')
    return { cannot: 'cannot-ask' }
  const option = ({ DNS: 'checkHost', RFC822: 'checkEmail', IP: 'checkIP' } as Record<string, string>)[
    test.form
  ]
  if (option === undefined) return { cannot: 'cannot-ask' }
  return isSafeName(test.form, test.value)
    ? { part: `${option} = ${test.value}` }
    : { cannot: 'unsafe-value' }
}
