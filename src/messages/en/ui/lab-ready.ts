import type { ReadyId } from '../../../mtls/ready-ids.ts'

/** What each scenario is called in the list, and what it shows. */
export const ready: Readonly<Record<ReadyId, { readonly name: string; readonly says: string }>> = {
  connects: {
    name: 'Both sides accept each other',
    says: 'Each side sends its certificate and its issuing CA, and trusts the root.',
  },
  'connects-tls12': {
    name: 'Both sides accept each other, TLS 1.2',
    says: 'The same in TLS 1.2: certificates travel in the clear, and a refusal fails the handshake of both.',
  },
  'root-sent-along': {
    name: 'The root is sent along',
    says: 'Sending the root does no harm and does not help: it counts only where it is trusted already.',
  },
  'server-intermediate-missing': {
    name: 'The server leaves out its issuing CA',
    says: 'The client knows the root alone, so it cannot connect the server’s certificate to it.',
  },
  'client-intermediate-missing': {
    name: 'The client leaves out its issuing CA',
    says: 'In TLS 1.3 the client has already succeeded when the server refuses it.',
  },
  'client-intermediate-missing-tls12': {
    name: 'The client leaves out its issuing CA, TLS 1.2',
    says: 'In TLS 1.2 the same mistake fails the client’s own handshake.',
  },
  'wrong-order': {
    name: 'Certificates in the wrong order',
    says: 'After the first certificate the order need not be right: receivers build the path themselves.',
  },
  'no-client-certificate': {
    name: 'The client has no certificate',
    says: 'Connecting succeeds, the first read fails: in TLS 1.3 the refusal comes after the client has finished.',
  },
  'no-client-certificate-tls12': {
    name: 'The client has no certificate, TLS 1.2',
    says: 'TLS 1.2 has no alert for it: handshake_failure here does not mean the cipher suites.',
  },
  'client-certificate-optional': {
    name: 'A certificate is optional',
    says: 'Who sends none is let in without a name. Who sends a wrong one is refused.',
  },
  'asked-per-path': {
    name: 'Some paths need a certificate',
    says: 'The certificate is optional in the handshake, and the application wants one of the client CA. TLS 1.2 can ask again later, TLS 1.3 only clients that offer post-handshake authentication.',
  },
  'list-fits-nobody': {
    name: 'The server’s list of CAs fits no certificate',
    says: 'A client that follows the list, as browsers, Go and Java do, sends nothing.',
  },
  'list-names-the-root-alone': {
    name: 'The list names the root, the client has its own certificate alone',
    says: 'Nothing the client holds was issued by the root, so a client that follows the list sends nothing. With its issuing CA beside it the certificate would be found.',
  },
  'client-for-servers-only': {
    name: 'The client’s certificate is for servers only',
    says: 'Public CAs no longer issue for clientAuth: a server’s certificate is none for a client.',
  },
  'issuing-ca-for-servers-only': {
    name: 'The client’s issuing CA is for servers only',
    says: 'The purposes of a CA limit what is below it, for most programs. RFC 5280 does not say so.',
  },
  'server-expired': { name: 'The server’s certificate has expired', says: 'Yesterday.' },
  'client-expired': { name: 'The client’s certificate has expired', says: 'Yesterday.' },
  'client-not-yet-valid': {
    name: 'The client’s certificate is not valid yet',
    says: 'It begins tomorrow; there is no alert of its own for that.',
  },
  'issuing-ca-expired': {
    name: 'The client’s issuing CA has expired',
    says: 'The client’s own certificate is current, the one above it is not.',
  },
  'clock-ahead': {
    name: 'The server’s clock is two years ahead',
    says: 'Nothing is wrong with the certificates.',
  },
  'clock-behind': {
    name: 'The client’s clock is a month behind',
    says: 'A machine that starts without the time refuses everything that was issued since.',
  },
  'wrong-host': {
    name: 'The client connects to another name',
    says: 'The chain is valid; the certificate is for another host.',
  },
  'name-in-cn-alone': {
    name: 'The name is in the common name alone',
    says: 'RFC 9525 reads subjectAltName alone. Many programs still accept this certificate.',
  },
  'server-self-signed': {
    name: 'A self-signed server',
    says: 'The client has no reason to trust it.',
  },
  'client-self-signed': {
    name: 'A self-signed client',
    says: 'The server lists the CAs that it accepts, and this certificate comes from none of them.',
  },
  'client-self-signed-and-trusted': {
    name: 'A self-signed client that the server trusts',
    says: 'Its own certificate is in the server’s bundle, so its name is on the list of acceptable issuers.',
  },
  'curl-k': {
    name: 'curl -k: the client verifies nothing',
    says: 'It connects to anybody. The key is proved, but whose it is was not asked.',
  },
  'reject-unauthorized-false': {
    name: 'rejectUnauthorized: false: the server verifies nothing',
    says: 'The server asks for a certificate and takes any: it knows nothing of who connects.',
  },
  'verified-by-the-application': {
    name: 'The application verifies, not TLS',
    says: 'The handshake succeeds on both sides, and the request is answered with an error, as by nginx.',
  },
  'second-verifier': {
    name: 'A second verifier behind the proxy',
    says: 'TLS is satisfied, and the application trusts another root.',
  },
  'issuing-ca-alone-trusted': {
    name: 'The bundle holds the issuing CA alone',
    says: 'By RFC 5280 a trust anchor need not be a root. OpenSSL’s default wants the root as well.',
  },
  'exactly-one-root': {
    name: 'Exactly one root of the bundle counts',
    says: 'The bundle holds two, and a rule names the one that the chain must end at.',
  },
  'another-root-of-the-bundle': {
    name: 'The chain ends at another root of the bundle',
    says: 'It is valid, and the rule refuses it.',
  },
  'every-public-root': {
    name: 'Every public root is trusted for clients',
    says: 'The chain is valid, and that says nothing: anybody can get such a certificate. Without a rule all of them get in.',
  },
  'empty-bundle': {
    name: 'The server’s bundle is empty',
    says: 'As a truststore that Java reads as empty, because its entries are not marked as trusted.',
  },
  'wrong-group': {
    name: 'A client of another group',
    says: 'Each group has its issuing CA, and the rule names the CA of this server’s group.',
  },
  'pin-after-renewal': {
    name: 'A pin on the certificate after renewal',
    says: 'The new certificate has the same key, and another hash.',
  },
  'key-pin-after-renewal': {
    name: 'A pin on the key after renewal',
    says: 'It outlives renewals with the same key.',
  },
  'client-revoked': {
    name: 'The client is revoked',
    says: 'The server has the lists of both CAs.',
  },
  'issuing-ca-revoked': {
    name: 'The client’s issuing CA is revoked',
    says: 'The root’s list says so. A server that checks the last certificate alone does not see it.',
  },
  'list-of-the-issuing-ca-alone': {
    name: 'A list of the issuing CA alone',
    says: 'Every certificate needs a status, and there is none for the issuing CA: the root’s list is missing.',
  },
  'stapled-revoked': {
    name: 'The server staples that it is revoked',
    says: 'The OCSP response travels with the certificate.',
  },
  'signed-with-another-key': {
    name: 'The client signs with another key',
    says: 'A certificate is public; only its key proves that it is one’s own.',
  },
  'no-common-version': {
    name: 'No TLS version in common',
    says: 'The client has TLS 1.2, the server TLS 1.3 alone.',
  },
  'certificate-type-not-taken': {
    name: 'The request takes another kind of key',
    says: 'In TLS 1.2 the server names the kinds: here RSA alone, and the client has ECDSA.',
  },
  'too-deep': {
    name: 'More CAs than the server allows',
    says: 'Depth is counted in three ways by different programs; here it is the number of CAs between.',
  },
  'address-not-let-in': {
    name: 'An address outside the allowed ranges',
    says: 'Refused before a single message is sent.',
  },
  'address-forwarded': {
    name: 'An address behind a proxy',
    says: 'The client writes an allowed address into X-Forwarded-For. The proxy adds the true one, and that alone counts.',
  },
  'address-forged': {
    name: 'An address that the client chose itself',
    says: 'There is one proxy, and the server trusts two: it takes what the client wrote for the client’s address.',
  },
}
