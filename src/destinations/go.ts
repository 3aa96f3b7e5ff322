/** Go: a server and a client of net/http, and what they ask of a certificate that TLS has verified. */
import { PROGRAM_NAMES } from '../mtls/programs/names.ts'
import type { Name } from '../x509/name.ts'
import { conditionOf, expression } from './condition.ts'
import { curlLine } from './curl-line.ts'
import { GO_FUNCTIONS, GO_LISTS } from './go-code.ts'
import { askIn, doubleQuoted, functionsFor, indented, type Language } from './in-code.ts'
import type { Prepared } from './order.ts'
import { FILES, asksFor, checksLists, commonLimits, pemFiles, presents, textFile } from './parts.ts'
import type { Destination, Print, SettingsFile } from './printed.ts'

export const go: Destination = {
  id: 'go',
  name: PROGRAM_NAMES.go,
  sides: ['server', 'client'],
  seen: ['1.19.8'],
  logs: {
    server: { accepts: null, refuses: 'x509: certificate has expired or is not yet valid' },
    client: { accepts: '200', refuses: 'x509: certificate has expired or is not yet valid' },
  },
  print: (order) => (order.side === 'server' ? printServer(order) : printClient(order)),
}

const OPERATORS = { and: '&&', or: '||', not: (part: string) => `!${part}`, yes: 'true', no: 'false' }

/** Type and value of each attribute, in order. */
function subjectLines({ rdns }: Name): readonly string[] | null {
  const isPlain = rdns.every(([one, ...more]) => one && one.text !== null && more.length === 0)
  return isPlain ? rdns.map(([one]) => `${one!.oid}=${one!.text!}`) : null
}

const LANGUAGE: Language = { quoted: doubleQuoted, subject: subjectLines, functions: GO_FUNCTIONS }

const MODULE: SettingsFile = textFile('go.mod', 'module', ['module mtls', '', 'go 1.19'])

/** Packages, each where its name is used. */
function imports(body: readonly string[]): string[] {
  const text = body.join('\n')
  const all = [
    ...[
      'crypto/sha256',
      'crypto/tls',
      'crypto/x509',
      'encoding/asn1',
      'encoding/hex',
      'encoding/pem',
      'errors',
      'fmt',
    ],
    ...['log', 'net', 'net/http', 'net/netip', 'os', 'strings', 'time'],
  ]
  const used = all.filter((path) => new RegExp(`\\b${path.split('/').at(-1)!}\\.`).test(text))
  return ['import (', ...used.map((path) => `\t"${path}"`), ')']
}

const file = (name: string, body: readonly string[]): SettingsFile =>
  textFile(name, 'program', ['package main', '', ...imports(body), '', ...body])

function configuration(order: Prepared, isServer: boolean): string[] {
  const { side, isTls12, isTls13, server, host } = order
  const names = FILES[side]
  const asks = asksFor(order)
  const mode = server.asks === 'optional' ? 'VerifyClientCertIfGiven' : 'RequireAndVerifyClientCert'
  return [
    ...(presents(order)
      ? [
          `own, err := tls.LoadX509KeyPair("${names.chain}", "${names.key}")`,
          'if err != nil {',
          '\tlog.Fatal(err)',
          '}',
        ]
      : []),
    ...(asks ? [`trusted := readCAs("${names.anchors}")`] : []),
    ...(checksLists(order) ? [`lists := readLists("${names.lists}")`] : []),
    'config := &tls.Config{',
    ...(presents(order) ? ['\tCertificates: []tls.Certificate{own},'] : []),
    ...(asks && isServer ? ['\tClientCAs: trusted,', `\tClientAuth: tls.${mode},`] : []),
    ...(isServer ? [] : ['\tRootCAs: trusted,', `\tServerName: "${host}",`]),
    `\tMinVersion: tls.VersionTLS1${isTls12 ? 2 : 3},`,
    ...(isTls13 ? [] : ['\tMaxVersion: tls.VersionTLS12,']),
    // Without CBC; those of TLS 1.3 are not for choice.
    ...(isTls12 ? SUITES : []),
    '}',
    ...(checksLists(order)
      ? [
          '// Also for a session that is resumed.',
          'config.VerifyConnection = func(state tls.ConnectionState) error {',
          '\treturn checkLists(lists, state.VerifiedChains)',
          '}',
        ]
      : []),
  ]
}

