import { count, day } from '../format.ts'

/** Requests: those made here, what comes back, CAs kept elsewhere. */
export const requests = {
  title: 'Requests',
  lead: 'A request (CSR) carries a public key to the CA that certifies it. The private key stays where it was made.',
  make: 'Make a request…',
  empty:
    'Requests made here for another CA, and those you sign for others, will stand here with what became of them.',
  columns: { name: 'For', key: 'Key', made: 'Since', state: 'State' },
  origins: { made: 'made here', received: 'came from elsewhere' },
  ca: 'CA',
  waiting: 'Waiting for its certificate',
  answered: (issuer: string): string => `Certified by ${issuer}`,

  makeTitle: 'Make a request',
  makeLead:
    'For a certificate that another CA signs. The key is made and sealed here; what comes back finds it by itself.',
  purpose: 'What the certificate is for',
  keyFrom: 'Its key',
  keyFroms: {
    generate: {
      label: 'Make a new key here',
      hint: 'It is sealed in this vault and never leaves by itself.',
    },
    brought: {
      label: 'Bring a key',
      hint: 'A file with a private key: PKCS#8, PKCS#12, PEM or JWK, encrypted or not. It is sealed in this vault.',
    },
  },
  pickKey: 'Choose the key file…',
  pickedKey: (name: string): string => `Its key comes from ${name}.`,
  keyPassphrase: 'Passphrase of the key file, if it has one',
  more: 'More that it asks for',
  submit: 'Make the request',
  making: 'Making the key and signing the request with it',

  made: (name: string): string => `Request for ${name}`,
  state: {
    waiting: 'Send this request to the CA that is to sign it. When its certificate comes back, drop it here.',
    waitingReceived: 'It is stored, and waits to be certified.',
    answered: 'This request has its certificate.',
  },
  toCertificate: 'See the certificate',
  save: { pem: 'Save as PEM', der: 'Save as DER' },
  saved: (name: string): string => `${name} is in your downloads.`,
  pem: 'The request as PEM',
  fields: 'What it asks for',
  fieldsAnswered: 'What it asked for, and what it was given',
  remove: 'Give it up…',
  removeTitle: 'Give up this request',
  removeLead: (name: string): string =>
    `The request for ${name} and the key made for it are deleted. A certificate that still comes for it could not be used.`,
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
    lead: 'A CA whose key is on another machine, on a card or with somebody else. It stands in the hierarchy by its certificate, so that what is below it finds its place. It cannot sign here.',
    hint: 'Its certificate, and those above it if you have them.',
    action: 'Add a CA kept elsewhere',
  },

  answerTitle: 'What came back',
  answerNothing: 'Nothing is waiting to be looked at.',
  answerNone: 'There is no certificate in it.',
  toRequests: 'Back to the requests',
  kinds: {
    answer: (request: string): string => `Answers the request for ${request}: its key is here.`,
    authority: 'A CA that is not here yet. It can stand in the hierarchy as kept elsewhere.',
    known: 'It is here already.',
    stranger:
      'Its key is not that of any request made here. Was the request made somewhere else, or for another key?',
  },
  becomesCa: 'It becomes a CA of this hierarchy that can sign.',
  refusals: {
    'not-a-ca':
      'The request was for a CA, and this certificate is not one: it lacks basicConstraints with cA. Ask the CA to sign it with its profile for intermediates.',
  },
  parent: (name: string): string => `Signed by ${name}.`,
  parentMissing: (issuer: string): string =>
    `Signed by ${issuer}, whose certificate is not here. It can be taken in; add that one when you have it.`,
  validity: (from: Date, to: Date): string => `From ${day(from)} to ${day(to)}`,
  verdicts: {
    valid: 'The chain stands.',
    invalid: 'The chain does not stand as it is:',
    unchecked: 'The chain cannot be checked whole in this browser.',
    exhausted: 'The chain was too entangled to be judged within the limits.',
  },
  compare: 'Asked and given, side by side',
  differs: (n: number): string => `${count(n, 'field')} ${n === 1 ? 'is' : 'are'} not as asked`,
  takeIn: 'Take it in',
  takeInName: (name: string): string => `Take in ${name}`,
  storeIt: (n: number): string => `Take in ${count(n, 'certificate')}`,
  storing: 'Storing',
  storedTitle: 'Taken in',
  storedAnswer: (name: string): string => `${name} is joined to its key.`,
  storedCa: (name: string): string => `${name} is joined to its key and can sign.`,
  storedElsewhere: (name: string): string => `${name} stands in the hierarchy, its key kept elsewhere.`,
  toHierarchy: 'See the hierarchy',

  asked: 'Asked for',
  given: 'Given',
  verdictColumn: 'So it is',
  why: 'Why',
  nothing: 'nothing',
  compared: {
    same: 'as asked',
    changed: 'changed',
    added: 'added',
    'left-out': 'left out',
  },
}
