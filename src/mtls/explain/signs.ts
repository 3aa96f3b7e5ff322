import type { Side } from '../wire/transcript.ts'
import type { Printer } from './known-text.ts'

/** A piece of text that tells which program printed what is around it, or on which side. */
interface Sign {
  readonly phrase: string
  readonly printer?: Printer
  readonly by?: Side
}

const printed = (printer: Printer, by: Side | null, ...phrases: string[]): Sign[] =>
  phrases.map((phrase) => ({ phrase, printer, ...(by && { by }) }))
const on = (by: Side, ...phrases: string[]): Sign[] => phrases.map((phrase) => ({ phrase, by }))

export const SIGNS: readonly Sign[] = [
  ...printed('curl', 'client', 'curl: ('),
  ...printed('python', null, '[ssl:', '[ssl]', '_ssl.c:', 'ssl.sslerror'),
  ...printed('openssl', null, 'verify error:num=', 'verify return code'),
  ...printed(
    'nginx',
    'server',
    'client ssl certificate verify error',
    'while reading client request headers',
  ),
  ...printed('nginx', 'server', 'while ssl handshaking, client:'),
  ...printed('nginx', null, 'ssl_do_handshake() failed'),
  ...printed('nginx', 'client', 'upstream ssl certificate verify error', 'while ssl handshaking to upstream'),
  ...printed('apache', 'server', '[ssl:error]', '[ssl:info]', 'ah02276', 'ah02040', 'ah02008'),
  ...printed('stunnel', null, 'log3[', 'log4[', 'log5[', 'log6[', 'pre-verification error'),
  ...printed('haproxy', 'server', 'ssl handshake failure (', 'ssl client certificate not trusted'),
  ...printed('go', null, 'x509:', 'tls: failed to', 'remote error: tls:', 'local error: tls:'),
  ...printed('go', 'server', 'tls handshake error from'),
  ...printed(
    'java',
    null,
    'sslhandshakeexception',
    'sslprotocolexception',
    'certpathvalidatorexception',
    'validatorexception',
    'javax.net.ssl',
  ),
  ...printed('nss', 'client', 'tstclnt:'),
  ...printed('nss', 'server', 'selfserv:'),
  ...printed('gnutls', 'server', 'error in handshake:'),
  ...printed('gnutls', null, 'gnutls', 'received alert ['),
  ...printed('rustls', null, 'invalid peer certificate', 'rustls'),
  ...printed('deno', 'client', 'invaliddata invalid peer certificate'),
  ...printed('node', null, 'deps/openssl/openssl', 'tlssocket', 'node:internal', 'node.js'),
  ...printed('postgresql', null, 'libpq', 'psql:', 'pg_hba'),
  ...printed('dotnet', null, 'system.security.authentication', 'system.net.'),
  ...printed('windows', null, 'schannel'),
  ...printed('erlang', 'client', 'tls client: in state'),
  ...printed('erlang', 'server', 'tls server: in state'),
  ...printed('erlang', null, '{tls_alert', 'ssl_handshake.erl', 'ssl_connection.erl', 'ssl_alert.erl'),
  ...printed('envoy', null, 'upstream connect error or disconnect/reset', 'tls_error:', 'tls error:'),
  ...printed('apple', null, 'nsurlerrordomain', 'kcferrordomaincfnetwork', 'boringssl_context', 'errssl'),
  ...printed('openvpn', null, 'verify error: depth', 'tls_error: bio read'),
  ...printed('wget', 'client', '--no-check-certificate'),
  ...on('client', 'transport: authentication handshake failed', 'error reading server preface'),
  ...on('client', 'unable to connect to the server:', '[adminclient', 'org.apache.kafka.clients'),
  ...on(
    'client',
    'i/o error on',
    'webclientrequestexception',
    'httprequestexception',
    'error sending request',
  ),
  ...on('client', 'connection to server at', 'httpx.', 'requests.exceptions', 'stream_socket_client'),
  ...on('server', 'rejected connection', 'for client connection', 'socketserver'),
  ...on('client', 'statem_clnt', 'server certificate:', 'ssl_connect', 'for tls server authentication'),
  ...on('client', 'parse server certificates', 'tls_process_server_certificate', 'hostname mismatch'),
  ...on('server', 'statem_srvr', 'ssl_accept', 'for tls client authentication', 'failed to verify client'),
  ...on('server', 'parse client certificates', 'tls_process_client_certificate', 'peer certificate required'),
]
