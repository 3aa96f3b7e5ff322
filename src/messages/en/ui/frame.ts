import { algorithmNames } from '../algorithms.ts'
import { palette } from './palette.ts'
import { count, duration, moment, number, plural } from '../format.ts'

/** The frame around every page, and what belongs to no single page. */
export const frame = {
  name: 'Rootcellar',
  skip: 'Skip to the page',
  navigation: 'Pages',
  hierarchy: 'Hierarchy',
  more: 'More',
  requests: 'Requests',
  validate: 'Validate',
  lab: 'Lab',
  ceremony: 'Ceremony',
  inventory: 'Inventory',
  journal: 'Journal',
  starting: 'Rootcellar is starting.',
  opening: 'Opening the page…',
  language: 'Language',
  languageHint: 'The page opens again in it. A vault that is open is locked.',
  notices: {
    title: 'Third-party notices',
    lead: 'Software by others that is part of this file, with its licences.',
  },
  locked: 'Locked',
  open: (ms: number | null): string =>
    ms === null ? 'Open' : `Open, locks in ${duration(Math.max(ms, 1000))}`,
  absent: 'No vault yet',
  noVault: 'No vault can be opened here',
  sample: 'Sample: nothing is kept',
  lockNow: 'Lock now',
  unlock: 'Unlock…',
  leaveSample: 'Leave the sample',
  neverBackedUp: 'Not backed up yet',
  notPromised: 'The browser has not promised to keep this vault: back it up.',
  notBackedUpSince: (at: Date, changes: number): string =>
    `${count(changes, 'change')} since the backup of ${moment(at)}`,
  backedUp: 'Backed up',
  makeBackup: 'Make a backup…',
  /** What is begun; without names, which a locked vault may hide. */
  unsaved: {
    title: 'Not finished yet',
    key: 'Not saved yet: a key that is handed out once',
    vault: 'Not created yet: the vault',
    shares: 'Not stored yet: a set of shares',
    issue: 'Not signed yet: a certificate',
    request: 'Not made yet: a request',
    certify: 'Not signed yet: requests',
    batch: 'Not signed yet: a table',
    import: 'Not stored yet: what you bring in',
    answer: 'Not stored yet: certificates that came back',
    arrival: 'Not read yet: what you dropped',
  },
  /** Before a page is left that loses what was typed. */
  leave: {
    title: { vault: 'Leave without creating the vault?', shares: 'Leave without storing the shares?' },
    lost: {
      vault:
        'What you typed here is lost. Words of a recovery passphrase that you wrote down will open nothing.',
      shares: 'The shares that were handed out will open nothing.',
    },
    stay: 'Stay here',
    go: 'Leave and lose it',
  },
  lockedBecause: {
    asked: 'The vault is locked. Its keys have left this page’s memory.',
    idle: 'The vault locked itself because the page was idle. What you typed is still here.',
    'other-tab': 'The vault was locked, re-keyed or replaced in another tab.',
  },
  printed: {
    by: (version: string, at: string, who: string): string =>
      `Printed from Rootcellar ${version} on ${at}${who === '' ? '' : ` by ${who}`}.`,
    head: (n: number, revision: number): string =>
      `Hash of all records (${count(n, 'record')}, revision ${number(revision)}):`,
    locked: 'The vault was locked: the hash of all its records is not on this page.',
  },
  problems: (n: number): string =>
    `${count(n, 'record')} in the storage ${plural(n, 'is', 'are')} not as this vault left ${plural(n, 'it', 'them')}.`,
  /** Records that have no name of their own. */
  problemNames: {
    'meta vault': 'The vault’s header, which has its passphrases,',
    'meta head': 'The head, which seals the state of all records,',
    'meta settings': 'The record of the settings',
  } as Readonly<Record<string, string>>,
  problemKinds: {
    changed: 'was changed',
    missing: 'is missing',
    unexpected: 'was put there by somebody else',
    unreadable: 'cannot be read',
    head: 'does not match the sealed hash of all records',
    chain: 'breaks the chain of the journal',
    time: 'is dated before the entries that precede it, and nobody confirmed the clock',
  },
  earlier: (here: number, seen: number): string =>
    `This vault is in an earlier state than the one last seen in this browser: it is at revision ${here}, and revision ${seen} was seen.`,
  earlierAdvice:
    'If you restored a backup, or an older copy of this browser’s profile, confirm it: what was issued, revoked or numbered since is not in it. If nobody did, do not issue from it; compare it with your last backup and find out who could write to this storage.',
  earlierConfirm: 'This is intended: continue from this state',
  typefacesLost: 'The page is in the system’s typeface, because its own cannot be used.',
  languageLost: 'The page is in English, because the language that was chosen cannot be opened.',
  /** In a form of a read-only vault. */
  readOnlyForm:
    'This vault is read-only, so nothing can be signed or stored in it. The notice above says why, and what to do.',
  readOnly:
    'The vault is open for reading only: nothing can be signed or stored in it, because nobody can tell what is missing. Make a backup of what is here, then restore the last backup from before.',
  problemAdvice:
    'Do not issue from this vault before you know why. Compare it with a backup, or restore one.',
  version: (version: string): string => `Rootcellar ${version}`,
  checkHash: 'To check this file, compare its SHA-256 with the one published with the release:',
  inFrame: 'Rootcellar does not run inside another page.',
  inFrameWhy:
    'Another page shows this one in a frame. It could cover it and make you press what you do not see. No vault was opened.',
  inFrameOpen: 'Open Rootcellar in a tab of its own',
  noPage: 'There is no page at this address.',
  toHierarchy: 'Go to the hierarchy',
  /** Above what could not be read again. */
  readBefore: 'What is shown here was read before, and may have changed since.',
  treeUnread: 'The certificate authorities could not be read, so what depends on them is missing here.',
  cannotOpen: {
    notHere: (id: string): string =>
      `Nothing in this vault has the number ${id}. The address is from another vault or was changed, or the record was removed outside Rootcellar.`,
    check:
      'To see what is missing or changed, check every record on the page of the vault. If this record is among them, restore a backup that still has it; everything else can be used.',
    unlock:
      'While the vault is locked, its records are not checked. Unlock it to see which of them are missing or changed.',
    toVault: 'Go to the page of the vault',
    toUnlock: 'Unlock the vault',
    toInventory: 'Go to the inventory',
  },
  failed: {
    title: 'This page could not be shown',
    what: 'An error in Rootcellar prevented it. Showing a page writes nothing: what is stored is unchanged.',
    next: 'Every other page still works. If this one fails again, make a backup, and report the text below.',
    again: 'Try again',
    forReport: 'For a report',
  },
  keysTitle: 'Keys',
  keys: [
    [palette.keys, 'find a page, an act, a certificate or a rule'],
    ['/', 'search'],
    ['g h', 'go to the hierarchy'],
    ['g r', 'go to the requests'],
    ['g v', 'go to Validate'],
    ['g i', 'go to the inventory'],
    ['g j', 'go to the journal'],
    ['g b', 'go to the backup'],
    ['g s', 'go to the vault and its settings'],
    ['n', 'issue a certificate'],
    ['L', 'lock the vault'],
    ['Ctrl Enter', 'in a text of several lines: press the button of its form'],
    ['↑ ↓ ← →', 'in the hierarchy: go up and down, open and close'],
    ['j k', 'in the inventory and the rules: the next one, the one before'],
    ['x', 'in the inventory: select the row'],
    ['Esc', 'leave a field; back'],
    ['?', 'show these keys'],
  ] as const,
}

