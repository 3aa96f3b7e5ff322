import type { FindingCode } from '../../../findings.ts'
import { KEY_ALGORITHMS, schemeOf, SIGNATURES_OF } from '../../../webcrypto/algorithms.ts'
import { sign } from '../../../webcrypto/signature.ts'
import { encodeTbsCertList, parseCertificateList } from '../../../x509/certificate-list.ts'
import type { CertificateList } from '../../../x509/certificate-list.ts'
import { ecdsaFromRaw } from '../../../x509/ecdsa-signature.ts'
import { assembleSigned } from '../../../x509/encode.ts'
import { encodeRevokedEntry } from '../../../x509/revoked-entry.ts'
import type { CrlReason } from '../../../x509/revoked-entry.ts'
import { encodeSignatureAlgorithm } from '../../../x509/signature-algorithms.ts'
import { chainOf, inDays, three } from './draw.ts'
import type { Chain, Drawn, Parts } from './draw.ts'

interface ListDrawing {
  readonly revoked?: Drawn
  readonly reasonCode?: CrlReason
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date
  /** Changes the octets once they are signed. */
  readonly tamper?: (der: Uint8Array) => Uint8Array
}

/** A revocation list signed by this authority. */
async function drawList(signer: Drawn, drawing: ListDrawing = {}): Promise<CertificateList> {
  const { revoked, reasonCode = null, thisUpdate = inDays(-1), nextUpdate = inDays(6) } = drawing
  const id = SIGNATURES_OF[KEY_ALGORITHMS[signer.algorithm].keyType][0]!
  const signature = encodeSignatureAlgorithm(id)
  const entry = revoked && {
    serialNumber: revoked.certificate.serialNumber,
    revocationDate: inDays(-2),
    reasonCode,
  }
  const tbs = encodeTbsCertList({
    signature,
    issuer: signer.certificate.subject.der,
    thisUpdate,
    nextUpdate,
    revokedCertificates: entry ? [encodeRevokedEntry(entry)] : [],
    authorityKeyIdentifier: signer.keyIdentifier,
    cRLNumber: Uint8Array.of(1),
  })
  const octets = ecdsaFromRaw(await sign(schemeOf(id), signer.privateKey, tbs))
  const der = assembleSigned(tbs, signature, octets)
  return parseCertificateList(drawing.tamper?.(der) ?? der)
}

/** A chain of three whose lists are at hand, the issuing CA's drawn so. */
const withLists =
  (list: (target: Drawn) => ListDrawing, parts: Parts = {}) =>
  async (): Promise<Chain> => {
    const [top, ca, target] = await three(parts)
    const crls = [await drawList(top), await drawList(ca, list(target))]
    return { ...chainOf([top, ca, target], { revocation: 'require' }), crls }
  }

/** A list that fails is told beside the verdict that the status is not known. */
export const REVOCATION_CHAINS: { readonly [C in FindingCode]?: () => Promise<Chain> } = {
  revoked: withLists((revoked) => ({ revoked, reasonCode: 'keyCompromise' })),
  'on-hold': withLists((revoked) => ({ revoked, reasonCode: 'certificateHold' })),
  'crl-stale': withLists(() => ({ thisUpdate: inDays(-10), nextUpdate: inDays(-3) })),
  'crl-not-yet-valid': withLists(() => ({ thisUpdate: inDays(1) })),
  'crl-signature-invalid': withLists(() => ({ tamper: (der) => der.with(der.length - 1, der.at(-1)! ^ 1) })),
  'crl-sign-missing': withLists(() => ({}), {
    ca: { extensions: { keyUsage: new Set(['keyCertSign']) } },
  }),
}
