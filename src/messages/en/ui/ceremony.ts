import type { Decision, ExceptionWhy } from '../../../ceremony/events.ts'
import type { StepAct } from '../../../ceremony/plan.ts'
import type { Phase } from '../../../ceremony/standing.ts'
import { count, number } from '../format.ts'

interface ActWords {
  readonly title: string
  /** What is read aloud before it. */
  readonly says: string
  /** What everybody watches for. */
  readonly expects: string
}

const acts: Readonly<Record<StepAct, ActWords>> = {
  tool: {
    title: 'Compare the file',
    says: 'Before the browser is trusted with anything, the room finds out whether this is the file in the plan. Run sha256sum on the file in a terminal, or drop the file on a witness’s own page.',
    expects: 'The same 64 characters as in the plan, compared by two people.',
  },
  storage: {
    title: 'Check the window',
    says: 'This must be an ordinary window of a browser that nobody else uses. A private window forgets the keys when it is closed.',
    expects: 'A witness has looked: it is no private window.',
  },
  clock: {
    title: 'Compare the clocks',
    says: 'A witness reads the time from a clock that is not this machine’s, in UTC.',
    expects: 'At most five minutes apart, and within the plan’s window.',
  },
  'plan-words': {
    title: 'Compare the plan',
    says: 'The administrator reads the words aloud from the screen. Everybody compares them with the printed plan.',
    expects: 'All 32 words are the same. One that differs is another plan.',
  },
  'roll-call': {
    title: 'Call the roll',
    says: 'Everybody says their name and role, and shows an identity document to a witness.',
    expects: 'Everybody whom the plan names is in the room.',
  },
  vault: {
    title: 'Open the vault',
    says: 'The vault keeps the keys, encrypted. The person who opens it types the passphrase unseen.',
    expects: 'The vault is open.',
  },
  certificate: {
    title: 'Sign a certificate',
    says: 'What will be signed is shown first: prepared, checked by both readers, and compared with what was rehearsed.',
    expects: 'No difference from the rehearsal, and no finding that the plan has not accepted.',
  },
  request: {
    title: 'Take a request',
    says: 'The request is brought, and its words are read aloud by the person who brought it.',
    expects: 'Its SHA-256 is the one in the plan.',
  },
  backup: {
    title: 'Make a backup',
    says: 'An encrypted copy of the vault leaves this machine on a stick.',
    expects: 'The file is on the stick.',
  },
  'read-back': {
    title: 'Read the backup back',
    says: 'The file is brought back from the stick, and opened with its passphrase. A backup that nobody has read is none.',
    expects: 'It is the file that was made, and it opens.',
  },
  lists: {
    title: 'Sign revocation lists',
    says: 'The lists are shown first, with their numbers and dates, and compared with what was rehearsed.',
    expects: 'No difference from the rehearsal.',
  },
  responses: {
    title: 'Sign OCSP responses',
    says: 'The responses are shown first, with what each says of which certificate and for how long, and compared with what was rehearsed.',
    expects: 'No difference from the rehearsal.',
  },
  destroy: {
    title: 'Destroy a key',
    says: 'The key is removed from this vault. Copies in backups are destroyed by hand, as the sheet says.',
    expects: 'The CA signs nothing any more.',
  },
  close: {
    title: 'Close the keys',
    says: 'The vault is locked. No key can sign after this.',
    expects: 'The vault is locked.',
  },
  'sign-off': {
    title: 'Sign off',
    says: 'Each person says whether it went by the plan. A person who disagrees says why, and it is written down.',
    expects: 'An answer from everybody.',
  },
}

const why: Readonly<Record<ExceptionWhy, string>> = {
  interrupted: 'The step was interrupted',
  stopped: 'Somebody stopped it',
  deviation: 'Something went otherwise than planned',
  differs: 'What would be signed is not what was rehearsed',
  'vault-lost': 'The browser has thrown the vault away',
}

