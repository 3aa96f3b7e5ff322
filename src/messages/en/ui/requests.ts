import type { FoundKinds } from '../../../containers/pile/found-kinds.ts'
import { foundInstead } from '../found-kinds.ts'
import { count, day, ended, list, number, plural } from '../format.ts'

/** What becomes of a name that cannot be taken as written, unless its replacement is confirmed. */
const left = (isOnly: boolean): string =>
  isOnly ? 'the certificate has no name it is valid for' : 'this name is left out'

/** Requests: those made here, what comes back, CAs kept elsewhere. */
export const requests = {
  title: 'Requests',
  reading: 'Reading the requests',
  lead: 'A request (CSR) carries a public key to the CA that certifies it. The private key stays where it was made.',
  make: 'Make a request…',
  empty: 'No requests yet. Those you make for another CA are listed here, and those you certify for others.',
  columns: { name: 'For', key: 'Key', made: 'Since', state: 'State' },
  origins: { made: 'made here', received: 'came from elsewhere' },
  ca: 'CA',
  waiting: 'Waiting for its certificate',
  answered: (issuer: string): string => `Certified by ${issuer}`,

  makeTitle: 'Make a request',
  makeLead:
    'For a certificate that another CA signs. The key is made and sealed here; the certificate that comes back is matched to it.',
  purpose: 'What the certificate is for',
  keyFrom: 'Its key',
  keyFroms: {
    generate: {
      label: 'Make a new key here',
      hint: 'It is sealed in this vault and leaves only if you export it.',
    },
    brought: {
      label: 'Bring a key',
      hint: 'A file with a private key: PKCS#8, PKCS#12, PEM or JWK, encrypted or not. It is sealed in this vault.',
    },
  },
  keyKept: {
    label: (name: string): string => `The key of ${name}`,
    hint: 'It stays here. The certificate that comes back is joined to it.',
  },
  again: 'Request a certificate for its key elsewhere…',
  pickKey: 'Choose the key file…',
  pickedKey: (name: string): string => ended(`Its key comes from ${name}`),
  keyPassphrase: 'Passphrase of the key file, if it has one',
  more: 'More that it asks for',
  submit: 'Make the request',
  making: 'Making the key and signing the request with it',

  made: (name: string): string => `Request for ${name}`,
  cannotOpen: 'This request cannot be shown',
  state: {
    waiting: 'Send this request to the CA that will sign it. When its certificate comes back, drop it here.',
    waitingReceived: 'It is stored and waiting to be certified.',
    answered: 'This request has its certificate.',
  },
  toCertificate: 'See the certificate',
  save: { pem: 'Save as PEM', der: 'Save as DER' },
  saved: (name: string): string => `${name} is in your downloads.`,
  pem: 'The request as PEM',
  fields: 'What it asks for',
  fieldsAnswered: 'What it asked for, and what it got',
  remove: 'Give it up…',
  removeTitle: 'Give up this request',
  removeLead: (name: string): string =>
    `The request for ${name} is deleted, and the key made for it unless another request uses it. A certificate that later comes for a deleted key cannot be used.`,
  removeLeadReceived: (name: string): string => `The request for ${name} is deleted. Its key was never here.`,
  removeSubmit: 'Give up the request',
  removed: 'The request is gone.',

  intake: {
    title: 'A certificate came back',
    hint: 'With its chain, if there is one. It is shown before anything is stored.',
    drop: 'Drop what the CA sent: certificates in any form.',
    pick: 'Choose files…',
    paste: 'Certificates, as text',
    pasteMore: 'or paste it',
    read: 'Look at it',
    pasted: 'pasted.pem',
  },
  elsewhere: {
    title: 'Add a CA kept elsewhere',
    lead: 'A CA whose key is on another machine, on a card or with somebody else. Its certificate puts it in the hierarchy, so that what is below it has a place. It cannot sign here.',
    hint: 'Its certificate, and those above it if you have them.',
    action: 'Add a CA kept elsewhere',
  },

  answerTitle: 'What came back',
  answerNothing: 'Nothing is waiting to be reviewed.',
  answerNone: (found: FoundKinds): string => `There is no certificate in it.${foundInstead(found)}`,
  answerRequests: (n: number): string =>
    plural(n, 'Certify the request…', `Certify the ${number(n)} requests…`),
  toRequests: 'Back to the requests',
  kinds: {
    answer: (request: string): string => `Certificate for the request ${request}: its key is here.`,
    authority: 'A CA that is not here yet. It can be added to the hierarchy as kept elsewhere.',
    known: 'It is here already.',
    stranger:
      'Its key belongs to no request made here. Was the request made somewhere else, or for another key?',
  },
  becomesCa: 'It becomes a CA of this hierarchy that can sign.',
  refusals: {
    'not-a-ca':
      'The request was for a CA, and this certificate is not one: it lacks basicConstraints with cA. Ask the CA to sign it with its profile for intermediates.',
    'issuer-missing':
      'Nothing here shows that its issuer signed it: the issuer’s certificate is not here. Add that one together with this one.',
    unchecked:
      'Its signature cannot be verified in this browser, which does not know the algorithm. Ask the CA for a signature by a common one.',
    'not-signed':
      'It is not signed by its issuer: its signature does not verify with the key of any CA of that name. Ask the CA for its certificate, and add the one of the CA that signed it with it.',
    'key-of-another':
      'Its key is that of a CA here with another name. A CA is one name with one key: ask for a certificate with the same name, or make a new key.',
  },
  parent: (name: string): string => ended(`Signed by ${name}`),
  parentMissing: (issuer: string): string =>
    `Signed by ${issuer}, whose certificate is not here. You can add this one now, and that one when you have it.`,
  validity: (from: Date, to: Date): string =>
    day(from) === day(to) ? `On ${day(from)} alone` : `From ${day(from)} to ${day(to)}`,
  verdicts: {
    valid: 'The chain is valid.',
    invalid: 'The chain is not valid:',
    unchecked: 'The chain could not be fully checked in this browser.',
    exhausted: 'The chain could not be checked within the limits of the search.',
  },
  compare: 'Asked and given, side by side',
  differs: (n: number): string => `${count(n, 'field')} ${plural(n, 'is', 'are')} not as requested`,
  takeInName: (name: string): string => `Add ${name}`,
  storeIt: (n: number): string => `Add ${count(n, 'certificate')}`,
  storing: 'Storing',
  storedTitle: 'Added',
  storedAnswer: (name: string): string => `${name} is joined to its key.`,
  storedCa: (name: string): string => `${name} is joined to its key and can sign.`,
  storedElsewhere: (name: string): string => `${name} is in the hierarchy, with its key kept elsewhere.`,
  toHierarchy: 'See the hierarchy',

  asked: 'Requested',
  given: 'Given',
  verdictColumn: 'Result',
  why: 'Why',
  nothing: 'nothing',
  compared: {
    same: 'as requested',
    changed: 'changed',
    added: 'added',
    'left-out': 'left out',
  },

  takeLegend: 'Taken from the request',
  takeHint: 'Subject and names are taken. Choose what else; the profile decides the rest.',
  notTaken: {
    computed: 'Left out: it is computed from the keys.',
    'issuer-decides': 'Left out: the issuer decides this.',
    'ca-only': 'Left out: only a CA has this.',
    'not-in-profile': 'Left out: the profile does not allow it.',
    'as-profile': 'The profile’s value is used instead.',
    'not-chosen': 'Left out: not chosen.',
    'no-place': 'Left out: a certificate has no place for it.',
  },
  /** Names of a request that are not ASCII, and what is offered instead. */
  faulty: {
    use: {
      'a-label': (value: string): string => `Use ${value}`,
      smtpUTF8Mailbox: (value: string): string => `Use ${value} as an SmtpUTF8Mailbox`,
    },
    because: {
      'a-label': (text: string, isOnly: boolean): string =>
        `“${text}” is not allowed as written: names in a certificate are ASCII. This is the same domain as an A-label; without it, ${left(isOnly)}.`,
      smtpUTF8Mailbox: (text: string, isOnly: boolean): string =>
        `“${text}” is not allowed as written: an rfc822Name is ASCII. RFC 9598 defines a form for such a mailbox; the programs that check the certificate must know it. Otherwise ${left(isOnly)}.`,
    },
  },
  changedBecause: 'from the request, as far as the profile allows',
  readBecause: 'from the request, as far as it can be read',
  compareTitle: 'Request and certificate, side by side',
  allFields: 'All fields of the certificate',
  forRequest: 'It was issued for a request that is stored with it.',
  seeRequest: 'See the request',
  certifyIt: 'Certify it…',
  certifyAction: 'Certify requests…',

  /** Read aloud by the sender of the request, and compared here. */
  aloud: {
    sha256: 'SHA-256 of the request (DER)',
    key: 'Words of its key',
    compared: (name: string): string => `${name}: compared with what its sender reads out or sent on paper`,
    how: 'The sender gets the same sum from: openssl req -in request.csr -outform DER -out request.der && openssl sha256 request.der',
  },
  certify: {
    title: 'Certify requests',
    lead: 'Certificates for keys that were made elsewhere. One request or many; each is shown beside the certificate it would get.',
    drop: 'Drop requests (CSR): one or many, in any form.',
    hint: 'PEM or DER, one or many in a file, a whole folder. Nothing is signed before you have seen it.',
    pickFolder: 'Choose a folder…',
    paste: 'Requests, as text',
    read: 'Read them',
    none: (found: FoundKinds): string => `There is no request in it.${foundInstead(found)}`,
    clear: 'Clear the page',
    unnamed: 'Without a name',
    found: (n: number): string => count(n, 'request'),
    rest: (n: number): string => `${number(n)} more`,
    possession: {
      valid: 'proves possession of its key',
      invalid: 'its signature is wrong: possession of the key is not proved; it is not certified',
      unchecked: 'its signature cannot be checked here; choose it only if you know otherwise',
    },
    /** What a finding about its key calls the request. */
    thisRequest: 'This request',
    notices: {
      'lists-joined': (lists: number): string =>
        `It asks for extensions in ${number(lists)} places. They are combined; if they differ, the PKCS#9 attribute takes precedence over Microsoft’s, and an earlier one over a later one.`,
      'asked-again': (field: string, differs: boolean): string =>
        differs
          ? `${field} is asked for more than once, each time differently. The first is taken. Ask for a new request if another was intended.`
          : `${field} is asked for more than once, each time the same. It is taken once.`,
      'subject-no-text': (field: string): string =>
        `The subject’s ${field} is not text in the encoding it claims. It is left out of the certificate; to include it, ask for a new request in UTF-8.`,
      'not-read': (field: string): string =>
        `It asks for ${field}, but its octets cannot be read. Nothing of it goes into the certificate. Ask for a new request if it matters.`,
      'name-not-taken': (name: string): string =>
        `It asks for the name ${name}, which cannot be used: its octets are not text of its kind, or names of its kind cannot be written here. Ask for a new request.`,
      'name-offered': (name: string, instead: string): string =>
        `It asks for the name ${name}, which is not allowed as written. It is left out unless you confirm ${instead} instead.`,
      'password-again': (passwords: number): string =>
        `It has ${number(passwords)} challenge passwords, but one is allowed. None goes into a certificate; only the first is shown.`,
      'attributes-left': (attributes: readonly string[], all: number): string =>
        `It also carries ${list(all > attributes.length ? [...attributes, count(all - attributes.length, 'more', 'more')] : attributes)}. A certificate has no place for ${all > 1 ? 'these' : 'this'}: nothing of ${all > 1 ? 'them' : 'it'} is certified.`,
    },
    notPossible: 'it cannot be certified: see below',
    asksToBe: (profile: string): string => `asks to be: ${profile}`,
    usualLength: 'As the profile says',
    sameKey: 'For the same key as another one here.',
    purpose: 'Profile',
    purposeHint:
      'Proposed from what the requests ask for. One profile for all the selected requests; certify the others afterwards.',
    preview: (n: number): string =>
      plural(n, 'Show what it would get', `Show what the ${number(n)} would get`),
    previewing: 'Preparing each and reading it back',
    previewTitle: 'What each would get',
    cannot: 'cannot be signed',
    warned: (n: number): string => count(n, 'warning'),
    asAsked: 'as requested',
    differs: (n: number): string => `${count(n, 'field')} not as requested`,
    signing: 'Signing and storing',
    keep: 'Keep for later',
    kept: 'The requests are kept on this page.',
    done: (n: number): string => `${count(n, 'certificate')} signed and stored, each beside its request.`,
    left: (n: number): string =>
      `${count(n, 'request')} ${plural(n, 'is', 'are')} left as ${plural(n, 'it was', 'they were')}: no certificate, and nothing stored.`,
    zip: 'Save them with their chains',
    zipGone:
      'The vault was locked, so the file with all of them was dropped. They are stored: save each from its page.',
  },

  recipe: {
    title: 'A request from another machine',
    lead: 'Commands for the holder of the key: they make the key and the request there, and the key stays there. Send them on.',
    action: 'How to make one elsewhere',
    program: 'Program',
    programs: {
      openssl: { label: 'OpenSSL', hint: 'Linux, macOS, most servers.' },
      keytool: { label: 'keytool', hint: 'Java: Tomcat, Kafka and the like.' },
      certtool: { label: 'certtool', hint: 'GnuTLS.' },
      powershell: {
        label: 'PowerShell',
        hint: 'Windows, run as administrator; the key goes into the machine’s store.',
      },
    },
    namesHint: 'One per line: DNS names, IP addresses, e-mail addresses or URIs.',
    paste: (program: string): string => `For ${program}, to paste there`,
    what: 'the commands',
    send: (file: string): string => `Then ${file} is the request. It is not secret; have it sent to you.`,
    answers: {
      openssl: 'The certificate you send back goes next to the key file.',
      keytool:
        'The certificate you send back, with its chain, goes into the same store: keytool -importcert.',
      certtool: 'The certificate you send back goes next to the key file.',
      powershell: 'The certificate you send back is joined to its key there: certreq -accept.',
    },
    nothing: 'Type a name to see the commands.',
    cannot:
      'This program cannot make such a request: it lacks the key algorithm, or a character of a name would break its commands. Choose another program.',
  },
}
