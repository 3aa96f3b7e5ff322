import type { CertificateDetail, CertificateRow } from '../../border/views.ts'
import { messages } from '../../messages/messages.ts'
import {
  certificateIdentity,
  factBlocks,
  octetBlocks,
  type Block,
  type PaperDocument,
} from '../../paper/blocks.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { encodePem } from '../../x509/pem.ts'
import { callRow } from '../../x509/row-name.ts'
import { certificateFields } from './certificate-fields.ts'

/** A certificate as people sign for it: its hash and seal first, then all of its fields, its chain and its PEM. */
export function certificatePaper(
  { row, der, chainRows }: Pick<CertificateDetail, 'row' | 'der' | 'chainRows'>,
  parsed: Certificate,
): PaperDocument {
  const words = messages().ui.certificate
  return {
    title: callRow(row) ?? messages().ui.parts.noName,
    authority: chainRows[1] ? (callRow(chainRows[1]) ?? '') : '',
    blocks: [
      certificateIdentity(row),
      { kind: 'heading', text: words.fields },
      ...certificateFields(parsed).flatMap(({ label, critical, values, mono }) =>
        factBlocks(critical ? `${label} (${words.critical})` : label, values, mono),
      ),
      ...chainBlocks(chainRows),
      { kind: 'heading', text: words.pem },
      ...octetBlocks(encodePem('CERTIFICATE', der)),
      { kind: 'signatures' },
    ],
  }
}

/** Those above it, nearest first, each with what it is compared by. */
function chainBlocks([, ...above]: readonly CertificateRow[]): Block[] {
  if (above.length === 0) return []
  return [
    { kind: 'heading', text: messages().ui.certificate.chain },
    ...above.flatMap((row): Block[] => [
      { kind: 'text', text: callRow(row) ?? messages().ui.parts.noName },
      certificateIdentity(row),
    ]),
  ]
}
