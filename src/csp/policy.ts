/**
 * The content-security policies of everything that is written here: the page in both forms, the witness, the documents
 * that the page saves, and the header of the server. Each is made from `CLOSED`, so none can forget what no page may do.
 */
type Directives = Readonly<Record<string, string>>

const NONE = `'none'`

/** Nothing that is not named, no other base for addresses, no destination for forms. */
const CLOSED: Directives = { 'default-src': NONE, 'base-uri': NONE, 'form-action': NONE }

/** The one Trusted Types policy of our own (`trusted-types.ts`). */
export const SCRIPT_POLICY = 'rootcellar-script'

/** What a page with scripts may load and run, as the sources of each directive; `null`: nothing. */
export interface Admitted {
  readonly scripts: readonly string[]
  readonly styles: readonly string[]
  readonly images: string
  readonly workers: string | null
  readonly manifest: string | null
  readonly trustedTypes: readonly string[]
}

/** Returns the policy of a page with scripts, which are admitted by their hashes. */
export const pagePolicy = (admitted: Admitted): string =>
  policyText({
    ...CLOSED,
    'script-src': listed(admitted.scripts),
    'style-src': listed(admitted.styles),
    'img-src': admitted.images,
    ...(admitted.workers === null ? {} : { 'worker-src': admitted.workers }),
    ...(admitted.manifest === null ? {} : { 'manifest-src': admitted.manifest }),
    // Named although `default-src` covers it: a later change of that must not open the network.
    'connect-src': NONE,
    'require-trusted-types-for': `'script'`,
    'trusted-types': listed(admitted.trustedTypes),
  })

const listed = (sources: readonly string[]): string => sources.join(' ') || NONE

/**
 * The policy of documents that the page writes, which are opened elsewhere, years later: no script, no external
 * resources, no destination for data.
 */
const DOCUMENT_POLICY = policyText({ ...CLOSED, 'style-src': `'unsafe-inline'` })

/** The same as an element, to precede everything else in the document. */
export const DOCUMENT_POLICY_META = policyMeta(DOCUMENT_POLICY)

/** The header a server of the site adds, because a `<meta>` policy cannot forbid framing. */
export const FRAME_POLICY = policyText({ 'frame-ancestors': NONE })

/** A policy as an element, to precede everything that it governs. */
export function policyMeta(policy: string): string {
  return `<meta http-equiv="Content-Security-Policy" content="${policy}" />`
}

function policyText(directives: Directives): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')
}
