import type { StepAct } from '../../../ceremony/plan.ts'
import { count, list, moment, number, second } from '../format.ts'
import { ceremonyReport } from './ceremony-report.ts'

/** Words of a ceremony's paper: what is printed before it, what is filled in after it, and the report. */
export const ceremonySheets = {
  report: ceremonyReport,
  mark: 'REHEARSAL',
  ofRehearsal: (title: string): string => `REHEARSAL · ${title}`,
  kinds: { live: 'Live', rehearsal: 'Rehearsal, with keys that are thrown away' },
  statements: {
    rehearsal:
      'This is a rehearsal. Its keys are thrown away, and nothing on these sheets is to be trusted, published or kept in place of the live record.',
    live: 'This is the live ceremony: what is signed here counts.',
    before: 'Printed before the ceremony, to be filled in by hand.',
    after: (lines: number, head: string): string =>
      `Filled in from the transcript up to line ${number(lines)}, whose SHA-256 is ${head}. What is blank is filled in by hand.`,
  },
  planHash: (sha256: string): string => `Plan, SHA-256 ${sha256}`,
  all: 'Sheets',
  save: { live: 'Save the sheets to print', rehearsal: 'Save the sheets of the rehearsal' },
  saveReport: 'Save the report',
  saveReportHint: 'It names what was made and must not be published, and has room for what only people know.',
  saveHint: 'One page of all sheets to fill in, each with the words of the plan. Open it and print it.',
  names: {
    plan: 'Plan and script',
    roll: 'Roll call',
    materials: 'Materials',
    words: 'Hashes and their words',
    keys: 'Key inventory',
    exceptions: 'Exceptions',
    destruction: 'Destruction',
    signOff: 'Sign-off',
  },
  roles: {
    administrator: 'administrator',
    operator: 'operator',
    holder: 'holder of a secret',
    witness: 'internal witness',
    'external-witness': 'external witness',
    auditor: 'auditor or notary',
  },
  none: 'None.',
  notUsed: 'Not used',
  notDone: 'Not done',
  byHand: 'by hand',
  initials: 'Initials',
  time: 'Time (UTC)',
  nobody: '(not in the plan)',
  page: 'the page itself',
  range: (from: Date, to: Date): string => `${second(from)} to ${second(to)}`,
  agreed: (names: readonly string[]): string => list(names),
  plan: {
    fields: {
      title: 'Ceremony',
      purpose: 'Purpose',
      kind: 'Kind',
      place: 'Place',
      window: 'To be held',
      tool: 'The file, SHA-256',
      previous: 'Previous ceremony, head of its transcript',
      words: 'Words for hashes',
    },
    noPrevious: 'none: this is the first',
    signed: 'What is made and signed',
    certificate: (id: string): string => `Certificate ${id}`,
    certificateFields: {
      subject: 'Subject',
      names: 'Alternative names',
      issuer: 'Issued by',
      key: 'Key',
      validity: 'Valid',
      signature: 'Signature',
      serial: 'Serial number',
      extensions: 'Extensions',
      section: 'Section of the policy',
    },
    selfSigned: 'itself (self-signed)',
    random: 'random, 20 octets, the first between 40 and 7F (hexadecimal)',
    noSection: 'none named',
    request: (id: string): string => `Request ${id}`,
    requestFields: { from: 'Brought by', sha256: 'SHA-256 of its DER' },
    existing: (id: string): string => `CA ${id}, which exists before the ceremony`,
    existingCertificate: 'SHA-256 of its certificate',
    revoked: (n: number): string => `It has revoked ${count(n, 'certificate')}, which stay on its lists:`,
    revokedColumns: { serial: 'Serial number', since: 'Revoked', reason: 'Reason' },
    noReason: 'none given',
    lists: (id: string): string => `Revocation lists ${id}`,
    listFields: { issuer: 'Issued by', numbers: 'Numbers', first: 'First dated', rhythm: 'Rhythm' },
    numbers: (first: string, lists: number): string => `from ${first}, ${count(lists, 'list')}`,
    rhythm: (days: number, overlap: number): string =>
      `one for every ${count(days, 'day')}, current for ${count(overlap, 'day')} more`,
    responses: (id: string): string => `OCSP responses ${id}`,
    responseFields: {
      issuer: 'For certificates of',
      signer: 'Signed by',
      about: 'About',
      hashes: 'Hashes that name a certificate',
      first: 'First dated',
      rhythm: 'Rhythm',
    },
    responseRhythm: (times: number, days: number, overlap: number): string =>
      `${count(times, 'time')}, each for ${count(days, 'day')}, current for ${count(overlap, 'day')} more`,
    accepted: 'Findings accepted beforehand',
    acceptedColumns: { code: 'Finding', on: 'On', reason: 'Reason', by: 'Accepted by' },
    script: 'The script',
    columns: { step: 'Step', who: 'Reads / does', what: 'What is done, and what is expected', done: 'Found' },
    reads: (name: string): string => `Reads: ${name}`,
    does: (name: string): string => `Does: ${name}`,
    expected: (text: string): string => `Expected: ${text}`,
    noReturn: {
      key: 'POINT OF NO RETURN 1. Up to here nothing has been made, and stopping costs nothing. The next step makes a key: after it, stopping means destroying it.',
      signature:
        'POINT OF NO RETURN 2. From here on a signature exists. Stopping does not undo it: what was signed is recorded, never published, and named in the report.',
    },
    stop: 'When to stop',
    stopLead: 'Anyone in the room may stop at any time, without giving a reason. The ceremony stops when:',
    stops: [
      'the SHA-256 of the file is not the one in the plan;',
      'the words of the plan on the screen are not those on this paper;',
      'a role is not filled, or one person fills two that must be separate;',
      'the clock is outside the planned time, or the witnesses disagree about the time;',
      'there is a finding that the plan does not accept;',
      'what is about to be signed is not what was rehearsed, outside the parts that depend on keys;',
      'the second reader reads something else than the first;',
      'a backup does not come back, or does not open.',
    ],
  },
  acts: {
    tool: {
      does: () =>
        'Compute the SHA-256 of the file rootcellar.html on a machine that is not this one, and compare it.',
      expects: () => 'The SHA-256 and words of the sheet “Hashes and their words”.',
    },
    storage: {
      does: () => 'Check that the browser keeps what it stores, and that the window is not a private one.',
      expects: () => 'An ordinary window. A promise to keep the data, where the browser makes one.',
    },
    clock: {
      does: () => 'Read the time from a clock that is not this machine’s, and compare it.',
      expects: () => 'The same time, within the planned one.',
    },
    'plan-words': {
      does: () =>
        'Read the words of the plan aloud from the screen. Everyone compares them with their paper.',
      expects: () => 'The 32 words of the sheet “Hashes and their words”, all and in order.',
    },
    'roll-call': {
      does: () => 'Call the roll. Everyone identifies themselves and signs the sheet “Roll call”.',
      expects: () => 'Everyone in the plan is present.',
    },
    vault: {
      does: () => 'Make the vault of the ceremony, or open the one that exists.',
      expects: () => 'The vault is open.',
    },
    certificate: {
      does: (on: string) => `Make and sign the certificate ${on}. Read its fields aloud before it is signed.`,
      expects: () =>
        'The same as rehearsed, outside what depends on keys. The second reader agrees. No finding that was not accepted. Write down the first four words of its SHA-256.',
    },
    request: {
      does: (on: string) => `Bring in the request ${on}. Read its SHA-256 and the words of its key aloud.`,
      expects: () => 'The SHA-256 in the plan, and the words that its owner sent by another way.',
    },
    backup: {
      does: () => 'Make a backup of the vault, and carry it off this machine.',
      expects: () => 'A file on a medium. Write down the number of the medium.',
    },
    'read-back': {
      does: () => 'Bring the backup back from its medium, and open it.',
      expects: () => 'The same SHA-256, and it opens with the passphrase.',
    },
    lists: {
      does: (on: string) => `Sign the revocation lists ${on}.`,
      expects: () => 'The same as rehearsed. The second reader agrees.',
    },
    responses: {
      does: (on: string) => `Sign the OCSP responses ${on}.`,
      expects: () => 'The same as rehearsed. The second reader agrees.',
    },
    destroy: {
      does: (on: string) => `Destroy the key of ${on}. Fill in the sheet “Destruction”.`,
      expects: () => 'The key is no longer in the vault. Its copies on other media are destroyed by hand.',
    },
    close: {
      does: () => 'Close every key: lock the vault.',
      expects: () => 'The page says that the vault is locked.',
    },
    'sign-off': {
      does: () => 'Everyone says whether it was done as planned, and signs the sheet “Sign-off”.',
      expects: () => '“I agree”, or “I do not agree” with the reason. Both are answers.',
    },
  } satisfies Record<StepAct, { does: (on: string) => string; expects: () => string }>,
  found: {
    tool: (how: string): string =>
      how === 'witness'
        ? 'SHA-256 as planned, computed by a witness’s page.'
        : 'SHA-256 as planned, computed elsewhere and typed in.',
    storage: (persisted: boolean | null): string =>
      `Not a private window. ${persisted === true ? 'The browser promised to keep the data.' : persisted === false ? 'The browser did not promise to keep the data.' : 'The browser makes no promise to keep data.'}`,
    clock: (elsewhere: string, ahead: number): string => {
      const there = `The other clock showed ${moment(new Date(elsewhere))}.`
      if (ahead === 0) return `${there} This machine’s showed the same.`
      return `${there} This machine’s was ${count(Math.abs(ahead), 'second')} ${ahead > 0 ? 'ahead' : 'behind'}.`
    },
    'plan-words': 'The words are those of the plan.',
    'roll-call': (names: readonly string[]): string => `Present: ${list(names)}.`,
    vault: (how: string): string => (how === 'made' ? 'A new vault was made.' : 'The vault was opened.'),
    sha256: 'SHA-256',
    serial: 'Serial number',
    reread: (said: string): string => {
      if (said === 'same') return 'The second reader read the same.'
      if (said === 'before') return 'Found in the vault after an interruption, as it was read before.'
      return said === 'none'
        ? 'There was no second reader.'
        : `The second reader could not read it (${said}).`
    },
    request: (name: string): string => `Its words were read aloud by ${name}.`,
    backup: (octets: number): string => `A backup of ${count(octets, 'octet')} was made.`,
    'read-back': (records: number): string => `The backup came back and opened: ${count(records, 'record')}.`,
    lists: (n: number): string => `${count(n, 'list')} signed.`,
    responses: (n: number): string => `${count(n, 'response')} signed.`,
    destroy: 'The key was destroyed in the vault.',
    close: 'The vault was locked.',
    'sign-off': (agree: number, disagree: number): string =>
      `${number(agree)} agree, ${number(disagree)} do not agree.`,
    exceptions: (numbers: readonly string[]): string => `See exception ${list(numbers)}.`,
  },
  roll: {
    lead: 'I am the person named here. I have read the plan, I know what I have to do, and I stop the ceremony if it is not followed.',
    columns: {
      person: 'Person',
      roles: 'Roles',
      present: 'Present',
      document: 'Identified by',
      signature: 'Signature',
    },
    present: 'present',
    absent: 'not present',
    others: 'Others in the room',
    othersColumns: {
      name: 'Name, organization',
      why: 'Why here',
      times: 'In and out (UTC)',
      signature: 'Signature',
    },
    separation: 'Separation of roles',
  },
  separation: {
    kept: 'Nobody who operates also administers, witnesses or audits, and someone from outside is on the roll.',
    both: (name: string, roles: readonly string[]): string =>
      `${name} is ${list(roles)}: these should be separate.`,
    noOutside: 'No external witness, auditor or notary is on the roll.',
    noWitness: 'No witness is on the roll.',
    alone: (steps: readonly string[]): string => `The same person reads and does: ${list(steps)}.`,
  },
  materials: {
    lead: 'Checked off before the ceremony begins. Identify each by its serial number, or by a number written on it.',
    columns: {
      what: 'What',
      mark: 'Serial number or mark',
      seal: 'Bag or seal',
      present: 'Present',
      initials: 'Initials',
    },
    computer: 'Computer for the ceremony: no network, no radio, no disc that was used before',
    second: 'Another computer with sha256sum, to compute the hash of the file',
    file: 'Medium with rootcellar.html and the plan',
    clock: 'A clock that is not the computer’s',
    plans: (n: number): string => `Printed plans: ${count(n, 'copy', 'copies')}`,
    witness: (name: string): string => `Device of ${name}, with witness.html`,
    secret: (name: string): string => `Envelope for the secret of ${name}`,
    request: (id: string): string => `Medium with the request ${id}`,
    existing: (id: string): string => `Backup or computer with the key of ${id}`,
    backup: (step: string): string => `Medium for the backup of step ${step}`,
    carry: 'Medium for what leaves: certificates, lists, record',
    destroy: (id: string): string => `Every medium with the key of ${id}, to be destroyed`,
  },
  words: {
    lead: 'Read aloud from the screen and compared here: every group of the hash, or every word. The words are from the lists en-1, the same in every language; words at odd places and words at even places come from different lists.',
    planOf: 'The plan, SHA-256',
    toolOf: 'The file rootcellar.html, SHA-256',
    requestOf: (id: string): string => `Request ${id}, SHA-256 of its DER`,
    certificateOf: (id: string): string => `Certificate ${id}, SHA-256`,
    headOf: 'Transcript up to here, SHA-256 of its last line',
    write: (id: string): string => `Certificate ${id}: first four words of its SHA-256`,
  },
  keys: {
    lead: 'Every key that is made, and who holds a secret that opens it.',
    key: (id: string): string => `Key ${id}`,
    fields: {
      algorithm: 'Algorithm',
      holders: 'Held by',
      certificates: 'Certificates',
      made: 'Made (UTC)',
      spki: 'SHA-256 of the public key (SubjectPublicKeyInfo)',
      kept: 'Where it is kept from now on',
      slot: 'Bag or seal of its backups',
    },
    outside: 'Keys that are certified, and made elsewhere',
    existing: 'Keys that existed before, in the vault that is opened',
    notMade: 'not made',
  },
  holder: {
    title: (name: string): string => `Holder: ${name}`,
    lead: 'This sheet is for one person, who takes it along. I know a secret that opens these keys, and what I do with it:',
    columns: { key: 'Key', algorithm: 'Algorithm', with: 'Held together with' },
    rules: [
      'I tell the secret to nobody, and write it on nothing but what is in the envelope.',
      'I use it only in a ceremony whose plan I have read, with the people named in it.',
      'If the envelope is opened, lost or damaged, I say so on the same day.',
      'When I leave, or cannot come any more, I hand it over in a ceremony.',
    ],
    envelope: 'Number of the envelope or bag',
    kept: 'Where it is kept, and who else can get there',
    deputy: 'To whom I report, and how',
  },
  exceptions: {
    lead: 'Whatever the plan does not say is an exception: it has a number, and the administrator decides before the ceremony goes on.',
    one: (n: string): string => `Exception ${n}`,
    fields: {
      step: 'Step',
      began: 'Time (UTC)',
      why: 'Kind',
      happened: 'What was expected, and what happened',
      decided: 'Decision',
      by: 'Decided by, initials of a witness',
    },
    why: {
      interrupted: 'the step was begun, and the page went away before it ended',
      stopped: 'someone stopped it',
      deviation: 'something that the plan does not say',
      differs: 'what was about to be signed was not what was rehearsed',
      'vault-lost': 'the browser had thrown the vault away',
    } as Readonly<Record<string, string>>,
    decisions: {
      again: 'the step is done again',
      found: 'it was done, and its result is taken',
      'go-on': 'the ceremony goes on',
      abort: 'the ceremony is aborted',
    } as Readonly<Record<string, string>>,
    noneRecorded: 'No exception was recorded.',
    toFill: 'Tick what was not used.',
    unused: 'Only what was not entered into the page is written here. Tick what was not used.',
    breaks: 'Breaks',
    breakOf: (from: Date, to: Date | null): string =>
      to ? `${second(from)} to ${second(to)}` : `${second(from)}, not ended`,
    aborted: 'Aborted',
  },
  destruction: {
    lead: 'Deleting a key in a browser does not erase the medium it was on, nor a copy elsewhere. What must not come back is destroyed by hand, in front of a witness.',
    none: 'The plan destroys no key.',
    rehearsal: 'The keys of the rehearsal are forgotten with its vault.',
    columns: {
      what: 'Medium or paper, its mark',
      how: 'How it was destroyed',
      time: 'Time (UTC)',
      by: 'By, and witness',
    },
    fields: {
      authority: 'Key of',
      reason: 'Reason',
      step: 'Step',
      done: 'Destroyed in the vault (UTC)',
      by: 'By',
    },
    media: 'Media and papers that were destroyed',
  },
  signOff: {
    lead: 'I was present. The ceremony was done step by step as its plan says; whatever was not is in the exceptions. No key or secret became known to anyone who is not its holder, as far as I could see. I compared the words of the plan, and of each root, with what was on the screen.',
    agree: 'I agree.',
    disagree: 'I do not agree, because:',
    lines: { signature: 'Signature', date: 'Place, date' },
    manifest: 'Written down from the screen: first four words of manifest.sha256',
    closing: 'Closing',
    closingItems: [
      'The vault is locked, and the browser is closed.',
      'The computer is wiped or its disc removed, and sealed. Seal:',
      'Backups and secrets are sealed and handed to those who keep them. Seals:',
      'The record left on media of its own. Kept by:',
      'Next opening planned for:',
    ],
  },
}
