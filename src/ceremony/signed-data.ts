/**
 * The signatures of all witnesses in one file: CMS SignedData (RFC 5652 §5) over content that is elsewhere. Without signed
 * attributes a SignerInfo signs the content's own octets, so that each signature is the one in NAME.sig.
 */
import { contextConstructed } from '../der/reader.ts'
import {
  compareOctets,
  explicit,
  integer,
  integerContent,
  octetString,
  oid,
  seq,
  setOf,
  tlv,
  type Der,
} from '../der/writer.ts'
import { ALGORITHM_OIDS, CMS_OIDS, HASH_OIDS } from '../x509/oids.ts'
import type { Attestation } from './attested.ts'

// RFC 5754 §2: parameters of SHA-256 are left out, and RFC 5758 §3.2 has none for ECDSA.
const SHA256 = seq(oid(HASH_OIDS['SHA-256']))
const ECDSA_SHA256 = seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA256']))

/** Returns the file `all.p7s`, DER. Signers are those of attested.ts; there is at least one. */
export function composeSignedData(attestations: readonly Attestation[]): Der {
  const certificates = attestations.map(({ certificate }) => certificate.der).sort(compareOctets)
  const content = seq(
    integer(1),
    setOf(SHA256),
    seq(oid(CMS_OIDS.data)),
    tlv(contextConstructed(0), ...certificates),
    setOf(...attestations.map(signerInfo)),
  )
  return seq(oid(CMS_OIDS.signedData), explicit(0, content))
}

/** SignerInfo (§5.3) of version 1: the signer is named by issuer and serial number. */
const signerInfo = ({ certificate, signature }: Attestation): Der =>
  seq(
    integer(1),
    seq(certificate.issuer.der, integerContent(certificate.serialNumber)),
    SHA256,
    ECDSA_SHA256,
    octetString(signature),
  )
