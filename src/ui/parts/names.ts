/** What to call a certificate of the vault: its common name, its subject, or the first name it is valid for; null when sealed. */
export function callRow(row: {
  commonName: string | null
  subject: string | null
  subjectAltNames?: readonly string[]
}): string | null {
  const name = [row.commonName, row.subject].find((text) => text !== null && text !== '')
  if (name !== undefined) return name
  const first = row.subjectAltNames?.[0]
  if (first !== undefined) return first.replace(/^[A-Za-z0-9]+:/, '')
  return row.subject
}
