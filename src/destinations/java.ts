/** Java: a server and a client of the JDK alone, and what they ask of a certificate that TLS has verified. */
import { PROGRAM_NAMES } from '../mtls/programs/names.ts'
import { hexOf } from '../octets.ts'
import { conditionOf, expression } from './condition.ts'
import { curlLine } from './curl-line.ts'
import { askIn, doubleQuoted, functionsFor, indented, type Language } from './in-code.ts'
import { JAVA_CONTEXT, JAVA_FUNCTIONS, JAVA_PATH } from './java-code.ts'
import type { Prepared } from './order.ts'
import { FILES, asksFor, checksLists, commonLimits, pemFiles, presents, textFile } from './parts.ts'
import type { Destination, Print } from './printed.ts'

export const java: Destination = {
  id: 'java',
  name: PROGRAM_NAMES.java,
  sides: ['server', 'client'],
  seen: ['17.0.15'],
  logs: {
    server: { accepts: null, refuses: null },
    client: { accepts: '200', refuses: 'PKIX path validation failed' },
  },
  print: (order) => (order.side === 'server' ? printServer(order) : printClient(order)),
}

const OPERATORS = { and: '&&', or: '||', not: (part: string) => `!${part}`, yes: 'true', no: 'false' }
const LANGUAGE: Language = {
  quoted: doubleQuoted,
  // As octets: it compares names as RFC 5280 does.
  subject: ({ der }) => [hexOf(der)],
  functions: JAVA_FUNCTIONS,
}

const IMPORTS = [
  ...['java.io.*', 'java.net.*', 'java.security.*', 'java.security.cert.*', 'java.security.cert.Certificate'],
  ...['java.util.*', 'javax.net.ssl.*', 'javax.security.auth.x500.X500Principal'],
].map((name) => `import ${name};`)

const SUITES = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
]

function parameters({ isTls12, isTls13 }: Prepared): string[] {
  const versions = [...(isTls13 ? ['TLSv1.3'] : []), ...(isTls12 ? ['TLSv1.2'] : [])]
  const suites = SUITES.filter((name) => (name.includes('_WITH_') ? isTls12 : isTls13))
  return [
    `parameters.setProtocols(new String[] { ${versions.map(doubleQuoted).join(', ')} });`,
    'parameters.setCipherSuites(new String[] {',
    ...suites.map((name) => `    "${name}",`),
    '});',
  ]
}

/** The trust manager and the key manager, from the files. */
function contextCall(order: Prepared): string {
  const { side, own, intermediates } = order
  const names = FILES[side]
  const words = [
    presents(order) ? `"${side}.p12"` : 'null',
    asksFor(order) ? `"${names.anchors}"` : 'null',
    checksLists(order) ? `"${names.lists}"` : 'null',
    String(own.maxDepth === null ? -1 : intermediates),
  ]
  return `context(${words.join(', ')})`
}

const rules = (order: Prepared, called: string | null): string[] =>
  called === null
    ? []
    : [
        '',
        '    record Who(List<X509Certificate> path, InetAddress address) {}',
        '',
        '    static boolean mayConnect(Who who) throws Exception {',
        `        return ${called};`,
        '    }',
        ...indented(JAVA_PATH(FILES[order.side].anchors), '    '),
        ...indented(functionsFor(LANGUAGE, called), '    '),
      ]

/** Java has no PEM for keys: they come in a PKCS#12 file, with a password from the environment. */
function before(order: Prepared): string[] {
  const names = FILES[order.side]
  return presents(order)
    ? [
        `openssl pkcs12 -export -in ${names.chain} -inkey ${names.key} -out ${order.side}.p12 -name own -passout env:STORE_PASSWORD`,
      ]
    : []
}

/** Whatever goes wrong while it asks lets nobody in. */
const ASKING = [
  '            try {',
  '                List<X509Certificate> sent = new ArrayList<>();',
  '                try {',
  '                    for (Certificate each : ((HttpsExchange) exchange).getSSLSession().getPeerCertificates())',
  '                        sent.add((X509Certificate) each);',
  '                } catch (SSLPeerUnverifiedException none) {',
  '                    sent.clear();',
  '                }',
  '                Who who = new Who(pathOf(sent), exchange.getRemoteAddress().getAddress());',
  '                if (!mayConnect(who)) status = 403;',
  '            } catch (Exception error) {',
  '                status = 403;',
  '            }',
]

