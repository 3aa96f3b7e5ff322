import type { Reader } from '../../der/reader.ts'
import { oid, seq } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'
import type { Finding } from '../../findings.ts'
import { encodeGeneralName, parseGeneralName } from '../general-name.ts'
import type { GeneralName } from '../general-name.ts'

/** AccessDescription (RFC 5280 §4.2.2.1); `method` is an OID. */
export interface AccessDescription {
  readonly method: string
  readonly location: GeneralName
}

/** AuthorityInfoAccessSyntax and SubjectInfoAccessSyntax (§4.2.2.1, §4.2.2.2). */
export const parseAccessDescriptions =
  (field: string) =>
  (reader: Reader, findings: Finding[]): AccessDescription[] => {
    const sequence = reader.sequence()
    const descriptions: AccessDescription[] = []
    while (!sequence.atEnd) {
      const pair = sequence.sequence()
      const method = pair.oid()
      const location = parseGeneralName(pair, field, findings)
      pair.finish()
      descriptions.push({ method, location })
    }
    return descriptions
  }

export const encodeAccessDescriptions = (descriptions: readonly AccessDescription[]): Der =>
  seq(...descriptions.map(({ method, location }) => seq(oid(method), encodeGeneralName(location))))