const SUITES = [
  '\tCipherSuites: []uint16{',
  ...[
    'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
    'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  ].map((name) => `\t\ttls.${name},`),
  '\t},',
]

const READ_CAS = [
  'func readCAs(name string) *x509.CertPool {',
  '\ttext, err := os.ReadFile(name)',
  '\tif err != nil {',
  '\t\tlog.Fatal(err)',
  '\t}',
  '\tpool := x509.NewCertPool()',
  '\tif !pool.AppendCertsFromPEM(text) {',
  '\t\tlog.Fatal("no certificate in " + name)',
  '\t}',
  '\treturn pool',
  '}',
]

const WHO = [
  '// connecting is who has connected: the paths that TLS has verified, own certificate first.',
  'type connecting struct {',
  '\tpaths   [][]*x509.Certificate',
  '\taddress string',
  '}',
]

const common = (order: Prepared, called: string | null): string[] => [
  ...(asksFor(order) ? ['', ...READ_CAS] : []),
  ...(checksLists(order) ? ['', ...GO_LISTS] : []),
  ...(called === null
    ? []
    : [
        '',
        ...WHO,
        ...functionsFor(LANGUAGE, called),
        '',
        'func mayConnect(who connecting) bool {',
        `\treturn ${called}`,
        '}',
      ]),
]

function printServer(order: Prepared): Print {
  const { server, port } = order
  const { condition, limits } = conditionOf(
    asksFor(order) ? server.lets : null,
    (test) => askIn(LANGUAGE, test),
    server.asks === 'required' ? null : 'len(who.paths) > 0',
  )
  const called = condition.kind === 'always' ? null : expression(condition, OPERATORS)
  const body = [
    'func main() {',
    ...indented(configuration(order, true), '\t'),
    `\tserver := &http.Server{Addr: "127.0.0.1:${port}", TLSConfig: config, ReadHeaderTimeout: 30 * time.Second}`,
    '\tserver.Handler = http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {',
    ...(called === null
      ? []
      : [
          '\t\twho := connecting{request.TLS.VerifiedChains, request.RemoteAddr}',
          '\t\tif !mayConnect(who) {',
          '\t\t\tanswer.WriteHeader(http.StatusForbidden)',
          '\t\t\treturn',
          '\t\t}',
        ]),
    '\t\t_, _ = answer.Write([]byte("ok\\n"))',
    '\t})',
    '\tlog.Fatal(server.ListenAndServeTLS("", ""))',
    '}',
    ...common(order, called),
  ]
  return {
    files: [...pemFiles(order), file('server.go', body), MODULE],
    ...{ before: [], check: ['go vet .'], start: ['go build -o mtls-server . && exec ./mtls-server'] },
    ask: [curlLine(order)],
    limits: [...commonLimits(order, { depth: 'none' }), ...limits],
  }
}

function printClient(order: Prepared): Print {
  const { client, host, port } = order
  const { condition, limits } = conditionOf(client.lets, (test) => askIn(LANGUAGE, test))
  const called = condition.kind === 'always' ? null : expression(condition, OPERATORS)
  const body = [
    'func main() {',
    ...indented(configuration(order, false), '\t'),
    `\tconnection, err := tls.Dial("tcp", "127.0.0.1:${port}", config)`,
    '\tif err != nil {',
    '\t\tlog.Fatal("refused: ", err)',
    '\t}',
    ...(called === null
      ? []
      : [
          '\twho := connecting{connection.ConnectionState().VerifiedChains, connection.RemoteAddr().String()}',
          '\tif !mayConnect(who) {',
          '\t\tlog.Fatal("refused: not the server that is let in")',
          '\t}',
        ]),
    `\tfmt.Fprint(connection, "GET / HTTP/1.1\\r\\nHost: ${host}\\r\\nConnection: close\\r\\n\\r\\n")`,
    '\tanswer := make([]byte, 64)',
    '\tcount, err := connection.Read(answer)',
    '\tif err != nil {',
    '\t\tlog.Fatal("refused: ", err)',
    '\t}',
    '\twords := strings.Fields(string(answer[:count]))',
    '\tif len(words) > 1 {',
    '\t\tfmt.Println(words[1])',
    '\t}',
    '}',
    ...common(order, called),
  ]
  return {
    files: [...pemFiles(order), file('client.go', body), MODULE],
    ...{ before: [], check: ['go vet .'], start: ['go run .'], ask: [] },
    limits: [...commonLimits(order, { depth: 'none' }), ...limits],
  }
}