function printServer(order: Prepared): Print {
  const { server, port } = order
  const asks = asksFor(order)
  const { condition, limits } = conditionOf(
    asks ? server.lets : null,
    (test) => askIn(LANGUAGE, test),
    server.asks === 'required' ? null : '!who.path().isEmpty()',
  )
  const called = condition.kind === 'always' ? null : expression(condition, OPERATORS)
  const lines = [
    'import com.sun.net.httpserver.*;',
    ...IMPORTS,
    '',
    '// The password of server.p12 is read from the environment: STORE_PASSWORD.',
    'public class Server {',
    '    public static void main(String[] arguments) throws Exception {',
    `        SSLContext context = ${contextCall(order)};`,
    `        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", ${port}), 0);`,
    '        server.setExecutor(java.util.concurrent.Executors.newCachedThreadPool());',
    '        server.setHttpsConfigurator(new HttpsConfigurator(context) {',
    '            @Override',
    '            public void configure(HttpsParameters configured) {',
    '                SSLParameters parameters = context.getDefaultSSLParameters();',
    ...indented(parameters(order), ' '.repeat(16)),
    ...(asks
      ? [`                parameters.set${server.asks === 'optional' ? 'Want' : 'Need'}ClientAuth(true);`]
      : []),
    '                configured.setSSLParameters(parameters);',
    '            }',
    '        });',
    '        server.createContext("/", exchange -> {',
    '            int status = 200;',
    ...(called === null ? [] : ASKING),
    '            byte[] body = status == 200 ? "ok\\n".getBytes() : new byte[0];',
    '            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);',
    '            if (body.length > 0) exchange.getResponseBody().write(body);',
    '            exchange.close();',
    '        });',
    '        server.start();',
    '    }',
    ...indented(JAVA_CONTEXT, '    '),
    ...rules(order, called),
    '}',
  ]
  return {
    files: [...pemFiles(order), textFile('Server.java', 'program', lines)],
    before: before(order),
    ...{ check: ['javac -d classes Server.java'], start: ['exec java -cp classes Server'] },
    ask: [curlLine(order)],
    limits: [...commonLimits(order, {}), ...limits],
  }
}

function printClient(order: Prepared): Print {
  const { client, host, port } = order
  const { condition, limits } = conditionOf(client.lets, (test) => askIn(LANGUAGE, test))
  const called = condition.kind === 'always' ? null : expression(condition, OPERATORS)
  const lines = [
    ...IMPORTS,
    '',
    ...(presents(order)
      ? ['// The password of client.p12 is read from the environment: STORE_PASSWORD.']
      : []),
    'public class Client {',
    '    public static void main(String[] arguments) throws Exception {',
    `        SSLContext context = ${contextCall(order)};`,
    `        Socket plain = new Socket("127.0.0.1", ${port});`,
    `        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "${host}", ${port}, true);`,
    '        SSLParameters parameters = socket.getSSLParameters();',
    ...indented(parameters(order), ' '.repeat(8)),
    '        // Without this the name of the server is not compared.',
    '        parameters.setEndpointIdentificationAlgorithm("HTTPS");',
    '        socket.setSSLParameters(parameters);',
    '        try (socket) {',
    '            socket.startHandshake();',
    ...(called === null
      ? []
      : [
          '            List<X509Certificate> sent = new ArrayList<>();',
          '            for (Certificate each : socket.getSession().getPeerCertificates()) sent.add((X509Certificate) each);',
          '            if (!mayConnect(new Who(pathOf(sent), socket.getInetAddress())))',
          '                throw new SSLException("not the server that is let in");',
        ]),
    `            socket.getOutputStream().write("GET / HTTP/1.1\\r\\nHost: ${host}\\r\\nConnection: close\\r\\n\\r\\n".getBytes());`,
    '            String line = new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();',
    '            System.out.println(line == null ? "no answer" : line.split(" ")[1]);',
    '        } catch (IOException error) {',
    '            System.err.println("refused: " + error.getMessage());',
    '            System.exit(1);',
    '        }',
    '    }',
    ...indented(JAVA_CONTEXT, '    '),
    ...rules(order, called),
    '}',
  ]
  return {
    files: [...pemFiles(order), textFile('Client.java', 'program', lines)],
    before: before(order),
    ...{ check: ['javac -d classes Client.java'], start: ['java -cp classes Client'], ask: [] },
    limits: [...commonLimits(order, {}), ...limits],
  }
}