export const controls = {
  youStopped: 'You stopped it.',
  stoppedByLock: 'The vault was locked before it ended.',
  show: 'Show',
  hide: 'Hide',
  close: 'Close',
  cancel: 'Cancel',
  stopped: 'Stopped before anything was stored.',
  leftAside: (names: string): string => `Ignored: ${names}. Only one file is used here.`,
  back: 'Back',
  more: 'More',
  /** What a fold holds, behind its name. */
  inside: (what: string): string => `: ${what}`,
  moreOf: (n: number): string => `More (${number(n)})`,
  remove: (what: string): string => `Remove ${what}`,
  add: 'Add',
  copy: (what: string): string => `Copy ${what}`,
  copied: (what: string): string => `Copied ${what}.`,
  copiedShort: 'Copied',
  copyRefused: 'The browser refused to copy. Select the text and copy it by hand.',
  dismiss: 'Dismiss',
  nOfM: (n: number, m: number): string => `${number(n)} of ${number(m)}`,
  deriving: (file: string, rounds: number): string =>
    `${file}: working out a key from the password, ${number(rounds)} rounds.`,
  timeLeft: (ms: number): string => `about ${duration(ms)} left`,
  newer: 'Newer',
  older: 'Older',
  working: 'Working',
  print: 'Print',
  fingerprint: 'the fingerprint',
  serial: 'the serial number',
  address: 'the address',
}

