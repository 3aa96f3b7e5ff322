/** OpenSSL's own server and client, for trying: they verify, and cannot ask who may connect. */
import { PROGRAM_NAMES } from '../mtls/programs/names.ts'
import type { Test } from '../mtls/rules/rule.ts'
import { conditionOf, type Asked } from './condition.ts'
import { curlLine } from './curl-line.ts'
import type { Prepared } from './order.ts'
import {
  FILES,
  STRONG_SUITES,
  asksFor,
  checksLists,
  commonLimits,
  chainFile,
  pemFiles,
  presents,
  rootAsked,
  textFile,
} from './parts.ts'
import type { Destination, Limit, Print } from './printed.ts'

export const openssl: Destination = {
  id: 'openssl',
  name: `${PROGRAM_NAMES.openssl} (s_server, s_client)`,
  sides: ['server', 'client'],
  seen: ['3.0.19'],
  logs: {
    server: { accepts: 'verify return:1', refuses: 'verify error:num=10:certificate has expired' },
    client: { accepts: 'Verify return code: 0 (ok)', refuses: 'alert certificate expired' },
  },
  print: (order) => (order.side === 'server' ? printServer(order) : printClient(order)),
}

function printServer(order: Prepared): Print {
  const { server, port, intermediates } = order
  const names = FILES.server
  const words = [
    'openssl s_server',
    `-accept 127.0.0.1:${port} -www`,
    `-cert ${names.chain}${restOf(order)} -key ${names.key}`,
    ...versions(order),
    ...(asksFor(order)
      ? [
          `-${server.asks === 'optional' ? 'verify' : 'Verify'} ${intermediates} -verify_return_error`,
          ...trust(order),
        ]
      : []),
  ]
  return {
    files: [...files(order), script('server.sh', words)],
    ...{ before: [], check: [], start: ['sh server.sh'], ask: [curlLine(order)] },
    limits: [...commonLimits(order, {}), ...ruleLimits(order)],
  }
}

function printClient(order: Prepared): Print {
  return {
    files: [...files(order), script('client.sh', clientLine(order))],
    ...{ before: [], check: [], start: ['sh client.sh'], ask: [] },
    limits: [...commonLimits(order, {}), ...ruleLimits(order)],
  }
}

/** Input stays open for a moment: in TLS 1.3 a refusal comes after the client's handshake has ended. */
function clientLine(order: Prepared): string[] {
  const { host, isAddress, port } = order
  const names = FILES.client
  return [
    `(printf 'GET / HTTP/1.0\\r\\n\\r\\n'; sleep 2) | openssl s_client`,
    `-connect 127.0.0.1:${port}`,
    isAddress ? `-noservername -verify_ip ${host}` : `-servername ${host} -verify_hostname ${host}`,
    '-verify_return_error',
    ...(presents(order) ? [`-cert ${names.chain}${restOf(order)} -key ${names.key}`] : []),
    ...versions(order),
    ...trust(order),
  ]
}

/** -cert reads one certificate; the rest of the chain comes from a file that does not repeat it. */
function files(order: Prepared): Print['files'] {
  const rest = order.own.chain.slice(1)
  return rest.length === 0
    ? pemFiles(order, 'lists-with-anchors')
    : [...pemFiles(order, 'lists-with-anchors'), chainFile('chain.pem', order.side, rest)]
}

const restOf = ({ own }: Prepared): string => (own.chain.length > 1 ? ' -cert_chain chain.pem' : '')

function versions({ isTls12, isTls13 }: Prepared): string[] {
  if (!isTls12) return ['-tls1_3']
  return [`-min_protocol TLSv1.2${isTls13 ? '' : ' -max_protocol TLSv1.2'}`, `-cipher ${STRONG_SUITES}`]
}

function trust(order: Prepared): string[] {
  return [
    `-CAfile ${FILES[order.side].anchors} -no-CApath -no-CAstore -partial_chain`,
    ...(checksLists(order) ? ['-crl_check_all'] : []),
  ]
}

const script = (name: string, words: readonly string[]): Print['files'][number] =>
  textFile(name, 'commands', ['#!/bin/sh', words.join(' \\\n  ')])

/** It can ask nothing: whom a rule refuses gets in. */
function ruleLimits(order: Prepared): Limit[] {
  const { condition, limits } = conditionOf(order.own.lets, (test: Test): Asked<never> =>
    test.kind === 'root' ? rootAsked(order, test.sha256) : { cannot: 'cannot-ask' },
  )
  if (!asksFor(order) || condition.kind === 'always') return []
  return limits.map((each) => ({ ...each, code: 'rules-ignored', effect: 'more' }))
}
