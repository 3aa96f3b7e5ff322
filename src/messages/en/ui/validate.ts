import { count, day, days, ended, list, moment, number } from '../format.ts'
import { ruleTitle } from '../rule-title.ts'
import { others } from './others.ts'

/** Which certificate leads to which anchor on which day; `anchor` null: it is trusted itself. */
interface ChainOf {
  readonly target: string
  readonly anchor: string | null
  readonly at: Date
}
const chains = ({ target, anchor, at }: ChainOf): string =>
  anchor === null
    ? `${target} is itself trusted, as of ${day(at)}.`
    : `${target} chains to ${anchor}, as of ${day(at)}.`

/** The page that judges chains. */
export const judge = {
  title: 'Validate certificates',
  lead: 'Paste or drop certificates in any form and order. Nothing leaves this page, and nothing of it is kept.',
  drop: 'Drop certificates, bundles or lists to validate them.',
  box: 'Certificates, as text',
  boxHint: 'PEM, base64, the output of openssl s_client, YAML or JSON; anything else as a file.',
  pasted: (n: number): string => (n === 1 ? 'pasted text' : `pasted text ${number(n)}`),
  read: 'Validate them',
  pick: 'Choose files…',
  pickFolder: 'Choose a folder…',
  add: 'Add more',
  clear: 'Clear the page',
  reading: 'Reading what you added',
  nothing: 'There is no certificate in what was read.',
  password: 'Password of the file',
  open: 'Open with this password',
  refused: 'This password does not open it. Capital letters count.',
  locked: (files: string, n: number): string => `${files} ${n === 1 ? 'is' : 'are'} closed with a password.`,
  lockedPart: (file: string, part: 'key' | 'contents', name: string | null): string =>
    part === 'contents'
      ? `${file} is open, but some of its contents have another password.`
      : `${file} is open; ${name === null ? 'a key in it' : `the key “${name}” in it`} has a password of its own.`,
  verdict: {
    valid: (chain: ChainOf, published: string): string => `Valid. ${chains(chain)}${published}`,
    /** Who refuses it by what its maker publishes, behind the sentence that names those that were run; nothing where nobody does. */
    published: (programs: readonly string[], also: boolean): string =>
      programs.length === 0
        ? ''
        : ` ${also ? 'Also refused' : 'Refused'} by ${list(programs)}, as published; not seen here.`,
    faults: (
      n: number,
      first: string | null,
      programs: readonly string[],
      published: string,
      chain: ChainOf | null,
    ): string => {
      const refusing =
        programs.length === 0 ? '' : `${list(programs)} ${programs.length === 1 ? 'refuses' : 'refuse'} it`
      const under = chain === null ? '' : ` ${chains(chain)}`
      if (first === null) return `Valid, but ${refusing}.${published}${under}`
      return `Valid, with ${count(n, 'fault')}: ${first}${refusing === '' ? '' : ` ${refusing}.`}${published}${under}`
    },
    invalid: (first: string | null): string => `Not valid.${first === null ? '' : ` ${first}`}`,
    unchecked: (first: string | null): string => `Could not be checked.${first === null ? '' : ` ${first}`}`,
    exhausted: 'Could not be checked: the limits of the search were reached before an answer was found.',
    unread: (file: string, line: number | null, offset: number, why: string): string =>
      `Could not be checked: a certificate in ${file} (${line === null ? `at offset ${number(offset)}` : `line ${number(line)}`}) cannot be read, and nothing is said for another in its place. ${why}`,
    unreadStatus: (file: string, line: number | null, offset: number, why: string): string =>
      `Could not be checked: a revocation list or OCSP response in ${file} (${line === null ? `at offset ${number(offset)}` : `line ${number(line)}`}) cannot be read, and may say that one of these is revoked. ${why} Bring a sound copy, or judge without it.`,
    more: (n: number): string => `And ${number(n)} more of this kind.`,
    faultsTitle: 'Faults: rules that it breaks, and that programs may refuse it for',
  },
  /** Where the one that was meant cannot be read. */
  unreadNext: {
    title: 'What to do next',
    copy: 'Get a sound copy of that certificate from whoever sent it, or from the server itself, and add it with “Add more” below. What was read already stays.',
    another: 'Or validate one of those that were read:',
  },
  orderWrong:
    'The certificates were sent in another order than target, issuer, root: servers refuse such a file, and some clients such a chain. The right order is below, to take away.',
  verdictWord: {
    valid: 'valid',
    'valid-with-faults': 'valid with faults',
    invalid: 'not valid',
    unchecked: 'could not be checked',
    exhausted: 'could not be checked within the limits',
  },
  spent: (signatures: number, paths: number, comparisons: number): string =>
    `${count(signatures, 'signature')} checked anew, ${count(paths, 'path')} tried, ${count(comparisons, 'name comparison')}.`,
  mends: 'What would fix it',
  mend: {
    trust: (name: string): string => `Trust ${name} for this visit`,
    trustWhy: 'It came with what you added. Trust it only if you know by another way that it is genuine.',
    trustNamesake: (name: string, keyIdentifier: string | null): string =>
      `Trust ${name} itself: where it is a root of its own, its self-signed certificate has the same name and key${keyIdentifier === null ? '' : ` (key identifier ${keyIdentifier})`}, and may be what today’s systems carry.`,
    judgeAt: (at: Date): string => `Validate it as of ${moment(at)}`,
    askName: (name: string): string => `Ask for ${name}`,
    askPurpose: (purpose: string): string => `Ask for the purpose ${purpose}`,
    withoutNesting: 'Do not let an authority’s purposes narrow what is below it',
    allowSha1: 'Accept SHA-1',
    withoutPin: 'Ask without the fingerprint',
    revocationAsGiven: 'Ask only what the lists here say',
    revocationAsGivenWhy: 'Then what is revoked and named on none of these lists passes.',
    addIssuer: (issuer: string): string => ended(`Add the certificate of ${issuer}`),
    answeredAt: 'Or the answer of its OCSP responder, as a file:',
    addIssuerAt: 'The certificate says where to get it:',
    addList: (name: string): string => ended(`Add the current revocation list for ${name}`),
  },
  question: 'What is asked',
  guessed: 'These were guessed from what you dropped. Change one, and the answer changes with it.',
  target: 'Certificate',
  purpose: 'Purpose',
  purposes: {
    any: 'any purpose',
    serverAuth: 'TLS server',
    clientAuth: 'TLS client',
    codeSigning: 'code signing',
    emailProtection: 'e-mail',
    timeStamping: 'time stamping',
    OCSPSigning: 'OCSP signing',
  },
  name: 'Name it is asked for',
  nameKind: 'Kind of name',
  nameKinds: {
    DNS: 'host name',
    IP: 'IP address',
    RFC822: 'mailbox',
    URI: 'URI',
    UPN: 'user principal name',
    CN: 'common name',
  },
  at: 'As of (UTC)',
  profile: 'Rules',
  profiles: {
    standard: 'RFC 5280 §6, faults told',
    path: 'RFC 5280 §6 alone',
    rfc5280: 'RFC 5280, strictly',
    webpki: 'public web (CA/B Forum)',
  },
  profileHints: {
    standard: 'Path validation decides; other broken rules are told beside it.',
    path: 'Path validation and nothing else.',
    rfc5280: 'Any broken MUST refuses.',
    webpki: 'Any broken MUST refuses, and the Baseline Requirements on top.',
  },
  revocation: 'Revocation',
  revocations: {
    none: 'not asked',
    given: 'what the lists here say',
    require: 'a current status for each',
  },
  nesting: 'Purposes of an authority narrow what is below it',
  nestingHint: 'RFC 5280 does not say so; Windows, NSS, Go and OpenSSL do it.',
  anchors: 'What a trusted root says of itself counts too',
  anchorsHint:
    'Its dates, names, policies, path length and purposes (RFC 5937). To RFC 5280 §6 an anchor is a name and a key.',
  sha1: 'Accept signatures with SHA-1',
  allPaths: 'Try every path, not only up to the first that is valid',
  pin: 'Expected SHA-256 of the certificate',
  path: 'The chain',
  otherPaths: (n: number): string => `${count(n, 'other path')} tried`,
  signedBy: (algorithm: string): string => `signs, with ${algorithm}`,
  from: { trust: 'from what is trusted', sent: 'sent with it' },
  rules: ({
    held,
    failed,
    noted,
    skipped,
  }: Record<'held' | 'failed' | 'noted' | 'skipped', number>): string =>
    [
      `${number(held)} held`,
      `${number(failed)} failed`,
      ...(noted === 0 ? [] : [`${number(noted)} noted`]),
      `${number(skipped)} did not apply`,
    ].join(', '),
  /** Above what was found about an anchor and does not count. */
  anchorNote:
    'Noted, and no part of the verdict: RFC 5280 §6 does not judge the form of a trust anchor’s own certificate.',
  outcome: {
    held: 'Held',
    failed: 'Failed',
    noted: 'Noted',
    'not-applicable': 'Did not apply',
    unchecked: 'Cannot be checked here',
  },
  /** A rule that goes by the name of the fault it forbids. */
  noFault: (code: string): string => `No fault “${ruleTitle(code)}”`,
  explain: 'About this rule',
  others,
  time: 'When it is valid',
  timeHint: 'Move the mark to validate the chain as of another date.',
  /** `to` null: from then on for ever. */
  era: (verdict: string, from: Date, to: Date | null): string =>
    `${to === null ? `from ${day(from)} on` : days(from, to)}: ${verdict}`,
  now: 'Now',
  take: 'To take away',
  wrongOrder:
    'The certificates were not sent in order. A server sends its own first, then each issuer; the root may be left out.',
  rightOrder: 'They were sent in the right order.',
  saveChain: 'Save the chain in the right order',
  saveOne: 'Save the certificate (PEM)',
  saveReportPage: 'Save the report (HTML)',
  saveReport: 'Save the report (JSON)',
  print: 'Print this page',
  commands: 'Ask other programs the same',
  commandsHint: 'Save the files beside each other and type the line there.',
  noCommand:
    'There is no OpenSSL line for this: the name asked for holds characters that a terminal would obey or lose. Ask with another name.',
  commandWhat: { openssl: 'the OpenSSL command', step: 'the step command' },
  pile: 'What was read',
  pileCount: (certificates: number, lists: number, responses: number, requests: number): string =>
    [
      count(certificates, 'certificate'),
      count(lists, 'revocation list'),
      count(responses, 'OCSP response'),
      count(requests, 'request'),
    ]
      .filter((part) => !part.startsWith('0 '))
      .join(', '),
  search: {
    label: 'Search what was read',
    hint: 'Name, address, serial number or file',
    rootsOnly: 'Only those that sign themselves',
    nothing: 'No certificate matches. Search for less, or clear the field.',
    pages: ['Back', 'Further'] as const,
    another: 'Find another…',
    title: 'Find a certificate',
    judged: 'validated now',
    trust: 'Trust it',
    judgeThis: (name: string): string => `Validate this one: ${name}`,
  },
  key: (type: string, names: string): string =>
    names === ''
      ? `A private key (${type}) is in the pile. It fits none of the certificates. It was looked at and is kept nowhere.`
      : `A private key (${type}) is in the pile and belongs to ${names}. It was matched and is kept nowhere.`,
  problem: (file: string, place: string): string => (place === '' ? file : `${file}, ${place}`),
  line: (n: number): string => `line ${number(n)}`,
  notices: {
    'no-mac': 'holds no checksum, so nobody can say whether it was changed.',
    'skipped-parts': 'holds parts that were passed over.',
    'trust-settings':
      'says for which purposes a certificate is to be trusted. That counts here too: for any other it is no root.',
    'trust-dates':
      'says that Windows trusts nothing that a root issued from some day on. That day is not asked here: look it up before you rely on the root.',
  },
  judgeThis: 'Validate this one',
  rule: {
    title: ruleTitle,
    unknown: 'There is no rule of this name.',
    judgement: 'No standard asks for it; experience does',
    severity: {
      error: 'A certificate that breaks it is wrong.',
      warning: 'Breaking it is unwise.',
      notice: 'Worth knowing.',
    },
    example: 'A chain that breaks it, made just now',
    exampleNote: 'Its keys were thrown away as soon as it was made.',
    /** Why no chain is drawn. */
    noExample: {
      'outlives-tier':
        'No chain is drawn for this rule: it speaks of a certificate that is about to be signed here, and of the CAs above it.',
      'tier-breaks-form':
        'No chain is drawn for this rule: it speaks of a CA from elsewhere, above a certificate that is about to be signed here.',
      'tier-revoked':
        'No chain is drawn for this rule: it speaks of CAs in this vault, above a certificate that is about to be signed here.',
      'tier-on-hold':
        'No chain is drawn for this rule: it speaks of CAs in this vault, above a certificate that is about to be signed here.',
      'possession-unchecked':
        'No chain is drawn for this rule: it speaks of a request, before a certificate is signed for it.',
      'issuer-name-mismatch':
        'No chain is drawn for this rule: where the names do not fit, no path is built, and the issuer is said to be missing.',
      'validity-backdated':
        'No chain is drawn for this rule: when a certificate was signed stands nowhere in it. It is asked before one is signed here.',
    } as Readonly<Record<string, string>>,
    drawing: 'A chain is being made',
    toJudge: 'Validate certificates',
  },
  statuses: {
    good: 'good',
    revoked: 'revoked',
    'on-hold': 'on hold',
    'listed-on-unusable': 'named on what may not be used',
    unreadable: 'cannot be read',
    undetermined: 'not known',
    unknown: 'not known to the responder',
    'no-status-needed': 'its issuer gives no status, and need not',
  } as Readonly<Record<string, string>>,
  sources: {
    title: 'Lists and responses about it',
    kind: { list: 'Revocation list', delta: 'Delta list', response: 'OCSP response' },
    of: (kind: string, thisUpdate: string, nextUpdate: string | null): string =>
      `${kind} of ${thisUpdate}${nextUpdate === null ? '' : `, current until ${nextUpdate}`}`,
    says: {
      revoked: 'says that it is revoked',
      'on-hold': 'says that it is on hold',
      removed: 'says that it was taken off hold',
      good: 'does not name it',
      unknown: 'does not know it',
      unreadable: 'is about it, and cannot be read',
      nothing: 'says nothing new of it',
    },
    saysGood: 'says that it is good',
    about: {
      list: (certificate: string) => `The revocation list about ${certificate}`,
      delta: (certificate: string) => `The delta list about ${certificate}`,
      response: (certificate: string) => `The OCSP response about ${certificate}`,
    },
    writeAgain: 'Ask whoever issues it for one that is written as the standard says.',
    stage: {
      scope: 'is about other certificates',
      'not-needed': 'was not needed',
      signer: 'does not count: nobody who may has signed it',
      forbidden: 'may not be used',
      stale: 'has ended',
      future: 'has not begun',
      weak: 'cannot show that a certificate is good',
      used: '',
    },
  },
  steps: {
    'build-path': 'A path leads to a trust anchor',
    'verify-signature': 'The issuer’s key verifies the signature',
    'reject-sha1': 'The signature does not rest on SHA-1',
    'require-validity': 'The date lies within its validity',
    'require-not-revoked': 'It is not revoked',
    'require-issuer-name': 'Its issuer’s name is the subject above',
    'require-permitted-names': 'Its names are within what is permitted',
    'reject-excluded-names': 'None of its names is excluded',
    'extend-policy-graph': 'Its policies are taken up',
    'require-policies': 'Policies are carried on',
    'require-explicit-policy': 'An acceptable policy is there where one is demanded',
    'require-key-identifier': 'Its authority key identifier is the issuer’s',
    'reject-any-policy-mapping': 'anyPolicy is not mapped',
    'map-policies': 'Policies are mapped',
    'set-working-issuer': 'Its name and key become those of the next issuer',
    'add-name-constraints': 'Its name constraints are added',
    'decrement-policy-counts': 'Policy counters go down by one',
    'apply-policy-constraints': 'Its policy constraints are applied',
    'apply-inhibit-any-policy': 'inhibitAnyPolicy is applied',
    'require-ca': 'It may issue: basicConstraints says cA',
    'decrement-path-length': 'The path is not longer than allowed',
    'apply-path-len': 'Its pathLen is applied',
    'require-key-cert-sign': 'Its key may sign certificates',
    'reject-unknown-critical-extensions': 'Every critical extension is understood',
    'require-nested-purpose': 'Its purposes include the one asked for',
    'decrement-explicit-policy': 'The counter of explicit policy goes down',
    'apply-target-policy-constraints': 'Its policy constraints are applied',
    'set-target-key': 'Its key is the one that was asked about',
    'intersect-policies': 'Policies asked for and found meet',
    'require-purpose': 'It may be used for the purpose asked for',
    'require-time-stamper': 'A time stamper’s certificate is for time stamping alone',
    'require-consistent-key-usage': 'Its key usage fits the purpose',
    'require-peer-names': 'It is for the name asked for',
    'require-pins': 'It is the very certificate that was expected',
    'apply-anchor-name-constraints': 'The anchor’s name constraints are taken up',
    'apply-anchor-policies': 'The anchor’s policies are taken up',
    'apply-anchor-path-len': 'The anchor’s pathLen is taken up',
  } as Readonly<Record<string, string>>,
}
