/**
 * The policy of documents that the page writes, which are opened elsewhere, years later: no script, no external
 * resources, no destination for data.
 */
export const DOCUMENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The same as an element, to precede everything else in the document. */
export const DOCUMENT_POLICY_META = `<meta http-equiv="Content-Security-Policy" content="${DOCUMENT_POLICY}">`
