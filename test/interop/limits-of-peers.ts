import type { PeerName } from '../support/peers/peers.ts'

/** What the version of a peer at hand cannot do, with the reason. A surprise either way fails. */
export const LIMITS_OF_PEERS: readonly {
  readonly peer: PeerName
  readonly chains: RegExp
  readonly profiles: RegExp
  /** In the peer's own words. */
  readonly says: RegExp
  readonly reason: string
}[] = [
  {
    peer: 'openssl',
    chains: /ML-DSA/,
    profiles: /./,
    says: /unable to get local issuer certificate/,
    reason: 'OpenSSL 3.0 does not know ML-DSA; 3.5 does, and Node, which carries it, accepts the same chains',
  },
  {
    peer: 'certtool',
    chains: /ML-DSA/,
    profiles: /./,
    says: /The certificate is NOT trusted/,
    reason: 'GnuTLS 3.7 does not know ML-DSA; 3.8.9 was the first that could be built with it',
  },
  {
    peer: 'java',
    chains: /ML-DSA/,
    profiles: /./,
    says: /unable to find valid certification path/,
    reason: 'Java 17 does not know ML-DSA; Java 24 does (JEP 497)',
  },
  {
    peer: 'go',
    chains: /ML-DSA/,
    profiles: /./,
    says: /algorithm unimplemented/,
    reason: 'crypto/x509 of Go 1.19 does not know ML-DSA',
  },
  {
    peer: 'nss',
    chains: /ML-DSA|Ed25519/,
    profiles: /./,
    says: /Unrecognized Object Identifier|usage inadequate|type not approved/,
    reason: 'NSS 3.87 knows neither ML-DSA nor Ed25519 in certificates',
  },
  {
    peer: 'nss',
    chains: /./,
    profiles: /codeSigning/,
    says: /Certificate type not approved/,
    reason:
      'NSS takes an authority for object signing only where it says so itself, by extendedKeyUsage or Netscape type',
  },
  {
    peer: 'nss',
    chains: /./,
    profiles: /timeStamping/,
    says: /Certificate type not approved/,
    reason: 'vfychain has no usage for time stamping, and a certificate for that alone serves no other',
  },
]
