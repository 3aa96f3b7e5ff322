import type { Reader } from '../../der/reader.ts'
import { TAG } from '../../der/reader.ts'
import { integer, oid as encodeOid, seq, tlv } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'
import { CodedError } from '../../errors.ts'
import { readString } from '../string-types.ts'

/** szOID_CERTIFICATE_TEMPLATE, 1.3.6.1.4.1.311.21.7 ([MS-WCCE] 2.2.2.7.7.2). */
export interface MicrosoftTemplate {
  readonly oid: string
  readonly major: number | null
  readonly minor: number | null
}

export function parseMicrosoftTemplate(reader: Reader): MicrosoftTemplate {
  const fields = reader.sequence()
  const oid = fields.oid()
  const major = fields.atEnd ? null : fields.smallInteger()
  const minor = fields.atEnd ? null : fields.smallInteger()
  fields.finish()
  return { oid, major, minor }
}

export function encodeMicrosoftTemplate({ oid, major, minor }: MicrosoftTemplate): Der {
  const versions = [major, minor].filter((version) => version !== null)
  return seq(encodeOid(oid), ...versions.map((version) => integer(version)))
}

/** szOID_ENROLL_CERTTYPE_EXTENSION, 1.3.6.1.4.1.311.20.2: the template's name as a BMPString. */
export function parseMicrosoftTemplateName(reader: Reader): string {
  const offset = reader.offset
  const text = readString(TAG.BMP_STRING, reader.content(TAG.BMP_STRING))
  if (text === null) throw new CodedError('der-string-invalid', { offset, type: 'BMPString' })
  return text
}

export function encodeMicrosoftTemplateName(name: string): Der {
  const octets = new Uint8Array(name.length * 2)
  for (let i = 0; i < name.length; i++) {
    octets[2 * i] = name.charCodeAt(i) >> 8
    octets[2 * i + 1] = name.charCodeAt(i) & 0xff
  }
  return tlv(TAG.BMP_STRING, octets)
}
