import type { Place, Rule, Test } from '../../../mtls/rules/rule.ts'
import { safeLine } from '../../safe-text.ts'
import { either, number } from '../format.ts'

/** The name of a certificate of the lab, or of one with this key, by its SHA-256; null if it is not here. */
export type Called = (sha256: string) => string | null

const SHOWN = 4
const LONGEST = 120
const plain = (text: string): string => safeLine(text, LONGEST)

const placed: Readonly<Record<Place, string>> = {
  network: 'on the network, before the handshake',
  tls: 'in the TLS stack',
  application: 'in the application',
  proxy: 'at a proxy',
}

const USERS = { RFC822: 'e-mail address', UPN: 'user principal name', CN: 'common name' } as const

const several = (parts: readonly string[]): string =>
  either(
    parts.length <= SHOWN + 1
      ? parts
      : [...parts.slice(0, SHOWN), `one of ${number(parts.length - SHOWN)} more`],
  )

/** Whom one question lets in, to follow “only”. */
function ofTest(test: Test, called: Called): string {
  const named = (sha256: string): string => plain(called(sha256) ?? `SHA-256 ${sha256.slice(0, 16)}…`)
  switch (test.kind) {
    case 'root':
      return `chains that end at ${named(test.sha256)}`
    case 'issuer':
      return `certificates issued by ${named(test.sha256)}`
    case 'subject':
      return `the subject ${plain(test.name)}`
    case 'san':
      return test.match === 'exact' ? `the name ${plain(test.value)}` : `names within ${plain(test.value)}`
    case 'spiffe':
      return test.id.includes('://')
        ? `the SPIFFE ID ${plain(test.id)}`
        : `the SPIFFE trust domain ${plain(test.id)}`
    case 'serial':
      return `the serial number ${several(test.numbers.map(plain))}`
    case 'certificate':
      return `the certificate ${several(test.sha256.map(named))}`
    case 'key':
      return `the public key of ${several(test.sha256.map(named))}`
    case 'purpose':
      return `certificates for the purpose ${test.oid}`
    case 'policy':
      return `certificates under the policy ${test.oid}`
    case 'user':
      return `the user ${plain(test.name)}, by ${USERS[test.by]}`
    case 'address':
      return `${test.of === 'connection' ? 'connections' : 'forwarded clients'} from ${several(test.ranges.map(plain))}`
  }
}

function described(rule: Rule, called: Called): string {
  switch (rule.kind) {
    case 'not':
      return `anyone but ${inner(rule.of, called)}`
    case 'all':
    case 'any': {
      const [only, ...rest] = rule.of
      if (only !== undefined && rest.length === 0) return described(only, called)
      const parts = rule.of.map((each) => inner(each, called))
      return rule.kind === 'all' ? parts.join(' and also ') : several(parts)
    }
    default:
      return ofTest(rule, called)
  }
}

const inner = (rule: Rule, called: Called): string =>
  rule.kind === 'all' || rule.kind === 'any' ? `(${described(rule, called)})` : described(rule, called)

/** Who may connect. */
export const labRules = {
  everyone: 'Lets in everyone whose chain is valid.',
  only: (rule: Rule, called: Called): string => `Lets in only ${described(rule, called)}.`,
  /** Where it could be enforced, and where it is. */
  enforced: (places: readonly Place[], at: Place): string =>
    places.length === 0
      ? 'No single place can enforce all of it.'
      : places.includes(at)
        ? `It can be enforced ${either(places.map((each) => placed[each]))}; here it is enforced ${placed[at]}.`
        : `It can be enforced ${either(places.map((each) => placed[each]))}, and not ${placed[at]}, where it is now.`,
}
