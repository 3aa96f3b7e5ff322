import type { FoundKinds } from '../../../containers/pile/found-kinds.ts'
import { foundInstead } from '../found-kinds.ts'
import { calendarDay, count, day, ended, lifetime, moment, number, plural } from '../format.ts'

/** The next limit of the public web, if one is decided. */
type PublicStep = { readonly from: Date; readonly days: number } | null

const upTo = (next: PublicStep): string =>
  next === null ? '' : ` From ${calendarDay(next.from)} on, ${count(next.days, 'day')}.`

/** Issuing: the form, the review, what was issued; profiles and batches. */
export const issue = {
  request: {
    summary: 'The key was made elsewhere: use a request (CSR)',
    hint: 'The private key stays where it is. Subject and names are taken from the request and can be changed; the rest comes from the profile.',
    drop: 'Drop a request (CSR) to certify its key.',
    pick: 'Choose a request…',
    paste: 'or paste it',
    read: 'Read it',
    none: (found: FoundKinds): string =>
      `There is no request in it.${foundInstead(found)} A request begins with “-----BEGIN CERTIFICATE REQUEST-----”, or is a .csr or .p10 file.`,
    pasted: 'what was pasted',
    taken: (file: string, key: string): string => `The key in ${file} (${key}) will be certified.`,
    impossible: (file: string, key: string): string => `The key in ${file} (${key}) cannot be certified.`,
    possession: {
      valid: 'Its signature proves that its maker has the private key.',
      invalid:
        'Its signature is wrong, so possession of the private key is not proved. Ask its owner for a new one.',
      unchecked: 'Its signature cannot be checked here, so possession of the key is not proved.',
    },
    choose: 'Use this one',
    together: (n: number): string => `Certify all ${number(n)} together…`,
    without: 'Make a key here instead',
  },
  title: 'Issue a certificate',
  rootTitle: 'Make a root',
  leadRoot: 'A root signs itself. Everything below it is trusted because the root is.',
  lead: 'Four decisions; the rest has safe defaults under “More”.',
  /** What a form offers too little of. */
  unread: {
    profiles: 'Your own profiles could not be read; those that come with Rootcellar are offered.',
    algorithms: 'Which keys this browser can make could not be read.',
  },
  who: 'Who signs it',
  self: 'Itself: a new root',
  noAuthority: 'No authority here can sign. Make a root first.',
  purpose: 'What it is for',
  profiles: {
    root: { label: 'Root', hint: 'The anchor of a hierarchy. Signs intermediates.' },
    intermediate: { label: 'Intermediate', hint: 'A CA below another. Signs the certificates people use.' },
    tlsServer: { label: 'TLS server', hint: 'A web server or any service with a name.' },
    tlsClient: { label: 'TLS client', hint: 'A person or program that proves itself to a server.' },
    mtls: { label: 'Both ends of mTLS', hint: 'A service that is server and client.' },
    ocspSigner: { label: 'OCSP signer', hint: 'Tells for this CA whether certificates are revoked.' },
    codeSigning: { label: 'Code signing', hint: 'Signs programs.' },
    email: { label: 'E-mail (S/MIME)', hint: 'Signs and encrypts mail.' },
    timeStamping: { label: 'Time stamping', hint: 'Signs when something existed.' },
    custom: { label: 'Custom', hint: 'Nothing is chosen for you; every field is under “More”.' },
  } as Readonly<Record<string, { label: string; hint: string }>>,
  name: 'Name',
  nameHints: {
    ca: 'What people will read, such as “Example Root 2026”. It cannot be changed later.',
    server: 'Shown to people (commonName). It may stay empty: programs look at the names it is valid for.',
    person: 'The person, service or device (commonName).',
  },
  names: 'Names and addresses it is valid for',
  namesHint:
    'One per line: host.example.com, *.example.com, 10.0.0.1, ada@example.com, spiffe://example.com/x. A prefix sets the kind: dns: ip: email: uri: dn: upn: rid:',
  namesRead: 'Read as',
  namesUnreadable: (n: number): string =>
    plural(
      n,
      '1 line is not a name: see below. Change or remove it.',
      `${number(n)} lines are not names: see below. Change or remove them.`,
    ),
  namesMissing: 'Type at least one name: programs compare nothing else with what they connect to.',
  nameMissing: 'A CA needs a name: what it signs refers to it by that.',
  nameTooLong: (length: number, limit: number): string =>
    `This name has ${number(length)} characters; at most ${number(limit)} are allowed. Shorten it.`,
  countryFault: 'A country is two letters, such as SE or DE.',
  /** Before the form of an international name that the certificate contains. */
  aLabel: 'in the certificate:',
  /** Why a text is not a name, behind `notA`. */
  whyNot: {
    spaces: 'it has a space. Each name has a line of its own',
    star: 'a star may only be its whole first part, as in *.example.com',
    dots: 'it begins or ends with a dot, or has two in a row',
    hyphen: 'a part of it begins or ends with a hyphen',
    long: 'a part of it is longer than 63 characters, or the whole than 253',
    'over-255': 'each of its four numbers is at most 255',
  },
  kinds: {
    dNSName: 'DNS name',
    iPAddress: 'IP address',
    rfc822Name: 'E-mail',
    uniformResourceIdentifier: 'URI',
    directoryName: 'Directory name',
    registeredID: 'Registered ID',
    userPrincipalName: 'User principal name',
    otherName: 'Other name',
  },
  /** Why a text is not this kind of name. */
  notA: {
    dNSName: 'is not a DNS name',
    iPAddress: 'is not an IP address',
    rfc822Name: 'is not an e-mail address',
    uniformResourceIdentifier: 'is not a URI, which begins with a scheme such as https: or urn:',
    directoryName: 'is not a directory name, which is written CN=Ada,O=Example',
    registeredID: 'is not an OID',
    userPrincipalName: 'is not a user principal name, which is written ada@corp.example',
    otherName: 'is not an other name, which is written OID;UTF8:text, or OID; and DER in hexadecimal',
  },
  validity: 'How long',
  lengths: {
    days: lifetime,
    years: (years: number): string => count(years, 'year'),
    until: (length: string, end: Date): string => `${length}, until ${calendarDay(end)}`,
    withIssuer: (end: Date): string => `Until its issuer ends, ${calendarDay(end)}`,
    usual: (length: string, note: string): string => (note === '' ? length : `${length}. ${note}`),
    cutToIssuer:
      'Nothing is accepted after the end of the CA that signed it. To choose a later end, type the date.',
    /** What the public web allows a certificate issued today, beside the length chosen. */
    publicWeb: {
      within: (days: number, at: Date, next: PublicStep): string =>
        `Issued today (${calendarDay(at)}), a certificate of the public web may last ${count(days, 'day')}.${upTo(next)}`,
      exactly: (_days: number, at: Date, next: PublicStep): string =>
        `The longest that the public web allows for a certificate issued today (${calendarDay(at)}).${upTo(next)}`,
      over: (days: number, at: Date): string =>
        `Longer than the ${count(days, 'day')} that the public web allows for a certificate issued today (${calendarDay(at)}). That binds public CAs, not your own.`,
      apple: (days: number, at: Date): string =>
        `The longest that Apple accepts for TLS, from any root. The public web allows ${count(days, 'day')} for a certificate issued today (${calendarDay(at)}).`,
      'over-apple': (): string =>
        'Apple’s programs refuse it: they accept at most 825 days for TLS, from any root.',
    },
    /** Why a length is the one chosen beforehand. */
    reasons: {
      root: 'The usual life of a root: every program that trusts it has to be given the next one by hand.',
      intermediate:
        'The usual life of an intermediate: half of its root’s, so that the root sees its successor.',
      tlsClient: 'A year: short enough that a lost key stops working, long enough to renew by hand.',
      ocspSigner: 'A responder’s certificate is not checked for revocation itself, so it is kept short.',
      codeSigning: 'The usual life of a key that signs programs.',
      email: 'Two years: mail is encrypted to it, and a new key does not open the old mail.',
      timeStamping: 'Time stamps are checked for years after they were made.',
    } as Readonly<Record<string, string>>,
    faults: {
      'before-start': (): string => 'This is not after its beginning. Choose a later date.',
      impossible: (): string => 'A certificate’s dates are between the years 1950 and 9999.',
      'after-issuer': (issuer: Date | null): string =>
        `This is after the end of the CA that signs it${issuer ? ` (${moment(issuer)})` : ''}: from then on, no program accepts it.`,
    },
  },
  dates: 'From and to dates I choose',
  notBefore: 'Not before (UTC); empty: a few minutes ago',
  notAfter: 'Not after (UTC)',
  key: 'Key',
  keyAlgorithm: 'Key algorithm',
  mailSignsOnly:
    'Such a key only signs: nobody can encrypt mail to this certificate. Use an RSA or EC key if they should.',
  keyHint:
    'P-256 and P-384 are accepted everywhere. Browsers refuse Ed25519 and P-521 on web servers; ML-DSA is post-quantum and young.',
  notSupported: 'this browser cannot',
  notSupportedHint: (names: string): string =>
    `This browser’s WebCrypto cannot make ${names}. Another browser may. Rootcellar has no substitute in script.`,
  signature: 'Signature by the issuer',
  signatureDefault: 'The usual one for the issuer’s key',
  /** What the fold of the key holds. */
  keyInside: {
    vault: (algorithm: string): string => `${algorithm}, sealed in the vault`,
    'own-passphrase': (algorithm: string): string => `${algorithm}, with a passphrase of its own`,
    sealed: (algorithm: string): string => `${algorithm}, sealed in the vault`,
    pkcs12: (algorithm: string): string => `${algorithm}, handed out once as PKCS#12`,
    pkcs8: (algorithm: string): string => `${algorithm}, handed out once as PKCS#8`,
  },
  /** What was changed under "More". */
  changed: {
    nothing: 'nothing changed',
    attributes: (n: number): string => count(n, 'attribute'),
    constraints: (): string => 'CA constraints',
    usage: (): string => 'usage',
    policies: (): string => 'policies',
    addresses: (n: number): string => count(n, 'address', 'addresses'),
    listSigner: (): string => 'the signer of its lists',
    mustStaple: (): string => 'stapling',
    extensions: (n: number): string => count(n, 'extension'),
  },
  caKey: 'How the new CA key is kept',
  caKeys: {
    vault: { label: 'Sealed in the vault', hint: 'It can sign whenever the vault is open.' },
    'own-passphrase': {
      label: 'With its own passphrase too',
      hint: 'The vault’s passphrase alone cannot use it.',
    },
  },
  endEntityKey: 'What happens to the new key',
  endEntityKeys: {
    sealed: {
      label: 'Keep it sealed in the vault',
      hint: 'It can be exported again later. This is the default.',
    },
    pkcs12: { label: 'Hand it out once as PKCS#12, then forget it', hint: 'With the chain, encrypted.' },
    pkcs8: { label: 'Hand it out once as PKCS#8 PEM, then forget it', hint: 'The key alone, encrypted.' },
  },
  subject: 'Subject attributes',
  attribute: 'Attribute',
  value: 'Value',
  addAttribute: 'Add an attribute',
  attributes: {
    commonName: 'Common name (CN)',
    organizationName: 'Organization (O)',
    organizationalUnitName: 'Organizational unit (OU)',
    countryName: 'Country, two letters (C)',
    stateOrProvinceName: 'State or province (ST)',
    localityName: 'Locality (L)',
    streetAddress: 'Street',
    postalCode: 'Postal code',
    serialNumber: 'Serial number (of the subject)',
    givenName: 'Given name',
    surname: 'Surname',
    title: 'Title',
    domainComponent: 'Domain component (DC)',
    userId: 'User ID (UID)',
    emailAddress: 'E-mail address (old form)',
  },
  constraints: 'CA constraints',
  pathLen: 'How many CAs may be below it (pathLen)',
  pathLenHint: 'Empty: as the profile says. 0: it signs no further CA.',
  permitted: 'Only these names may be issued below it',
  permittedHint:
    'One per line: example.com (and everything below), 10.0.0.0/8, @example.com, uri:.example.com, dn:O=Example, C=DE. Kinds not listed are unrestricted.',
  nothingElse: 'Allow nothing else: kinds of names not listed above are excluded',
  excluded: 'These names may not be issued below it',
  usage: 'Usage',
  keyUsage: 'Key usage',
  extKeyUsage: 'Extended key usage',
  fromProfile: 'As the profile says',
  answersOcsp: 'It also signs OCSP responses itself',
  answersOcspHint:
    'Adds digitalSignature to its key usage, without which its key may not sign OCSP responses. Leave it off if a responder’s certificate will sign them, or if you only use CRLs.',
  choose: 'Choose',
  moreUsages: 'Other usages, by OID',
  policies: 'Policies',
  policyOids: 'Certificate policies, one OID per line; a CPS address may follow after a space',
  mappings: 'Policy mappings, one per line: 1.2.3 -> 1.2.4',
  requireExplicitPolicy: 'requireExplicitPolicy, after how many CAs',
  inhibitPolicyMapping: 'inhibitPolicyMapping, after how many CAs',
  inhibitAnyPolicy: 'inhibitAnyPolicy, after how many CAs',
  revocation: 'Where to look for more',
  crlUrls: 'CRL addresses (CRL DP), one per line',
  crlIssuer: 'Its revocation lists are signed by (cRLIssuer)',
  crlIssuerHint:
    'If not the issuer, the certificate says so, and programs look for the list that the other CA signs for it (an indirect list). OpenSSL and Java understand this, browsers do not.',
  crlIssuers: { issuer: 'the CA that issues it', other: 'another one, by its name' },
  crlIssuerName: 'Name of the one that signs the lists',
  crlIssuerNameHint: 'As in its certificate: CN=Example List Signer,O=Example Works,C=SE',
  ocspUrls: 'OCSP addresses (AIA), one per line',
  issuerUrls: 'Addresses of the issuer’s certificate (AIA), one per line',
  /** A CA's own setting for these. */
  addressSetting: {
    title: 'Addresses for what it issues',
    lead: 'Filled in for every certificate this CA signs from now on: single, in a batch, certified or renewed. What is chosen for one certificate, or by its profile, comes first; a renewal keeps the addresses that the certificate had.',
    crl: 'Addresses of its revocation list (CRL DP), one per line',
    crlHint:
      'Such as http://pki.example.com/ca.crl. Use http: a program that has to check another certificate first to fetch the list may go in a circle.',
    ocsp: 'Addresses of its OCSP responder (AIA), one per line',
    caIssuers: 'Addresses of its own certificate (AIA caIssuers), one per line',
    save: 'Save the addresses',
    saved: 'Saved. What is issued from now on has these addresses.',
    none: 'none',
    some: (n: number): string => count(n, 'address', 'addresses'),
    inForm: (n: number): string => `${count(n, 'address', 'addresses')} from the CA’s setting`,
    /** Below a field that is left empty. */
    fromSetting: (addresses: string): string => `Empty: from the CA’s setting, ${addresses}`,
    faults: {
      'not-an-address': (line: string): string =>
        `“${line}” is not an address. One is written http://pki.example.com/ca.crl, without spaces.`,
      scheme: (line: string): string =>
        `Nothing can be fetched from “${line}”. An address begins with http://, https:// or ldap://.`,
    },
  },
  mustStaple: 'Server must staple an OCSP response (TLS feature 5)',
  other: 'Any other extension',
  addExtension: 'Add an extension',
  oid: 'OID',
  critical: 'Critical',
  der: 'Value as DER, in hex or base64',
  review: 'Review it…',
  reviewing: 'Building the certificate and reading it back',
  startOver: 'Start over',
  reviewTitle: 'Review before signing',
  nothingPrepared: 'Nothing is waiting to be signed.',
  toForm: 'Back to the form',
  toFormChange: 'Change something',
  field: 'Field',
  from: 'From',
  origins: {
    profile: 'profile',
    setting: 'the CA’s setting',
    operator: 'you',
    issuer: 'issuer',
    computed: 'computed',
    request: 'request',
    former: 'the one before',
    outside: 'the other CA',
  },
  emptyValue: 'empty',
  nameless: 'This certificate',
  willSign: (issuer: string, subject: string): string =>
    subject === ''
      ? `${issuer} will sign a certificate without a name.`
      : ended(`${issuer} will sign a certificate for ${subject}`),
  willMakeRoot: (subject: string): string =>
    `A new key is made for ${subject} and signs its own certificate.`,
  cannotUndo:
    'A signature cannot be taken back. A certificate can be revoked; a root can only be taken out of the trust stores it was put into.',
  stops: 'This cannot be signed',
  stopsAdvice: 'Go back and change what is named here.',
  warnings: 'Read this before you sign',
  acknowledge: 'I have read it and want to sign',
  notes: 'Worth knowing',
  passphrase: 'Passphrase for the new key',
  passphraseAgain: 'The same passphrase again',
  passphraseHintCa:
    'Needed each time this CA signs; between signatures the key is closed. Nothing else opens it, neither the passphrase of the vault nor the recovery passphrase: if it is lost, so is the key.',
  passphraseHintFile: 'Opens the file with the key. Give it to the owner separately from the file.',
  remark: 'Remark for the journal',
  sign: 'Sign the certificate',
  signRoot: 'Make the root',
  signing: 'Making the key and signing',
  issuedTitle: (name: string): string => `${name} is issued`,
  issuedLead: 'It is stored, and its signature was verified with the issuer’s certificate.',
  keyOnce: 'The key is handed out once. Save it now: it is not kept here.',
  saveKey: 'Save the key',
  keyGone:
    'The vault was locked before the key was saved. It was handed out once and is not kept here, so it is gone. Revoke this certificate, and issue another one with a new key.',
  keyWasSaved:
    'You saved the key before the vault was locked. That file is the only copy: it is not kept here.',
  sendBack: {
    title: 'Send it back',
    lead: 'The maker of the request has its key. Send the chain there.',
    leadCa:
      'The maker of the request has its key. Send the chain there, with the certificate revocation list (CRL) of the CA that signed it.',
    chain: 'Chain with the root, PEM',
    list: (issuer: string, number: string | null): string =>
      `CRL of ${issuer}${number === null ? '' : `, number ${number}`}`,
    noList: (issuer: string): string => `${issuer} has no current revocation list.`,
    signList: 'Sign one…',
  },
  next: 'Issue another',
  nextBelow: 'Issue below it',
  seeIt: 'See the certificate',
  seeHierarchy: 'See the hierarchy',
  profilesTitle: 'Profiles',
  profilesLead:
    'What a certificate for each purpose contains. Your own profiles are listed with the built-in ones and can be exported as JSON.',
  importProfile: 'Import…',
  exportProfile: 'Export',
  removeProfile: 'Remove',
  useProfile: 'Issue with it',
  dropProfile: 'Drop a profile to import it',
  saveProfileHint: 'Keeps key, validity and extensions; names and dates are entered each time.',
  saveProfileSubmit: 'Save the profile',
  saveProfile: 'Save as a profile…',
  profileName: 'Name of the profile',
  profileSaved: (name: string): string => `The profile ${name} is saved.`,
  builtIn: 'Built in',
  own: 'Your own',
  ca: 'CA',
  endEntity: 'End entity',
  batchTitle: 'Issue many at once',
  batchLead:
    'One certificate for each line of a table. Bad lines are reported; the good ones are still issued.',
  table: 'The table',
  tableHint:
    'CSV, or cells pasted from a spreadsheet. The first line names the columns: commonName, dns, ip, email, uri, organizationName …',
  tableExample:
    'commonName,dns\napi.example.com,api.example.com\nweb.example.com,"web.example.com www.example.com"',
  pickTable: 'Choose a CSV file…',
  dropTable: 'Drop the CSV file to read it',
  readTable: 'Read the table',
  batchKeys: 'What happens to the keys',
  plan: (good: number, bad: number): string =>
    bad === 0
      ? `${count(good, 'line')} can be issued.`
      : `${count(good, 'line')} can be issued; ${count(bad, 'line')} cannot.`,
  tryingRows: 'Trying each line',
  warned: (n: number): string =>
    `${plural(n, '1 more line has a warning. It is', `${number(n)} more lines have warnings. They are`)} left out until you accept that:`,
  line: (n: number): string => `Line ${n}`,
  rowProblems: {
    'too-few-columns': 'has fewer cells than there are columns',
    'too-many-columns': 'has more cells than there are columns',
    'unknown-column': 'has an unknown column',
    'no-name': 'has no name: give it a commonName or a name it is valid for',
    'no-alternative-name':
      'has no name it is valid for: give it one, or a common name that is a DNS name, an address or an e-mail',
    'bad-value': 'has a value that cannot be used',
    refused: 'was refused',
    duplicate: 'repeats an earlier line',
    failed: 'failed',
  } as Readonly<Record<string, string>>,
  signMany: (n: number): string => `Sign ${count(n, 'certificate')}`,
  signingMany: 'Making keys, signing and storing',
  pause: 'Pause',
  resume: 'Continue',
  paused: 'Paused. What is issued so far is stored.',
  signsNoMore: (name: string): string =>
    `${name} no longer issues certificates. Choose another CA; everything else you entered is kept.`,
  prepareAgain: 'Prepare it again',
  chooseAnother: 'Choose another CA',
  batchDone: (n: number): string => `${count(n, 'certificate')} issued and stored.`,
  batchLeft: (n: number, line: number): string =>
    `${count(n, 'row')} ${plural(n, 'is', 'are')} left without a certificate, from line ${number(line)} on.`,
  saveZip: 'Save the ZIP again',
  zipGone: (handedOut: boolean): string =>
    handedOut
      ? 'The vault was locked before the ZIP was saved. The certificates are stored, but their keys were handed out once and are gone. Revoke these certificates, and issue new ones.'
      : 'The vault was locked before the ZIP was saved. The certificates and their keys are stored: save each from its page.',
  zipWasSaved: (handedOut: boolean): string =>
    handedOut
      ? 'The ZIP was saved before the vault was locked. That file is the only copy of the keys: they are not kept here.'
      : 'The ZIP was saved before the vault was locked. The certificates and their keys are stored too: save each from its page.',
  until: (at: Date): string => `until ${day(at)}`,
  at: (at: Date): string => moment(at),
}
