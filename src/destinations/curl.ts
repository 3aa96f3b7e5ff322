/** curl: a client alone. Of who may answer it can ask the public key. */
import { PROGRAM_NAMES } from '../mtls/programs/names.ts'
import { hexOctets, toBase64 } from '../octets.ts'
import { conditionOf, type Asked, type Condition } from './condition.ts'
import {
  FILES,
  STRONG_SUITES,
  checksLists,
  commonLimits,
  digitsOf,
  pemFiles,
  presents,
  rootAsked,
  textFile,
} from './parts.ts'
import type { Prepared } from './order.ts'
import type { Destination, Print } from './printed.ts'
import type { Test } from '../mtls/rules/rule.ts'

export const curl: Destination = {
  id: 'curl',
  name: PROGRAM_NAMES.curl,
  sides: ['client'],
  seen: ['7.88.1'],
  logs: { client: { accepts: 'ok', refuses: 'curl: (60) SSL certificate problem: certificate has expired' } },
  print,
}

function print(order: Prepared): Print {
  const { client, host, isAddress, port, isTls12, isTls13 } = order
  const names = FILES.client
  const { condition, limits } = conditionOf(client.lets, (test) => asked(order, test))
  const pins = pinsOf(condition)
  const where = isAddress && host.includes(':') ? `[${host}]` : host
  const lines = [
    `url = "https://${where}:${port}/"`,
    `connect-to = "${where}:${port}:127.0.0.1:${port}"`,
    'show-error',
    'silent',
    `cacert = "${names.anchors}"`,
    ...(presents(order) ? [`cert = "${names.chain}"`, `key = "${names.key}"`] : []),
    isTls12 ? 'tlsv1.2' : 'tlsv1.3',
    ...(isTls13 ? [] : ['tls-max = "1.2"']),
    ...(isTls12 ? [`ciphers = "${STRONG_SUITES}"`] : []),
    ...(checksLists(order) ? [`crlfile = "${names.lists}"`] : []),
    ...(pins === null ? [] : [`pinnedpubkey = "${pins}"`]),
  ]
  return {
    files: [...pemFiles(order), textFile('curl.conf', 'settings', lines)],
    ...{ before: [], check: [], start: ['curl -K curl.conf'], ask: [] },
    limits: [
      ...commonLimits(order, { depth: 'none' }),
      ...limits.map((each) => (pins === NOBODY ? { ...each, effect: 'nobody' as const } : each)),
    ],
  }
}

function asked(order: Prepared, test: Test): Asked<readonly string[]> {
  if (test.kind === 'root') return rootAsked(order, test.sha256)
  if (test.kind !== 'key') return { cannot: 'cannot-ask' }
  const hashes = test.sha256.map((hash) => hexOctets(digitsOf(hash)))
  return hashes.every((hash) => hash?.length === 32)
    ? { part: hashes.map((hash) => `sha256//${toBase64(hash!)}`) }
    : { cannot: 'unsafe-value' }
}

/** The pin of no key. */
const NOBODY = `sha256//${toBase64(new Uint8Array(32))}`

/** Pins are joined by or; without another way to refuse, what cannot be asked so refuses everyone. */
function pinsOf(condition: Condition<readonly string[]>): string | null {
  if (condition.kind === 'always') return null
  const parts = condition.kind === 'any' ? condition.of : [condition]
  const pins = parts.flatMap((each) => (each.kind === 'part' && each.met ? each.part : [NOBODY]))
  return [...new Set(pins)].join(';')
}
