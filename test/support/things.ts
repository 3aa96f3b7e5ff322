import { SIGNATURES_OF } from '../../src/webcrypto/algorithms.ts'
import { assembleSigned } from '../../src/x509/encode.ts'
import { encodeExtensionValue } from '../../src/x509/extensions/table.ts'
import { EXTENSION_OIDS } from '../../src/x509/oids.ts'
import { encodeRequestInfo } from '../../src/x509/request.ts'
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithms.ts'
import { drawKey, endEntity, intermediate, root, signTbs } from './chain.ts'
import { drawList, drawResponse } from './revocation.ts'

// A list, a response and requests that have much in them.

export const top = await root({ subject: 'CN=Root' })
export const ca = await intermediate(top, { subject: 'CN=Intermediate' })
export const server = await endEntity(ca)
export const responder = await endEntity(ca)
export const list = await drawList(ca, {
  number: 4660,
  base: 4600,
  scope: {
    distributionPoint: {
      fullName: [{ kind: 'uniformResourceIdentifier', value: 'http://crl.test/a.crl' }],
      nameRelativeToCRLIssuer: null,
    },
    onlyContainsUserCerts: true,
    onlySomeReasons: new Set(['keyCompromise'] as const),
    indirectCRL: true,
  },
  revoked: [
    { serialNumber: Uint8Array.of(0x0a), reasonCode: 'keyCompromise' },
    {
      serialNumber: Uint8Array.of(0x00, 0x8b),
      invalidityDate: new Date('2026-01-02T03:04:05Z'),
      certificateIssuer: [{ kind: 'directoryName', name: top.certificate.subject }],
    },
  ],
})
export const response = await drawResponse(ca, server, responder, {
  status: {
    status: 'revoked',
    revocationTime: new Date('2026-02-27T00:00:00Z'),
    revocationReason: 'superseded',
  },
  more: [{ oid: '1.3.6.1.5.5.7.48.1.2', critical: false, value: Uint8Array.of(4, 2, 0xab, 0xcd) }],
})
export const key = await drawKey()

async function requestWith(tamper: boolean): Promise<Uint8Array> {
  const value = encodeExtensionValue('subjectAltName', [{ kind: 'dNSName', value: 'a.test' }])
  const extensions = [{ oid: EXTENSION_OIDS.subjectAltName, critical: true, value }]
  const subject = server.certificate.subject.der
  const fields = { subject, spki: key.spki, extensions, challengePassword: 'between us' }
  const info = encodeRequestInfo(fields)
  const signature = await signTbs(key, SIGNATURES_OF.p256[0]!, info)
  if (tamper) signature[signature.length - 1]! ^= 1
  return assembleSigned(info, encodeSignatureAlgorithm(SIGNATURES_OF.p256[0]!), signature)
}
/** One that proves possession, and one whose signature is wrong. */
export const [proved, unproved] = await Promise.all([requestWith(false), requestWith(true)])
