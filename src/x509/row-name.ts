/**
 * Returns the display name of a certificate that is known by its texts: common name, first name it is valid for, or
 * subject; null when sealed.
 */
export function callRow(row: {
  commonName: string | null
  subject: string | null
  subjectAltNames?: readonly string[]
}): string | null {
  const first = row.subjectAltNames?.[0]?.replace(/^(?:DNS|IP|email|URI):/, '')
  return row.commonName || first || row.subject
}
