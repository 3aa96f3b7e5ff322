/** Envoy on both sides, and the same for a gateway of Istio. */
import { checksFor, type Checks } from './checks.ts'
import { curlLine } from './curl-line.ts'
import { doubleQuoted, indented } from './in-code.ts'
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

export const envoy: Destination = {
  id: 'envoy',
  name: 'Envoy (and Istio)',
  sides: ['server', 'client'],
  seen: [],
  logs: {},
  print: (order) => (order.side === 'server' ? printServer(order) : printClient(order)),
}

const TYPE = 'type.googleapis.com/envoy.extensions'
const RUN = { before: [], check: ['envoy --mode validate -c envoy.yaml'], start: ['envoy -c envoy.yaml'] }
const ABILITY = {}
const CLOSED: Checks = { names: [], certificates: [], keys: [], ranges: [], notFrom: [] }

/** The certificates, versions and checks of a connection, for either side. */
function tlsContext(order: Prepared, checks: Checks | null): string[] {
  const { side, own, isTls12, isTls13, host, isAddress } = order
  const names = FILES[side]
  const { names: alternative, certificates, keys } = checks ?? CLOSED
  const peer =
    side === 'client'
      ? [{ type: isAddress ? 'IP_ADDRESS' : 'DNS', match: 'exact', value: host }]
      : alternative
  return [
    'common_tls_context:',
    '  tls_params:',
    `    tls_minimum_protocol_version: TLSv1_${isTls12 ? 2 : 3}`,
    `    tls_maximum_protocol_version: TLSv1_${isTls13 ? 3 : 2}`,
    ...(isTls12 ? ['    cipher_suites:', ...STRONG_SUITES.split(':').map((name) => `      - ${name}`)] : []),
    ...(presents(order)
      ? [
          '  tls_certificates:',
          `    - certificate_chain: { filename: ${names.chain} }`,
          `      private_key: { filename: ${names.key} }`,
        ]
      : []),
    ...(asksFor(order)
      ? [
          '  validation_context:',
          `    trusted_ca: { filename: ${names.anchors} }`,
          ...(checksLists(order) ? [`    crl: { filename: ${names.lists} }`] : []),
          ...(own.maxDepth === null ? [] : [`    max_verify_depth: ${own.maxDepth}`]),
          ...(peer.length > 0 ? ['    match_typed_subject_alt_names:'] : []),
          ...peer.flatMap(({ type, match, value }) => [
            `      - san_type: ${type}`,
            `        matcher: { ${match}: ${doubleQuoted(value)} }`,
          ]),
          ...list('    verify_certificate_hash:', certificates),
          ...list('    verify_certificate_spki:', keys),
        ]
      : []),
  ]
}

const list = (head: string, values: readonly string[]): string[] =>
  values.length === 0 ? [] : [head, ...values.map((value) => `      - ${doubleQuoted(value)}`)]

function addressOf(range: string): string {
  const [start = '', bits = start.includes(':') ? '128' : '32'] = range.split('/')
  return `{ address_prefix: ${doubleQuoted(start)}, prefix_len: ${bits} }`
}

/** Without a policy nobody is allowed. */
function accessRules(checks: Checks | null): string[] {
  if (checks && checks.ranges.length === 0 && checks.notFrom.length === 0) return []
  const principals = [
    ...(checks?.ranges ?? []).map((ranges) => [
      '- or_ids:',
      '    ids:',
      ...ranges.map((range) => `      - direct_remote_ip: ${addressOf(range)}`),
    ]),
    ...(checks?.notFrom ?? []).map((range) => [`- not_id: { direct_remote_ip: ${addressOf(range)} }`]),
  ].flat()
  return [
    '- name: envoy.filters.http.rbac',
    '  typed_config:',
    `    "@type": ${TYPE}.filters.http.rbac.v3.RBAC`,
    '    rules:',
    '      action: ALLOW',
    ...(checks === null
      ? ['      policies: {}']
      : [
          '      policies:',
          '        may-connect:',
          '          permissions: [{ any: true }]',
          '          principals:',
          '            - and_ids:',
          '                ids:',
          ...indented(principals, ' '.repeat(18)),
        ]),
  ]
}

