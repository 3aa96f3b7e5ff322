import type { Place, Rule, Test } from '../../../mtls/rules/rule.ts'
import type { ScenarioFault } from '../../../mtls/scenario-file/fault.ts'
import { safeLine } from '../../safe-text.ts'
import { either, number } from '../format.ts'
import { labScenario } from './lab-scenario.ts'

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
  edit: 'Edit the rule…',
  title: 'Who may connect',
  lead: 'A rule is asked after the chain, and never saves a certificate that the chain’s rules refuse.',
  combine: { label: 'It lets in those for whom', all: 'every condition holds', any: 'one condition holds' },
  condition: (n: number): string => `Condition ${number(n)}`,
  is: { label: 'Holds if', yes: 'it is', no: 'it is not' },
  kind: 'What',
  kinds: {
    ...{ issuer: 'Issued by a CA (SHA-256)', root: 'Root of the chain (SHA-256)' },
    ...{ dns: 'DNS name', 'dns-within': 'DNS names within', ip: 'IP address in the certificate' },
    ...{ email: 'E-mail address', 'email-within': 'E-mail addresses within', uri: 'URI' },
    ...{ upn: 'User principal name', spiffe: 'SPIFFE ID or trust domain', subject: 'Subject (RFC 4514)' },
    ...{
      certificate: 'Certificates (SHA-256)',
      key: 'Public keys (SHA-256)',
      serial: 'Serial numbers (hex)',
    },
    ...{ purpose: 'Extended key usage (OID)', policy: 'Policy (OID)' },
    ...{ 'user-email': 'User, by e-mail address', 'user-upn': 'User, by principal name' },
    ...{ 'user-name': 'User, by common name', address: 'Address (CIDR)' },
    forwarded: 'Forwarded address (CIDR)',
  },
  from: 'Of a certificate here',
  typed: 'Typed below',
  value: 'Value',
  /** For lists. */
  many: 'Several, separated by spaces.',
  add: 'Add a condition',
  remove: (n: number): string => `Remove condition ${number(n)}`,
  asText: 'Edit it as text…',
  text: 'The rule as JSON, as in a scenario file',
  deep: 'This rule is nested deeper than a list of conditions, so it is shown as text.',
  apply: 'Use this rule',
  /** What is wrong with a condition; of a text, where too. */
  fault: (fault: ScenarioFault, inText: boolean): string =>
    fault.code === 'scenario-not-json'
      ? `This is not JSON${fault.line === null ? '' : ` in line ${number(fault.line)}`}. Correct it there, or begin again from the conditions.`
      : inText
        ? labScenario.fault(fault)
        : labScenario.fault({ ...fault, line: null }),
  at: {
    label: 'Where the rule is enforced',
    ...{
      network: 'on the network',
      tls: 'in the TLS stack',
      application: 'in the application',
      proxy: 'at a proxy',
    },
  },
  /** Where it could be enforced, and where it is. */
  enforced: (places: readonly Place[], at: Place): string =>
    places.length === 0
      ? 'No single place can enforce all of it.'
      : places.includes(at)
        ? `It can be enforced ${either(places.map((each) => placed[each]))}; here it is enforced ${placed[at]}.`
        : `It can be enforced ${either(places.map((each) => placed[each]))}, and not ${placed[at]}, where it is now.`,
}
