/** Python's own ssl: a server for trying and a client, and what they ask of a certificate. */
import { PROGRAM_NAMES } from '../mtls/programs/names.ts'
import { ATTRIBUTE_OIDS as A } from '../x509/oids.ts'
import { nameToText, type Name } from '../x509/name.ts'
import { askIssuer } from './ask.ts'
import { conditionOf, expression, type Asked } from './condition.ts'
import { curlLine } from './curl-line.ts'
import { askIn, doubleQuoted, functionsFor, type Language } from './in-code.ts'
import type { Prepared } from './order.ts'
import {
  FILES,
  STRONG_SUITES,
  asksFor,
  checksLists,
  commonLimits,
  pemFiles,
  presents,
  rootAsked,
  textFile,
} from './parts.ts'
import type { Destination, Print } from './printed.ts'
import type { Test } from '../mtls/rules/rule.ts'

export const python: Destination = {
  id: 'python',
  name: PROGRAM_NAMES.python,
  sides: ['server', 'client'],
  seen: ['3.11'],
  logs: {
    server: {
      accepts: '"GET / HTTP/1.1" 200',
      refuses: 'certificate verify failed: certificate has expired',
    },
    client: { accepts: '200', refuses: 'certificate verify failed: certificate has expired' },
  },
  print: (order) => (order.side === 'server' ? printServer(order) : printClient(order)),
}

const ABILITY = { anchors: 'roots-alone', depth: 'none' } as const
const OPERATORS = { and: 'and', or: 'or', not: (part: string) => `not ${part}`, yes: 'True', no: 'False' }

/** Its names of the types. */
const LONG_NAMES: Readonly<Record<string, string>> = {
  [A.C]: 'countryName',
  [A.ST]: 'stateOrProvinceName',
  [A.L]: 'localityName',
  [A.O]: 'organizationName',
  [A.OU]: 'organizationalUnitName',
  [A.CN]: 'commonName',
  [A.DC]: 'domainComponent',
  [A.UID]: 'userId',
  [A.emailAddress]: 'emailAddress',
  [A.serialNumber]: 'serialNumber',
}

/** A line for each attribute; sets of several are not told apart, and so not asked for. */
function subjectLines({ rdns }: Name): readonly string[] | null {
  const lines = rdns.map(([one, ...more]) =>
    one && more.length === 0 && one.text !== null && one.oid in LONG_NAMES
      ? `${LONG_NAMES[one.oid]!}=${one.text}`
      : null,
  )
  return lines.every((line) => line !== null) ? lines : null
}

const LANGUAGE: Language = {
  quoted: doubleQuoted,
  subject: subjectLines,
  functions: {
    isCertificate: [
      'def isCertificate(who, *hashes):',
      '    return hashlib.sha256(who["der"]).hexdigest() in hashes',
    ],
    isSubject: [
      'def isSubject(who, *lines):',
      '    return lines_of(who["certificate"].get("subject", ())) == [line.casefold() for line in lines]',
    ],
    hasHost: [
      'def hasHost(who, host):',
      '    return host in [name.lower() for name in names_of(who, "DNS")]',
    ],
    hasMailbox: ['def hasMailbox(who, mailbox):', '    return mailbox in names_of(who, "email")'],
    hasUri: ['def hasUri(who, uri):', '    return uri in names_of(who, "URI")'],
    hasIp: [
      'def hasIp(who, address):',
      '    addresses = [ipaddress.ip_address(name.strip()) for name in names_of(who, "IP Address")]',
      '    return ipaddress.ip_address(address) in addresses',
    ],
    isWithin: [
      'def isWithin(who, domain):',
      '    hosts = [name.lower().removeprefix("*.") for name in names_of(who, "DNS")]',
      '    return any(host == domain or host.endswith("." + domain) for host in hosts)',
    ],
    isSpiffe: [
      '# An SVID has one URI alone; a trust domain stands for all of its IDs.',
      'def isSpiffe(who, id):',
      '    uris = names_of(who, "URI")',
      '    is_domain = id.count("/") == 2',
      '    return len(uris) == 1 and (uris[0] == id or (is_domain and uris[0].startswith(id + "/")))',
    ],
    isSerial: [
      'def isSerial(who, *numbers):',
      '    return who["certificate"].get("serialNumber") in numbers',
    ],
    hasCommonName: [
      'def hasCommonName(who, name):',
      '    return "commonname=" + name.casefold() in lines_of(who["certificate"].get("subject", ()))',
    ],
    isFrom: [
      'def isFrom(who, *ranges):',
      '    address = ipaddress.ip_address(who["address"])',
      '    return any(address in ipaddress.ip_network(each) for each in ranges)',
    ],
  },
}

const READING = [
  '',
  'def lines_of(name):',
  '    return [f"{kind}={value}".casefold() for part in name for kind, value in part]',
  '',
  'def names_of(who, wanted):',
  '    names = who["certificate"].get("subjectAltName", ())',
  '    return [value for kind, value in names if kind == wanted]',
]

const ISSUER = [
  '',
  'def isIssuedBy(who, *lines):',
  '    return lines_of(who["certificate"].get("issuer", ())) == [line.casefold() for line in lines]',
]

/** It does not show the path: a CA is asked for by the name of the one that issued the certificate. */
function asked(order: Prepared, test: Test): Asked<string> {
  if (test.kind === 'root') return rootAsked(order, test.sha256)
  if (test.kind !== 'issuer') return askIn(LANGUAGE, test)
  return askIssuer(order, test.sha256, (name) => {
    const call = askIn(LANGUAGE, { kind: 'subject', name: nameToText(name) })
    return 'part' in call ? { part: call.part.replace('isSubject(', 'isIssuedBy(') } : call
  })
}