function connectionManager(route: readonly string[], filters: readonly string[]): string[] {
  return [
    '- name: envoy.filters.network.http_connection_manager',
    '  typed_config:',
    `    "@type": ${TYPE}.filters.network.http_connection_manager.v3.HttpConnectionManager`,
    '    stat_prefix: mtls',
    '    # What a client writes into x-forwarded-client-cert is removed.',
    '    forward_client_cert_details: SANITIZE',
    '    route_config:',
    '      virtual_hosts:',
    '        - name: all',
    '          domains: ["*"]',
    '          routes:',
    '            - match: { prefix: "/" }',
    ...indented(route, ' '.repeat(14)),
    '    http_filters:',
    ...indented(filters, ' '.repeat(6)),
    '      - name: envoy.filters.http.router',
    '        typed_config:',
    `          "@type": ${TYPE}.filters.http.router.v3.Router`,
  ]
}

const listener = (port: number, chain: readonly string[]): string[] => [
  'static_resources:',
  '  listeners:',
  '    - name: mtls',
  `      address: { socket_address: { address: 127.0.0.1, port_value: ${port} } }`,
  '      filter_chains:',
  ...indented(chain, ' '.repeat(8)),
]

function printServer(order: Prepared): Print {
  const { server, port } = order
  const asks = asksFor(order)
  const { checks, limits } = asks
    ? checksFor(order, ['names', 'hashes', 'ranges'])
    : { checks: CLOSED, limits: [] }
  const chain = [
    '- transport_socket:',
    '    name: envoy.transport_sockets.tls',
    '    typed_config:',
    `      "@type": ${TYPE}.transport_sockets.tls.v3.DownstreamTlsContext`,
    `      require_client_certificate: ${server.asks === 'required' || isNamed(checks)}`,
    '      disable_stateless_session_resumption: true',
    ...indented(tlsContext(order, checks), ' '.repeat(6)),
    '  filters:',
    ...indented(
      connectionManager(
        ['direct_response: { status: 200, body: { inline_string: "ok\\n" } }'],
        accessRules(checks),
      ),
      ' '.repeat(4),
    ),
  ]
  return {
    files: [
      ...pemFiles(order),
      textFile('envoy.yaml', 'settings', listener(port, chain)),
      textFile('istio.yaml', 'settings-istio', istioLines(order, checks)),
    ],
    ...{ ...RUN, ask: [curlLine(order)] },
    limits: [...commonLimits(order, { ...ABILITY, ...(isNamed(checks) && { optional: 'none' }) }), ...limits],
  }
}

const isNamed = (checks: Checks | null): boolean =>
  checks !== null && checks.names.length + checks.certificates.length + checks.keys.length > 0

