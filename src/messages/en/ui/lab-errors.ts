import type { TextCode } from '../../../mtls/explain/codes.ts'
import type { Side } from '../../../mtls/wire/transcript.ts'
import type { ALERT } from '../../../mtls/wire/code-points.ts'
import { number } from '../format.ts'

const THE: Readonly<Record<Side, string>> = { client: 'the client', server: 'the server' }
const FITS = 'none that fits the CAs that the server lists'
const NONE = `it has none, or ${FITS}`
const other = (side: Side): Side => (side === 'client' ? 'server' : 'client')

/** What an error text that was pasted means. */
const meaning: Readonly<Record<TextCode, string>> = {
  'issuer-unknown':
    'The issuer of the other side’s certificate was not found: either the other side did not send its intermediate certificate, or the trust bundle here lacks the root.',
  'issuer-above-missing':
    'The trust bundle has the issuing CA but not the root above it, and this program accepts only a chain that ends at a root.',
  'self-signed': 'The other side presented a self-signed certificate that is not in the trust bundle here.',
  'self-signed-above':
    'The chain ends at a root that came with it but is not in the trust bundle here. Sending a root does not make it trusted.',
  expired: 'A certificate of the chain has expired: the end-entity certificate, an intermediate or the root.',
  'issuer-expired': 'The certificate of an issuer, an intermediate or the root, has expired.',
  'not-yet-valid': 'A certificate of the chain is not valid yet, or the clock here is slow.',
  'outside-validity':
    'A certificate of the chain has expired or is not valid yet. This text does not say which; compare its dates with the clock here.',
  'name-mismatch': 'The certificate is for other names than the one that the client asked for.',
  'common-name-only':
    'The certificate has its name in the common name only. This program reads subjectAltName and nothing else.',
  purpose:
    'The certificate, or the CA that issued it, is not allowed for this purpose: a client needs clientAuth in extendedKeyUsage, a server serverAuth.',
  'key-usage': 'The keyUsage of a certificate does not allow what it is used for here.',
  'not-a-ca':
    'An issuer in the chain may not issue certificates: basicConstraints does not say CA, or keyUsage lacks keyCertSign.',
  'path-length': 'There are more CAs below one of the CAs than its path length allows.',
  'name-constraints': 'A CA of the chain may not issue certificates for this name.',
  'critical-extension': 'A certificate has a critical extension that this program does not know.',
  revoked: 'A certificate of the chain is revoked.',
  'crl-expired': 'The certificate revocation list (CRL) here is out of date. Get the current one.',
  'crl-missing':
    'The certificate revocation list (CRL) of some CA is missing here. If the whole chain is checked, each CA needs one, the root too.',
  'status-unknown':
    'Whether the certificate is revoked could not be found out: a list is missing or out of date.',
  'key-weak': 'The key of the certificate is too short for the security level of this program.',
  'hash-weak': 'A certificate is signed with SHA-1 or MD5, which this program no longer accepts.',
  'certificate-signature':
    'The signature of a certificate is wrong: it was not made by the CA it names, or it was changed.',
  'handshake-signature':
    'The signature over the handshake is wrong: the other side does not have the key of the first certificate that it sent. The wrong certificate may be first.',
  'some-signature':
    'A signature is wrong: over the handshake, or on a certificate of the chain. This text does not say which.',
  'leaf-not-first':
    'The first certificate that was sent is a CA’s. The end-entity certificate must come first.',
  'chain-too-long': 'The chain has more certificates than the limit of this program.',
  'empty-subject': 'The subject is empty, and subjectAltName is not marked critical.',
  unreadable: 'What was sent as a certificate cannot be parsed.',
  'no-certificate': `The server requires a client certificate, and the client sent none: ${NONE}.`,
  'key-type': 'The kind of key in the certificate is not supported here.',
  'certificate-refused': 'The certificate was refused. This text does not say why.',
  'handshake-failed': 'The handshake failed. This text alone does not say why.',
  alert: 'The other side ended the connection with an alert.',
  'alert-sent': 'This side ended the connection with an alert.',
  'bad-record-mac':
    'An alert came unencrypted where TLS 1.3 expects an encrypted record. OpenSSL clients do this when they refuse the server’s certificate: look at what the client says.',
  reset:
    'The connection was reset. In TLS 1.3 this is often a refused client certificate: the alert is lost if the client has already written.',
  closed: 'The connection was closed without an alert. Some programs do this when they refuse a certificate.',
  'http-no-certificate': `The server completed the handshake and refused the request, because the client sent no certificate: ${NONE}.`,
  'http-certificate':
    'The server completed the handshake and refused the request, because the client’s certificate is not valid. Its log has the reason.',
  'http-plain': 'One side speaks plain HTTP, the other TLS. Check the port and the scheme of the address.',
  'verify-failed':
    'The other side’s certificate is not accepted: its issuer is not trusted here, or it has expired, or it is for another name or purpose. This text does not say which.',
  'trust-store-empty':
    'No trusted certificate was read. A PKCS#12 file for Java needs certificates that are marked as trusted: make it with keytool, or with openssl pkcs12 -jdktrust.',
  'not-tls': 'What arrived is not TLS. The port may be one for plain text, or a proxy may be in between.',
  'protocol-version': 'The two sides have no TLS version or cipher suite in common.',
  'no-common-algorithm':
    'The two sides have no signature algorithm or cipher suite in common that fits the key of the certificate.',
  'user-name-missing':
    'The client certificate is valid but has no common name, from which the server takes the user.',
  'user-name-differs': 'The client certificate is valid but names another user than the one who signs in.',
  'key-mismatch': 'The private key does not belong to the certificate that is configured with it.',
  'own-certificate-unreadable':
    'The certificate file configured here could not be read: check its path and its format.',
  'own-key-unusable':
    'The private key configured here could not be used: check its password, its format and who may read it.',
  'client-certificate-refused': `The server refused the client’s certificate, or got none. If nobody was asked to choose one, the client has ${FITS}.`,
  'certificate-wanted': `The server requires a client certificate, and none was sent: the client has none, or ${FITS}.`,
  'none-fits':
    'The client was asked for a certificate and has none that fits: no CA that the server lists has issued one, or the server does not take its kind of key. It goes on without.',
  'asked-later':
    'The server asks for a certificate only once it knows which path is wanted. In TLS 1.3 the client must offer post-handshake authentication for that, which browsers and most libraries do not; in TLS 1.2 it is a renegotiation, which many refuse. Ask on the whole host, or give these paths a host of their own.',
  'list-cut':
    'The server trusts so many CAs that Windows sends only some of their names. A client whose CA is not among them sends no certificate. Give the server a store of the CAs for clients alone.',
  'host-differs':
    'The server does not serve this host, or the request names another host than the handshake did (SNI).',
  'anchor-not-for-this':
    'A certificate of the trust bundle here is not trusted for this purpose: look at its extended key usage, and at how it was marked as trusted.',
  'rule-not-met':
    'The certificate is not one of those that are let in: its key is not the pinned one, or its name is not listed. After a renewal with a new key a pin has to be changed too.',
  'own-files': 'The certificate or the private key configured here could not be used.',
  'own-file-legacy':
    'The file with the key is encrypted in an old way (RC2 or triple DES) that OpenSSL 3 does not open by itself. Export it again with AES, or convert it with openssl pkcs12 -legacy.',
}

