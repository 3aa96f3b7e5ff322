/** For the documents that the page writes, opened elsewhere, years later: no script, nothing from outside, nowhere to send to. */
export const DOCUMENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The same as an element, to stand before everything else in the document. */
export const DOCUMENT_POLICY_META = `<meta http-equiv="Content-Security-Policy" content="${DOCUMENT_POLICY}">`