/** The secret has the same files under the names that Istio looks for. */
function istioLines(order: Prepared, checks: Checks | null): string[] {
  const { server, host, isAddress, isTls12, isTls13 } = order
  const names = FILES.server
  const asks = asksFor(order)
  const exact = (checks?.names ?? []).filter(({ match }) => match === 'exact').map(({ value }) => value)
  const isWhole = exact.length === (checks?.names ?? []).length
  const secret = [
    `--from-file=tls.crt=${names.chain} --from-file=tls.key=${names.key}`,
    ...(asks ? [`--from-file=ca.crt=${names.anchors}`] : []),
    ...(checksLists(order) ? [`--from-file=ca.crl=${names.lists}`] : []),
  ]
  const mode = !asks
    ? 'SIMPLE'
    : server.asks === 'optional' && !isNamed(checks)
      ? 'OPTIONAL_MUTUAL'
      : 'MUTUAL'
  const isClosed = checks === null || !isWhole || checks.ranges.length > 1
  return [
    `# First: kubectl create -n istio-system secret generic mtls ${secret.join(' ')}`,
    'apiVersion: networking.istio.io/v1',
    'kind: Gateway',
    'metadata: { name: mtls, namespace: istio-system }',
    'spec:',
    '  selector: { istio: ingressgateway }',
    '  servers:',
    '    - port: { number: 443, name: https, protocol: HTTPS }',
    `      hosts: [${doubleQuoted(isAddress ? '*' : host)}]`,
    '      tls:',
    `        mode: ${mode}`,
    '        credentialName: mtls',
    `        minProtocolVersion: TLSV1_${isTls12 ? 2 : 3}`,
    ...(isTls13 ? [] : ['        maxProtocolVersion: TLSV1_2']),
    ...(isTls12
      ? ['        cipherSuites:', ...STRONG_SUITES.split(':').map((name) => `          - ${name}`)]
      : []),
    ...indented(list('subjectAltNames:', exact), '        ').map(shorter),
    ...indented(list('verifyCertificateHash:', checks?.certificates ?? []), '        ').map(shorter),
    ...indented(list('verifyCertificateSpki:', checks?.keys ?? []), '        ').map(shorter),
    ...(isClosed && checks !== null
      ? ['# A gateway asks for whole names and one list of addresses: this rule lets nobody in here.']
      : []),
    ...(isClosed
      ? policy([])
      : checks.ranges.length + checks.notFrom.length > 0
        ? policy(sources(checks))
        : []),
  ]
}

/** A list below its head by two spaces instead of six. */
const shorter = (line: string): string => line.replace(/^ {14}- /, '          - ')

const sources = ({ ranges, notFrom }: Checks): string[] => [
  '  rules:',
  '    - from:',
  '        - source:',
  ...(ranges.length > 0 ? [`            remoteIpBlocks: [${ranges[0]!.map(doubleQuoted).join(', ')}]`] : []),
  ...(notFrom.length > 0 ? [`            notRemoteIpBlocks: [${notFrom.map(doubleQuoted).join(', ')}]`] : []),
]

/** Without a rule it allows nobody. */
const policy = (rules: readonly string[]): string[] => [
  '---',
  'apiVersion: security.istio.io/v1',
  'kind: AuthorizationPolicy',
  'metadata: { name: mtls, namespace: istio-system }',
  'spec:',
  '  selector: { matchLabels: { istio: ingressgateway } }',
  '  action: ALLOW',
  ...rules,
]

function printClient(order: Prepared): Print {
  const { host, isAddress, port, localPort } = order
  const { checks, limits } = checksFor(order, ['hashes'])
  const route = [
    ...(checks === null
      ? ['direct_response: { status: 502 }']
      : ['route: { cluster: peer, host_rewrite_literal: ' + doubleQuoted(host) + ' }']),
  ]
  const lines = [
    ...listener(localPort, ['- filters:', ...indented(connectionManager(route, []), ' '.repeat(4))]),
    '  clusters:',
    '    - name: peer',
    '      type: STATIC',
    '      load_assignment:',
    '        cluster_name: peer',
    '        endpoints:',
    '          - lb_endpoints:',
    '              - endpoint:',
    `                  address: { socket_address: { address: 127.0.0.1, port_value: ${port} } }`,
    '      transport_socket:',
    '        name: envoy.transport_sockets.tls',
    '        typed_config:',
    `          "@type": ${TYPE}.transport_sockets.tls.v3.UpstreamTlsContext`,
    ...(isAddress ? [] : [`          sni: ${host}`]),
    ...indented(tlsContext(order, checks), ' '.repeat(10)),
  ]
  return {
    files: [...pemFiles(order), textFile('envoy.yaml', 'settings', lines)],
    ...{ ...RUN, ask: [`curl http://127.0.0.1:${localPort}/`] },
    limits: [...commonLimits(order, ABILITY), ...limits],
  }
}