const decisions: Readonly<Record<Decision, string>> = {
  again: 'Do the step again',
  found: 'Take what was signed',
  'go-on': 'Go on',
  abort: 'Abort',
}

/** A ceremony: its plan, the room, and what leaves. */
export const ceremony = {
  title: 'Ceremony',
  lead: 'A plan is rehearsed with keys that are thrown away, then done for real, and leaves a record that can be verified with openssl alone.',
  broken:
    'The ceremony that was kept in this browser cannot be read, so it cannot go on. The vault and what is in it stay. Save what is kept of it: somebody may still read the lines. Once it is forgotten here, another one can begin.',
  acts,
  why,
  decisions,
  rehearsalMark: 'Rehearsal',
  start: {
    title: 'Open a plan',
    drop: 'Drop the plan of a ceremony, or a file for the form',
    open: 'Open a plan…',
    or: 'Or write one down, or paste it',
    text: 'Plan, as JSON',
    read: 'Check the plan',
    working: 'Reading the plan',
    noPlan: 'There is no plan in these files. A plan is a JSON file of this page.',
  },
  plan: {
    faults: (faults: number): string => `${count(faults, 'fault')} in the file`,
    findings: 'About the procedure',
    sound: 'Nothing speaks against the procedure.',
    identity: 'SHA-256 of the plan',
    identityHint: 'These words are printed on every sheet, and read aloud at the beginning.',
    when: (from: string, to: string): string => `${from} to ${to}`,
    facts: { title: 'Title', purpose: 'Purpose', place: 'Place', window: 'When', tool: 'File' },
    people: 'People',
    certificates: 'Certificates',
    lists: 'Revocation lists',
    listCount: (lists: number, first: string): string => `${count(lists, 'list')}, from number ${first}`,
    responses: 'OCSP responses',
    responseCount: (responses: number, certificates: number): string =>
      `${count(responses, 'response')} about ${count(certificates, 'certificate')}`,
    selfSigned: 'signs itself',
    by: (issuer: string): string => `by ${issuer}`,
    steps: 'Steps',
    save: 'Save the plan',
    rehearse: 'Rehearse it',
    rehearseHint: 'With keys that are thrown away, in a vault of its own.',
    live: 'Do it for real',
    liveHint:
      'Only with what a rehearsal of this plan has left: its ZIP, or “sealed.json” alone where this browser has rehearsed it.',
    sealed: 'Choose what the rehearsal left…',
    sealedChosen: (name: string): string => `${name} is chosen.`,
    edit: 'Change the plan',
    another: 'Another plan',
  },
  amend: {
    holders: 'Who holds which key',
    key: (id: string): string => `Key ${id}`,
    notes: 'Notes to steps',
    step: 'Step',
    note: 'Note',
    noteHint: 'It is shown in the step, and printed in the script.',
    accepted: 'Findings that are accepted',
    acceptedHint:
      'The rehearsal shows what is found about a certificate or list, with its code. It is signed only if the plan accepts that, with a reason and a name.',
    finding: (row: number): string => `Finding ${number(row)}`,
    code: 'Code',
    on: 'About',
    reason: 'Why it is accepted',
    by: 'Decided by',
    remove: (row: number): string => `Remove finding ${number(row)}`,
    add: 'Accept a finding',
    take: 'Take these changes',
  },
  room: {
    where: (step: number, steps: number): string => `Step ${number(step)} of ${number(steps)}`,
    reads: 'Reads',
    does: 'Does',
    expects: 'Expected',
    note: 'Note',
    begin: 'Begin this step',
    working: 'Working',
    done: 'Done',
    steps: 'All steps',
    log: 'What is written down',
    head: 'Last line’s SHA-256',
    passed: {
      key: 'There is a live key: aborting no longer undoes everything.',
      signature: 'There is a live signature: what is signed exists, even if it is never published.',
    },
    beforeKey:
      'First point of no return: after this step there is a live key. Until here, aborting leaves nothing behind.',
    beforeSignature:
      'Second point of no return: this makes the first live signature. It exists from then on, whatever happens.',
    stop: 'Stop…',
    stopTitle: 'Stop the ceremony',
    stopHint: 'Anybody may stop it at any time. What happened and what was decided is written down.',
    pause: 'Take a break',
    resume: 'Go on after the break',
    paused: 'There is a break. Nobody touches the machine.',
    deviate: 'Note a deviation, and go on',
    abort: 'Abort the ceremony',
    abortHint: {
      free: 'No key was made yet: nothing is left behind.',
      key: 'A key was made. Destroy the vault and its backups, and say so in the report.',
      signature: 'Certificates exist. They are listed in the report, and must not be published.',
      rehearsal: 'It is a rehearsal: nothing is lost.',
    },
    what: 'What happened',
    by: 'Who says so',
    interrupted: 'This step was begun, and the page went away before it ended.',
    interruptedSigned:
      'What it was about to sign is in the vault: it was signed. It can only be taken as it is.',
    interruptedNothing: 'What it was about to sign is not in the vault. Nothing was signed.',
    interruptedResponses:
      'Its OCSP responses are not in the record, and are kept nowhere else: none has left this machine. They are signed again.',
    interruptedUnknown: 'Open the vault: only then it is known whether something was signed.',
    decide: 'Write it down',
    decision: 'Decided',
    vaultLost:
      'The browser has thrown the vault away. Restore the last backup on this machine and go on, or abort.',
    restore: 'Restore a backup',
    differs:
      'What would be signed is not what was rehearsed. Nothing was signed, and nothing can be signed in this ceremony any more.',
    stopped: 'The ceremony was stopped.',
    aborted: 'The ceremony was aborted.',
    enter: 'Return to it',
    enterHint: 'A rehearsal works in a vault of its own. The other vault is locked meanwhile.',
    phases: {
      ready: 'Next',
      doing: 'Now',
      interrupted: 'Interrupted',
      break: 'Break',
      stopped: 'Stopped',
      done: 'All steps are done',
      completed: 'The record is closed',
      aborted: 'Aborted',
    } satisfies Record<Phase, string>,
  },
  tool: {
    command: 'In a terminal, beside the file:',
    planned: 'In the plan',
    typed: 'What the room found',
    typedHint: 'All 64 characters, as sha256sum or a witness’s page says.',
    how: 'Found with',
    hows: { typed: 'sha256sum', witness: 'a witness’s page' },
    compare: 'Compare',
    build: 'This page says of itself that it is',
    buildHint: 'A changed page could say the same: it proves nothing, and only the comparison above does.',
  },
  storage: {
    persisted: 'The browser has promised to keep what is stored.',
    notPersisted: 'The browser does not promise to keep what is stored: the backup is what counts.',
    notPrivate: 'A witness has looked: this is not a private window',
    online: 'This machine seems to be connected to a network. Pull the cable; a page cannot see for sure.',
    confirm: 'The window is right',
  },
  clock: {
    here: 'This machine, UTC',
    elsewhere: 'The other clock, UTC',
    elsewhereHint: 'As in 2026-11-30 14:05:30',
    compare: 'Compare',
  },
  words: { confirm: 'All words are the same', title: 'The plan in words' },
  roll: { present: 'In the room', confirm: 'The roll is called' },
  vault: {
    passphrase: 'Passphrase',
    again: 'The same passphrase again',
    differs: 'The two are not the same.',
    make: 'Make the vault',
    unlock: 'Unlock',
    unlockFirst: 'The vault is locked. Unlock it to do this step.',
    opened: 'The vault is open',
    rehearsal:
      'In a rehearsal it is a vault that is deleted at the end. Use another passphrase than for the real one.',
  },
  request: {
    choose: 'Choose the request…',
    subject: 'It asks for',
    words: 'The request in words',
    readBy: 'Read aloud by',
    confirm: 'The words are the same',
  },
  sign: {
    prepare: 'Show what will be signed',
    object: 'To be signed',
    fromPlan: 'the plan',
    fields: {
      thisUpdate: 'This update',
      nextUpdate: 'Next update',
      cRLNumber: 'Number',
      revokedCertificates: 'Entries',
      certStatus: 'Status',
      'certID.hashAlgorithm': 'Certificate named by',
      revocationTime: 'Revoked',
      revocationReason: 'Reason',
    } as Readonly<Record<string, string>>,
    spki: 'Its key in words',
    tbs: 'SHA-256 of the octets to be signed',
    masked: 'The same without serial numbers and keys',
    rehearsed: 'As rehearsed',
    same: 'The same as in the rehearsal, octet for octet outside its holes.',
    first: 'This is the rehearsal: what is shown here fixes what may be signed live.',
    holes: (holes: number, octets: number): string =>
      `${number(octets)} octets, of which ${count(holes, 'part')} differ with every key`,
    reread: (said: string): string =>
      said === 'same' ? 'The second reader reads the same.' : `The second reader has not read it (${said}).`,
    accepted: (reason: string): string => `Accepted in the plan: ${reason}`,
    notAccepted: 'Not accepted in the plan: nothing is signed.',
    sign: 'Sign it',
    signMany: (objects: number): string => `Sign all ${number(objects)}`,
    difference: (field: string): string => (field === '' ? 'The octets differ' : `They differ in ${field}`),
    at: (offset: number): string => `from octet ${number(offset)}`,
    expected: 'Rehearsed',
    actual: 'Now',
  },
  backup: {
    make: 'Save the backup',
    lost: 'The file did not arrive',
    again: 'Make another backup',
    againHint:
      'The next backup counts instead of the lost one. That it was made is written down as an exception.',
    choose: 'Choose the file on the stick…',
    chosen: (name: string): string => `${name} is chosen.`,
    read: 'Open it',
  },
  destroy: { confirm: 'Destroy the key', passphrase: 'Passphrase of the vault' },
  close: { confirm: 'Lock the vault' },
  signOff: {
    agrees: 'It went by the plan',
    disagrees: 'It did not',
    reason: 'Because',
    confirm: 'Everybody has answered',
  },
  witnessKeys: {
    title: 'Certificates of witnesses',
    lead: 'A witness can put the certificate of their key on the roll, as witness.html saves it: then only that key signs for them.',
    enrolled: (certificates: number): string => `${count(certificates, 'certificate')} so far.`,
    person: 'Witness',
    choose: 'Choose the certificate…',
  },
  record: {
    complete: 'Close the record',
    completeHint:
      'A manifest is made over every file and sheet. Nothing is added after it but what witnesses sign.',
    manifest: 'SHA-256 of the manifest',
    manifestFile: 'Save manifest.sha256',
    witnesses: 'Witnesses sign the manifest on a page of their own (witness.html).',
    signed: (names: string): string => `Signed by ${names}.`,
    nobody: 'Nobody has signed it yet.',
    attest: 'Add what a witness has signed…',
    carryOut: 'Save everything as one ZIP',
    salvage: 'Save what is kept as one ZIP',
    abortedHint:
      'What was done until then matters as much as if it had been completed. Close the record, so that witnesses can sign it: a manifest is made over every file and sheet, the report among them.',
    sealed: 'Save sealed.json',
    sealedHint:
      'It fixes what may be signed live. To go live in another browser or on another machine, save everything as one ZIP, and take it there with the plan.',
    live: 'Do it for real now',
    files: 'Files of the record',
    closing: 'At the end',
    closingSteps: [
      'Carry the ZIP and the backup out on separate sticks, and read both on another machine.',
      'Seal the sticks and sheets, and write the numbers of the bags on the sheet of materials.',
      'Delete the browser’s data on this machine, or its disk, if no key is to stay on it.',
      'Write down when the vault is opened next: lists end, and backups want to be tried.',
    ],
    forget: 'Forget this ceremony here',
    forgetHint: 'The vault stays. Save the record first.',
  },
  report: 'Save the report',
}
