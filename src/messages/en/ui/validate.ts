import { count, day, days, ended, list, moment, number, plural, series } from '../format.ts'
import { ruleTitle } from '../rule-title.ts'
import { steps } from '../steps.ts'
import { others } from './others.ts'

/** The certificate, its anchor and the day; `anchor` is null if the certificate is trusted itself. */
interface ChainOf {
  readonly target: string
  readonly anchor: string | null
  readonly at: Date
}
const chains = ({ target, anchor, at }: ChainOf): string =>
  anchor === null
    ? `${target} is itself trusted, as of ${day(at)}.`
    : `${target} chains to ${anchor}, as of ${day(at)}.`

const place = (line: number | null, offset: number): string =>
  line === null ? `at offset ${number(offset)}` : `line ${number(line)}`
const begins = (line: number | null, offset: number): string =>
  `It begins ${line === null ? '' : 'in '}${place(line, offset)}.`

/** The page that validates chains. */
export const validate = {
  title: 'Validate certificates',
  lead: 'Paste or drop certificates in any form and order. Nothing leaves this page, and nothing is kept.',
  drop: 'Drop certificates, bundles or lists to validate them.',
  box: 'Certificates, as text',
  boxHint: 'PEM, base64, the output of openssl s_client, YAML or JSON; anything else as a file.',
  pasted: (n: number): string => plural(n, 'pasted text', `pasted text ${number(n)}`),
  read: 'Validate them',
  pick: 'Choose files…',
  pickFolder: 'Choose a folder…',
  add: 'Add more',
  clear: 'Clear the page',
  reading: 'Reading what you added',
  nothing: 'There is no certificate in what you added.',
  password: 'Password of the file',
  open: 'Open with this password',
  refused: 'This password does not open it. Upper and lower case matter.',
  locked: (files: string, n: number): string =>
    `${files} ${plural(n, 'is', 'are')} protected with a password.`,
  lockedPart: (file: string, part: 'key' | 'contents', name: string | null): string =>
    part === 'contents'
      ? `${file} is open, but some of its contents have another password.`
      : `${file} is open; ${name === null ? 'a key in it' : `the key “${name}” in it`} has a password of its own.`,
  verdict: {
    /** The verdict, and what decided. */
    line: {
      valid: (why: string): string => `Valid. ${why}`,
      faulty: (why: string): string => `Valid, with ${why}`,
      /** Programs refuse what has no fault here. */
      refused: (why: string): string => `Valid, but ${why}`,
      invalid: (why: string): string => `Not valid. ${why}`.trim(),
      unchecked: (why: string): string => `Could not be checked. ${why}`.trim(),
    },
    chains,
    /** Programs that refuse it according to their makers, after those that tests ran. */
    published: (programs: readonly string[], also: boolean): string[] =>
      programs.length === 0
        ? []
        : [`${also ? 'Also refused' : 'Refused'} by ${list(programs)}, as published; not seen here.`],
    refusing: (programs: readonly string[]): string[] =>
      programs.length === 0 ? [] : [`${list(programs)} ${plural(programs.length, 'refuses', 'refuse')} it.`],
    faults: (n: number, first: string): string => `${count(n, 'fault')}: ${first}`,
    wrongOrder: 'Sent in the wrong order',
    publicRoots: (version: string, revocation: 'unchecked' | 'given' | 'required'): string => {
      const unchecked = {
        unchecked: 'revocation, ',
        given: 'revocation beyond what was added, ',
        required: '',
      }
      return `Public roots as of Node.js ${version}; not checked: ${unchecked[revocation]}certificate transparency, browsers’ own distrust.`
    },
    limitsTitle: 'The search reached its limits before a result was found',
    limits: 'Could not be checked: the limits of the search were reached before a result was found.',
    /** What cannot be read. */
    unread: {
      certificate: {
        title: (file: string): string => `A certificate in ${file} cannot be read`,
        why: (line: number | null, offset: number, why: string): string =>
          `${begins(line, offset)} No other is validated in its place. ${why}`,
        line: (file: string, line: number | null, offset: number, why: string): string =>
          `Could not be checked: a certificate in ${file} (${place(line, offset)}) cannot be read, and no other is validated in its place. ${why}`,
      },
      status: {
        title: (file: string): string => `A revocation list or OCSP response in ${file} cannot be read`,
        why: (line: number | null, offset: number, why: string): string =>
          `${begins(line, offset)} It may say that one of these is revoked. ${why} Add a sound copy, or validate without it.`,
        line: (file: string, line: number | null, offset: number, why: string): string =>
          `Could not be checked: a revocation list or OCSP response in ${file} (${place(line, offset)}) cannot be read, and may say that one of these is revoked. ${why} Add a sound copy, or validate without it.`,
      },
    },
    more: (n: number): string => `And ${number(n)} more of this kind.`,
  },
  /** If the certificate asked about cannot be read. */
  unreadNext: {
    title: 'What to do next',
    copy: 'Get a sound copy of that certificate from its sender, or from the server itself, and add it with “Add more” below. What was read stays.',
    another: 'Or validate one of those that were read:',
  },
  orderWrong:
    'The certificates were sent in another order than target, issuer, root: servers refuse such a file, and some clients such a chain.',
  /** Above the answer. */
  verdictHead: {
    valid: 'Valid',
    'valid-with-faults': 'Valid with faults',
    invalid: 'Not valid',
    unchecked: 'Could not be checked',
    exhausted: 'Could not be checked',
  },
  verdictWord: {
    valid: 'valid',
    'valid-with-faults': 'valid with faults',
    invalid: 'not valid',
    unchecked: 'could not be checked',
    exhausted: 'could not be checked within the limits',
  },
  spent: (signatures: number, paths: number, comparisons: number): string =>
    `${count(signatures, 'signature')} checked again, ${count(paths, 'path')} tried, ${count(comparisons, 'name comparison')}.`,
  fixes: 'How to fix it',
  otherFixes: (n: number): string => count(n, 'other way', 'other ways'),
  fix: {
    trust: (name: string): string => `Trust ${name} for this visit`,
    trustWhy: 'It came with what you added. Trust it only if you know by another way that it is genuine.',
    trustNamesake: (name: string, keyIdentifier: string | null): string =>
      `Trust ${name} itself: if it is also a root, its self-signed certificate has the same name and key${keyIdentifier === null ? '' : ` (key identifier ${keyIdentifier})`}, and may be the one that current systems trust.`,
    validateAt: (at: Date): string => `Validate it as of ${moment(at)}`,
    askName: (name: string): string => `Ask for ${name}`,
    askPurpose: (purpose: string): string => `Ask for the purpose ${purpose}`,
    withoutNesting: 'Do not let an authority’s purposes narrow what is below it',
    allowSha1: 'Accept SHA-1',
    withoutPin: 'Ask without the fingerprint',
    revocationAsGiven: 'Use only the lists that were added',
    revocationAsGivenWhy: 'A revoked certificate that is on none of these lists then passes.',
    pickIssuer: 'Add its certificate…',
    pickList: 'Add the list…',
    addIssuer: (issuer: string): string => ended(`Add the certificate of ${issuer}`),
    answeredAt: 'Or the response of its OCSP responder (AIA ocsp), as a file:',
    addIssuerAt: 'The certificate says where to get it (AIA caIssuers):',
    addList: (name: string): string => ended(`Add the current revocation list for ${name}`),
  },
  question: 'What is asked',
  guessed: 'Guessed from what you added. What is shown here can change the answer.',
  /** Choices that, made otherwise, give the same answer. */
  noDifference: 'Choices that change nothing here',
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
  nameAs: (kind: string): string => `As it reads: ${kind}`,
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
    standard: 'RFC 5280 §6, faults reported',
    path: 'RFC 5280 §6 alone',
    rfc5280: 'RFC 5280, strictly',
    webpki: 'public web (CA/B Forum)',
  },
  profileHints: {
    standard: 'Path validation decides; other broken rules are reported beside it.',
    path: 'Path validation and nothing else.',
    rfc5280: 'Any broken MUST refuses.',
    webpki: 'Any broken MUST refuses, and the Baseline Requirements on top.',
  },
  revocation: 'Revocation',
  revocations: {
    none: 'not asked',
    given: 'as the lists here say',
    require: 'a current status for each',
  },
  nesting: 'Purposes of an authority narrow what is below it',
  nestingHint: 'RFC 5280 does not ask for it; Windows, NSS, Go and OpenSSL do it.',
  anchors: 'Limits in a trusted root’s own certificate count too',
  anchorsHint:
    'Its dates, names, policies, path length and purposes (RFC 5937). In RFC 5280 §6 an anchor is only a name and a key.',
  sha1: 'Accept signatures with SHA-1',
  allPaths: 'Try every path, not only up to the first that is valid',
  pin: 'Expected SHA-256 of the certificate',
  path: 'The chain',
  otherPaths: (n: number): string => `${count(n, 'other path')} tried`,
  missing: {
    title: 'missing',
    given: (n: number): string =>
      `Not among the ${count(n, 'certificate')} you added, nor among those that are trusted.`,
    keyIdentifier: (id: string): string => `Key identifier ${id}`,
    at: 'Published at',
  },
  unproved: (algorithm: string): string => `signed it with ${algorithm}; cannot be checked without it`,
  how: 'How this was checked',
  engine: (engine: string): string => `Validated by ${engine}.`,
  signedBy: (algorithm: string): string => `signs, with ${algorithm}`,
  from: { trust: 'from the trust store', public: 'from the public roots', sent: 'sent with it' },
  allRules: 'Every rule',
  rules: ({
    held,
    failed,
    noted,
    skipped,
  }: Record<'held' | 'failed' | 'noted' | 'skipped', number>): string =>
    series([
      `${number(held)} held`,
      `${number(failed)} failed`,
      ...(noted === 0 ? [] : [`${number(noted)} noted`]),
      `${number(skipped)} did not apply`,
    ]),
  /** Heading of findings about an anchor, which do not count. */
  anchorNote:
    'Noted, not part of the verdict: RFC 5280 §6 does not check the form of a trust anchor’s own certificate.',
  outcome: {
    held: 'Held',
    failed: 'Failed',
    noted: 'Noted',
    'not-applicable': 'Did not apply',
    unchecked: 'Cannot be checked here',
  },
  /** A rule, named after the fault it forbids. */
  noFault: (code: string): string => `No fault “${ruleTitle(code)}”`,
  explain: 'About this rule',
  others,
  time: 'When it is valid',
  timeHint: 'Move the mark to validate the chain as of another date.',
  /** `to` is null if it never ends. */
  era: (verdict: string, from: Date, to: Date | null): string =>
    `${to === null ? `from ${day(from)} on` : days(from, to)}: ${verdict}`,
  now: 'Now',
  take: 'Save',
  wrongOrder:
    'The certificates were not sent in order. A server sends its own first, then each issuer; the root may be left out.',
  rightOrder: 'They were sent in the right order.',
  saveChain: 'Save the chain in the right order',
  saveOne: 'Save the certificate (PEM)',
  saveReportPage: 'Save the report (HTML)',
  saveReport: 'Save the report (JSON)',
  ticket: 'the answer as text',
  print: 'Print this page',
  commands: 'Ask other programs',
  commandsHint: 'Save the files in one folder and run the line there.',
  noCommand:
    'There is no OpenSSL line for this: the name asked for has characters that a terminal would act on or lose. Ask for another name.',
  commandWhat: { openssl: 'the OpenSSL command', step: 'the step command' },
  pile: 'What you added',
  pileCount: (certificates: number, lists: number, responses: number, requests: number): string =>
    series([
      ...(certificates > 0 ? [count(certificates, 'certificate')] : []),
      ...(lists > 0 ? [count(lists, 'revocation list')] : []),
      ...(responses > 0 ? [count(responses, 'OCSP response')] : []),
      ...(requests > 0 ? [count(requests, 'request')] : []),
    ]),
  search: {
    label: 'Search what you added',
    hint: 'Name, address, serial number or file',
    rootsOnly: 'Only those that sign themselves',
    nothing: 'No certificate matches. Search for less, or clear the field.',
    pages: ['Back', 'Next'] as const,
    another: 'Find another…',
    title: 'Find a certificate',
    validated: 'validated now',
    trust: 'Trust it',
    validateThis: (name: string): string => `Validate this one: ${name}`,
  },
  key: (type: string, names: string): string =>
    names === ''
      ? `You added a private key (${type}). It matches none of the certificates. It was compared and is not kept.`
      : `You added a private key (${type}), which belongs to ${names}. It was compared and is not kept.`,
  problem: (file: string, place: string): string => (place === '' ? file : `${file}, ${place}`),
  line: (n: number): string => `line ${number(n)}`,
  notices: {
    'no-mac': 'has no checksum, so nobody can tell whether it was changed.',
    'skipped-parts': 'has parts that were skipped.',
    'trust-settings':
      'says for which purposes a certificate is trusted. That counts here too: for any other purpose it is not a root.',
    'trust-dates':
      'says that Windows trusts nothing that a root issued after some day. That day is not checked here: look it up before you rely on the root.',
  },
  validateThis: 'Validate this one',
  rule: {
    title: ruleTitle,
    titleInChapter: (code: string): string => ruleTitle(code.replace(/^br-/, '')),
    bookTitle: 'The rules',
    bookLead:
      'Everything that is checked here, by what it is about. Most rules come with a chain that breaks them.',
    search: 'Search',
    searchHint: 'Words of a title, a section',
    found: (n: number): string => count(n, 'rule'),
    noneFound: 'No rule has these words. Search for less, or clear the field.',
    chapters: {
      path: 'The path, from a root to the certificate',
      revocation: 'What lists and responses say',
      fields: 'The fields of a certificate',
      identifiers: 'Key identifiers and key usage',
      policies: 'Policies',
      names: 'Names',
      limits: 'Limits of a CA',
      purposes: 'Purposes',
      addresses: 'Addresses of lists and issuers',
      keys: 'Keys',
      der: 'How it is encoded',
      list: 'The form of a revocation list',
      traps: 'Traps',
      webpki: 'The public web: Baseline Requirements',
      issuance: 'Before a certificate is signed here',
    },
    /** By rule: a pack of its own, since only the pages of the rules show it. */
    why: async () => (await import('../why.ts')).why,
    whyLabel: 'Why:',
    turn: 'Other rules',
    before: (title: string): string => `Previous: ${title}`,
    after: (title: string): string => `Next: ${title}`,
    all: 'All rules',
    saveBroken: 'Save the broken chain (PEM)',
    hideAnswer: 'Hide the answer',
    showAnswer: 'Show the answer',
    riddle: 'One rule is broken in this chain',
    riddleLead: (at: Date): string =>
      `Which one, and in which certificate? It is looked at as of ${moment(at)}.`,
    openBroken: 'Open it in Validate',
    brokenNote:
      'The certificates alone: revocation lists, responses, and the name or purpose asked for are not in the file. In Validate it is added to what is there, as of the same day, and its root is trusted.',
    unknown: 'There is no rule of this name.',
    experience: 'No standard requires it; experience does',
    severity: {
      error: 'A certificate that breaks it is wrong.',
      warning: 'Breaking it is unwise.',
      notice: 'Worth knowing.',
    },
    requires: 'What is required:',
    example: 'A chain that breaks it, made just now',
    exampleNote: 'Its keys were thrown away as soon as it was made.',
    /** Why there is no example chain. */
    noExample: {
      'outlives-tier':
        'There is no example for this rule: it is about a certificate that is about to be signed here, and the CAs above it.',
      'tier-breaks-form':
        'There is no example for this rule: it is about a CA from elsewhere, above a certificate that is about to be signed here.',
      'tier-revoked':
        'There is no example for this rule: it is about CAs in this vault, above a certificate that is about to be signed here.',
      'tier-on-hold':
        'There is no example for this rule: it is about CAs in this vault, above a certificate that is about to be signed here.',
      'possession-unchecked':
        'There is no example for this rule: it is about a request, before a certificate is signed for it.',
      'issuer-name-mismatch':
        'There is no example for this rule: if the names do not match, no path is built, and the issuer is reported missing.',
      'validity-backdated':
        'There is no example for this rule: a certificate does not say when it was signed. The rule is checked before one is signed here.',
    } as Readonly<Record<string, string>>,
    drawing: 'A chain is being made',
    toValidate: 'Validate certificates',
  },
  statuses: {
    good: 'good',
    revoked: 'revoked',
    'on-hold': 'on hold',
    'listed-on-unusable': 'named on what may not be used',
    unreadable: 'cannot be read',
    undetermined: 'not known',
    unknown: 'not known to the responder',
    'no-status-needed': 'its issuer publishes no status, and need not',
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
      nothing: 'says nothing new about it',
    },
    saysGood: 'says that it is good',
    about: {
      list: (certificate: string) => `The revocation list about ${certificate}`,
      delta: (certificate: string) => `The delta list about ${certificate}`,
      response: (certificate: string) => `The OCSP response about ${certificate}`,
    },
    writeAgain: 'Ask its issuer for one that is written as the standard says.',
    stage: {
      scope: 'is about other certificates',
      'not-needed': 'was not needed',
      signer: 'does not count: its signer is not authorized',
      forbidden: 'may not be used',
      stale: 'has ended',
      future: 'has not begun',
      weak: 'cannot show that a certificate is good',
      used: '',
    },
  },
  steps,
}