/** What the alerts say that come with certificates. */
const alert: { readonly [A in keyof typeof ALERT]?: string } = {
  handshakeFailure:
    'No parameters in common; in TLS 1.2 often: the server requires a client certificate, and none was sent.',
  badCertificate:
    'The certificate was refused as bad. Some programs send this for any reason, and some because no certificate came.',
  unsupportedCertificate:
    'The certificate is of a kind that is not accepted, most often for another purpose.',
  certificateRevoked: 'A certificate of the chain is revoked.',
  certificateExpired: 'A certificate of the chain, or a revocation list, has expired.',
  certificateUnknown:
    'The certificate was refused for some other reason. Java sends this for nearly every one.',
  illegalParameter:
    'Something in the handshake does not fit; BoringSSL sends this for a keyUsage that does not allow signatures.',
  unknownCa:
    'The issuer is unknown or not trusted: an intermediate was not sent, or the root is not in the bundle of the side that sent this.',
  accessDenied: 'Access is denied. GnuTLS sends this for every certificate that it does not accept.',
  decodeError: 'What was sent cannot be parsed. GnuTLS sends this in TLS 1.2 if no certificate came.',
  decryptError: 'A signature is wrong: over the handshake or on a certificate.',
  protocolVersion: 'The TLS version is not supported.',
  insufficientSecurity: 'The parameters offered are too weak.',
  internalError:
    'The other side failed by itself. Apache sends this if the chain is longer than SSLVerifyDepth.',
  unrecognizedName: 'The server has no host of the name that the client asked for.',
  certificateRequired: `The server requires a client certificate, and the client sent none: ${NONE}.`,
  noApplicationProtocol: 'The two sides have no application protocol (ALPN) in common.',
}

export const labErrors = {
  meaning,
  alert,
  nothing: 'Nothing in this text is known here. Paste the whole message, with the lines around it.',
  cut: (limit: number): string => `Only the first ${number(limit)} characters were read.`,
  printedBy: (side: Side): string => `Printed on the side of ${THE[side]}.`,
  said: {
    judge: 'This side refused the other.',
    refused: 'This side was refused by the other.',
    either: 'Either side may have caused it.',
    own: 'This side could not begin.',
  },
  /** `by`: the side that printed the text, if it is known. */
  look: (where: 'own' | 'other' | 'both', by: Side | null): string => {
    if (where === 'both') return 'Look at both sides.'
    if (by !== null) return `Look at ${THE[where === 'own' ? by : other(by)]}.`
    return where === 'own' ? 'Look at the side that printed this.' : 'Look at the other side.'
  },
  notMeasured: 'Known from documents and reports; not tested here.',
}