function contextLines(order: Prepared): string[] {
  const { side, isTls12, isTls13 } = order
  const names = FILES[side]
  return [
    `context = ssl.SSLContext(ssl.PROTOCOL_TLS_${side.toUpperCase()})`,
    `context.minimum_version = ssl.TLSVersion.TLSv1_${isTls12 ? 2 : 3}`,
    ...(isTls13 ? [] : ['context.maximum_version = ssl.TLSVersion.TLSv1_2']),
    ...(isTls12 ? [`context.set_ciphers("${STRONG_SUITES}")`] : []),
    ...(presents(order) ? [`context.load_cert_chain("${names.chain}", "${names.key}")`] : []),
    ...(asksFor(order) ? [`context.load_verify_locations("${names.anchors}")`] : []),
    ...(checksLists(order) ? ['context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN'] : []),
  ]
}

function ruleLines(called: string | null): string[] {
  if (called === null) return []
  const functions = functionsFor(LANGUAGE, called)
  return [
    ...READING,
    ...(called.includes('isIssuedBy(') ? ISSUER : []),
    ...functions,
    '',
    'def may_connect(who):',
    `    return ${called}`,
  ]
}

function printServer(order: Prepared): Print {
  const { server, port } = order
  const { condition, limits } = conditionOf(
    asksFor(order) ? server.lets : null,
    (test) => asked(order, test),
    server.asks === 'required' ? null : 'bool(who["certificate"])',
  )
  const called = condition.kind === 'always' ? null : expression(condition, OPERATORS)
  const mode = { required: 'REQUIRED', optional: 'OPTIONAL', no: 'NONE' }[server.asks]
  const lines = [
    ...['import hashlib', 'import http.server', 'import ipaddress', 'import ssl', 'import sys', ''],
    ...contextLines(order),
    `context.verify_mode = ssl.CERT_${mode}`,
    'context.num_tickets = 0',
    ...ruleLines(called),
    '',
    'class Handler(http.server.BaseHTTPRequestHandler):',
    '    protocol_version = "HTTP/1.1"',
    '',
    '    def do_GET(self):',
    ...(called === null
      ? ['        status = 200']
      : [
          '        who = {',
          '            "certificate": self.connection.getpeercert() or {},',
          '            "der": self.connection.getpeercert(True) or b"",',
          '            "address": self.client_address[0],',
          '        }',
          '        status = 200 if may_connect(who) else 403',
        ]),
    '        body = b"ok\\n" if status == 200 else b""',
    '        self.send_response_only(status)',
    '        self.send_header("Content-Length", str(len(body)))',
    '        self.end_headers()',
    '        self.wfile.write(body)',
    '        self.log_request(status)',
    '',
    'class Server(http.server.ThreadingHTTPServer):',
    '    # The handshake is in the thread of its connection, so that nobody waits for a slow client.',
    '    def finish_request(self, request, client_address):',
    '        request.settimeout(30)',
    '        with context.wrap_socket(request, server_side=True) as connection:',
    '            self.RequestHandlerClass(connection, client_address, self)',
    '',
    '    def handle_error(self, request, client_address):',
    '        print("refused:", sys.exc_info()[1], file=sys.stderr)',
    '',
    `Server(("127.0.0.1", ${port}), Handler).serve_forever()`,
  ]
  return {
    files: [...pemFiles(order, 'lists-with-anchors'), textFile('server.py', 'program', lines)],
    ...{ before: [], check: ['python3 -m py_compile server.py'], start: ['exec python3 -u server.py'] },
    ask: [curlLine(order)],
    limits: [...commonLimits(order, ABILITY), ...limits],
  }
}

function printClient(order: Prepared): Print {
  const { client, host, port } = order
  const { condition, limits } = conditionOf(client.lets, (test) => asked(order, test))
  const called = condition.kind === 'always' ? null : expression(condition, OPERATORS)
  const lines = [
    ...['import hashlib', 'import ipaddress', 'import socket', 'import ssl', 'import sys', ''],
    ...contextLines(order),
    ...ruleLines(called),
    '',
    'try:',
    `    plain = socket.create_connection(("127.0.0.1", ${port}), timeout=30)`,
    `    with context.wrap_socket(plain, server_hostname="${host}") as connection:`,
    ...(called === null
      ? []
      : [
          '        who = {',
          '            "certificate": connection.getpeercert() or {},',
          '            "der": connection.getpeercert(True) or b"",',
          '            "address": connection.getpeername()[0],',
          '        }',
          '        if not may_connect(who):',
          '            sys.exit("refused: not the server that is let in")',
        ]),
    `        connection.sendall(b"GET / HTTP/1.1\\r\\nHost: ${host}\\r\\nConnection: close\\r\\n\\r\\n")`,
    '        answer = connection.recv(64).split(b" ")',
    '        print(answer[1].decode("ascii", "replace") if len(answer) > 1 else "no answer")',
    'except OSError as error:',
    '    sys.exit(f"refused: {error}")',
  ]
  return {
    files: [...pemFiles(order, 'lists-with-anchors'), textFile('client.py', 'program', lines)],
    ...{ before: [], check: ['python3 -m py_compile client.py'], start: ['python3 client.py'], ask: [] },
    limits: [...commonLimits(order, ABILITY), ...limits],
  }
}
