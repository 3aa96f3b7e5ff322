import { parseCertificateList } from '../../x509/certificate-list.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { PrivateKey } from '../private-key.ts'
import type { PileBuilder } from './builder.ts'
import type { Source } from './items.ts'

/** Parses a certificate into the pile, and returns it; throws CodedErrors. */
export function addCertificate(
  der: Uint8Array,
  friendlyName: string | null,
  source: Source,
  pile: PileBuilder,
): Certificate {
  const certificate = parseCertificate(der)
  pile.item({ kind: 'certificate', certificate, friendlyName, source })
  return certificate
}

/** Parses a CRL into the pile. */
export function addList(der: Uint8Array, source: Source, pile: PileBuilder): void {
  pile.status('crl', source, () => pile.item({ kind: 'crl', crl: parseCertificateList(der), source }))
}

/** The private half is dropped unless the caller asked for keys. */
export function addKey(
  { keyType, spki, pkcs8 }: PrivateKey,
  friendlyName: string | null,
  source: Source,
  pile: PileBuilder,
): void {
  const kept = pile.options.privateKeys === 'keep' ? pkcs8 : null
  pile.item({ kind: 'privateKey', keyType, spki, pkcs8: kept, friendlyName, source })
}

/** The place of the content of a container. */
export const inside = (source: Source, container: string): Source => ({
  ...source,
  within: [...source.within, container],
})
