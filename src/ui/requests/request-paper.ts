import type { RequestDetail } from '../../border/protocol/request.ts'
import { messages } from '../../messages/messages.ts'
import { hexOf } from '../../octets.ts'
import { factBlocks, octetBlocks, type PaperDocument } from '../../paper/blocks.ts'
import { fieldLines } from '../issue/field-text.ts'

/** A request as it is carried to the CA: what is read aloud there, what it asks for, its PEM. */
export function requestPaper({
  row,
  sha256,
  fields,
  pem,
}: Pick<RequestDetail, 'row' | 'sha256' | 'fields' | 'pem'>): PaperDocument {
  const words = messages().ui.requests
  const labels = messages().ui.certificate.field
  return {
    title: words.made(row.name),
    authority: '',
    blocks: [
      { kind: 'identity', label: words.aloud.sha256, sha256: hexOf(sha256), key: row.spkiHash },
      { kind: 'heading', text: words.fields },
      ...fields.flatMap(({ field, asked }) =>
        asked === null ? [] : factBlocks(labels[field] ?? field, fieldLines(field, asked)),
      ),
      { kind: 'heading', text: words.pem },
      ...octetBlocks(pem),
      { kind: 'signatures' },
    ],
  }
}