export const parts = {
  hidden: (code: string): string => `‹${code}›`,
  cut: (n: number): string => `… and ${count(n, 'more character')}`,
  lookAlike: (code: string, script: string): string => `${code}, a ${script} that looks like a Latin letter`,
  script: {
    Cyrillic: 'Cyrillic letter',
    Greek: 'Greek letter',
    Armenian: 'Armenian letter',
    Cherokee: 'Cherokee letter',
    Lisu: 'Lisu letter',
    Coptic: 'Coptic letter',
    other: 'letter of another script or in another form',
  },
  this: 'This',
  looksLike: (name: string): string =>
    `looks like “${name}”, one of your CAs, but is another name. Compare them letter by letter before you go on.`,
  moreLookLike: (n: number): string =>
    `${count(n, 'more name looks', 'more names look')} like one of your CAs.`,
  sameName: 'A CA of this name is here already, with another key. Programs may take one for the other.',
  noName: 'No name',
  unknownOid: (oid: string): string => `unknown (${oid})`,
  sealedName: 'Name is sealed while locked',
  seal: (words: string): string => `Key seal: ${words}`,
  sealBlank: 'No key seal: not checked',
  sealWords: 'Words of the key seal',
  sealNote: 'The seal is drawn from the SHA-256 of the public key. It helps the eye; only the hash is proof.',
  roles: { root: 'Root', intermediate: 'Intermediate', endEntity: 'End entity' },
  states: {
    valid: 'Valid',
    expiring: 'Expires soon',
    expired: 'Expired',
    future: 'Not valid yet',
    revoked: 'Revoked',
    held: 'On hold',
    retired: 'Retired',
    'ca-revoked': 'Its CA is revoked',
    'ca-held': 'Its CA is on hold',
  },
  stateUnchecked: 'Not checked',
  until: (date: string): string => `until ${date}`,
  remaining: (ms: number): string => `${duration(ms)} left`,
  ago: (ms: number): string => `${duration(ms)} ago`,
  ahead: (ms: number): string => `in ${duration(ms)}`,
  validity: (from: string, to: string): string => `Valid from ${from} to ${to}`,
  keys: {
    vault: 'Key in this vault',
    'own-passphrase': 'Key with a passphrase of its own',
    quorum: 'Key held by several people',
    destroyed: 'Key destroyed',
    elsewhere: 'Key kept elsewhere',
    sealed: 'Key in this vault',
    'handed-out': 'Key handed out',
    brought: 'Key kept by its owner',
  },
  keyReady: 'can sign',
  keyLocked: 'locked',
  keyReadOnly: 'cannot sign: the vault is read-only',
  serial: 'Serial number',
  sha256: 'SHA-256',
  severities: { error: 'Error', warning: 'Warning', notice: 'Note' },
  fix: 'What to do:',
  /** Shown instead of a section if no standard requires it. */
  experience: 'good practice',
  bytes: 'Bytes',
  hex: 'Hex',
  base64: 'Base64',
  outcomes: {
    held: 'held',
    failed: 'failed',
    'not-applicable': 'did not apply',
    unchecked: 'cannot be checked here',
  },
  verdicts: {
    valid: 'Valid',
    invalid: 'Not valid',
    unchecked: 'Cannot be checked here',
    exhausted: 'Stopped at a limit: too many paths to try',
  },
  signedWith: (algorithm: string): string => `signed with ${algorithm}`,
  algorithms: algorithmNames,
}
