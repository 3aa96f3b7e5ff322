import { TAG } from '../../der/reader.ts'
import type { Reader } from '../../der/reader.ts'
import { CodedError, isCodedError, offsetOf } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import type { Extension } from './values.ts'

/**
 * A certificate has about ten. Each is compared with those before it, so the limit bounds the work on a hostile one.
 */
const MAX_EXTENSIONS = 256

/** Reads the value of one extension into its typed form; the cursor is over extnValue's content. */
export type ReadValue = (extension: Extension, value: Reader) => void

/**
 * Returns the Extensions (RFC 5280 §4.1) unchanged, and calls `read` for the first of each kind. An unreadable value
 * and a repetition are findings; the octets are kept.
 */
export function parseExtensions(sequence: Reader, findings: Finding[], read: ReadValue): Extension[] {
  const extensions: Extension[] = []
  while (!sequence.atEnd) {
    if (extensions.length === MAX_EXTENSIONS)
      throw new CodedError('der-too-many', { offset: sequence.offset, limit: MAX_EXTENSIONS })
    const fields = sequence.sequence()
    const oid = fields.oid()
    const critical = parseCritical(fields, oid, findings)
    const content = fields.constructed(TAG.OCTET_STRING)
    fields.finish()
    const { offset, end } = content
    const extension = { oid, critical, value: content.bytes.subarray(offset, end), offset }
    if (isRepeated(extensions, oid)) findings.push({ code: 'extension-repeated', detail: { oid } })
    else readValue(extension, content, findings, read)
    extensions.push(extension)
  }
  return extensions
}

function parseCritical(fields: Reader, oid: string, findings: Finding[]): boolean {
  if (fields.peekTag() !== TAG.BOOLEAN) return false
  const critical = fields.boolean()
  if (!critical) findings.push({ code: 'der-default-encoded', detail: { field: `${oid} critical` } })
  return critical
}

function isRepeated(extensions: readonly Extension[], oid: string): boolean {
  for (const extension of extensions) if (extension.oid === oid) return true
  return false
}

function readValue(extension: Extension, content: Reader, findings: Finding[], read: ReadValue): void {
  try {
    read(extension, content)
  } catch (error) {
    if (!isCodedError(error)) throw error
    const { code, detail: reason } = error
    const offset = offsetOf(error) ?? extension.offset
    const detail = { oid: extension.oid, error: code, reason, offset }
    findings.push({ code: 'extension-unreadable', detail })
  }
}
