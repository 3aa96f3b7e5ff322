import { count, day, moment, number, plural } from '../format.ts'

/** First visit, unlocking, the vault's settings, backups. */
export const vault = {
  /** Right after unlocking. */
  greeting: {
    title: (n: number): string => plural(n, 'The seal of your root', 'The seals of your roots'),
    hint: (n: number): string =>
      `${plural(n, 'It is drawn from its public key', 'They are drawn from their public keys')}. Once you know ${plural(n, 'it', 'them')}, you see at a glance that this vault is yours.`,
    done: 'Hide',
  },

  first: {
    title: 'A certificate authority that lives in this page',
    nothingLeaves:
      'It keeps your keys, encrypted, in this browser. Nothing leaves this page: it has no server and cannot open a connection.',
    make: 'Make a CA',
    makeHint: 'Choose a passphrase for the vault that keeps its keys, then make your root. Five minutes.',
    create: 'Create a vault',
    validate: 'Validate a chain',
    validateHint:
      'See whether certificates are valid, which rule refuses them, and what would fix it. No vault needed.',
    openBackup: 'Open a backup',
    openBackupHint: 'Continue from a file made by Rootcellar on this or another machine.',
    learn: 'Learn',
    lessons: {
      rule: ['The rules', 'Each with why it exists, and a chain that breaks it.'],
      lab: ['The mTLS lab', 'Both ends of a handshake, what each thinks of the other, and why it fails.'],
      ceremony: ['A key ceremony', 'Planned, and rehearsed with keys that are thrown away.'],
    },
    sample: 'Try with a sample hierarchy',
    sampleHint:
      'A throw-away vault with two roots, four CAs below them, and certificates that are valid, end soon, have ended or are revoked. Nothing in it is kept.',
  },
  place: {
    lies: 'This page is at',
    elsewhere:
      'Is your vault not here? In Firefox a vault belongs to the place and name of the file it was made with. If this file was in another folder, on another drive or had another name then, put it back and open it there.',
    hangs:
      'Keep the file in this place and under this name: Firefox keeps a vault for each, and this one cannot be seen from elsewhere. A backup opens anywhere.',
    madeAt: 'Made with the page at',
  },
  lost: {
    title: 'The vault that was here is gone',
    what: (createdAt: Date): string =>
      `A vault was made in this browser on ${day(createdAt)}. Its records are no longer here: the browser has deleted them, or somebody cleared its data. Rootcellar cannot bring them back.`,
    backup: (lastBackupAt: Date | null): string =>
      lastBackupAt
        ? `The last backup known here was made on ${moment(lastBackupAt)}. Restore it, and continue from there.`
        : 'No backup of it is known here. If you have one anyway, restore it.',
    restore: 'Restore a backup…',
    forget: 'I know: do not show this again',
  },
  create: {
    title: 'Create a vault',
    lead: 'The vault is one encrypted store in this browser. Its passphrase opens it; nobody can open it without one.',
    passphrase: 'Passphrase',
    passphraseHint:
      'Every character counts, spaces too. At least 12 characters; six random words are better than any trick.',
    again: 'The same passphrase again',
    suggest: 'Suggest random words',
    suggestion: (bits: number): string =>
      `${Math.floor(bits)} bits of randomness, made in this page. Write the words down before you go on.`,
    recovery: 'Make a recovery passphrase to print and store safely',
    recoveryHint:
      'A second way in, for the day the first one is forgotten. It opens everything: keep it in a safe, not beside the machine.',
    recoveryTitle: 'Recovery passphrase',
    recoveryPrint: 'Print the recovery sheet',
    recoverySheet: (who: string): string => `These words open the Rootcellar vault of ${who}.`,
    recoveryTyping: 'Type them in this order, in small letters, with one space between two words.',
    recoveryFacts: { made: 'Made on', place: 'Opened by the page at', version: 'Made with' },
    recoveryProgram: (version: string): string => `Rootcellar ${version}`,
    recoveryNeedsWho: 'Type your name first: the sheet says whose vault its words open.',
    recoverySheetAdvice:
      'Keep this sheet sealed and apart from the machine. Anyone who has it and the storage or a backup can use every key.',
    recoveryCheck: {
      legend: 'Type two of its words from your paper',
      hint: 'Read them from the sheet, not from the screen: it shows that the sheet can be read.',
      word: (n: number): string => `Word ${number(n)}`,
      missing: (n: number): string => `Type word ${number(n)} of the recovery passphrase.`,
      wrong: (n: number): string =>
        `This is not word ${number(n)} of the recovery passphrase. Compare your sheet with the words above.`,
    },
    visibility: 'What can be read while the vault is locked',
    visibilities: {
      public: {
        label: 'Certificates and journal',
        hint: 'They can be read, but are not checked and cannot be exported. Keys stay sealed.',
      },
      sealed: {
        label: 'Nothing',
        hint: 'Names and certificates are sealed too. They are seen only with the passphrase.',
      },
    },
    who: 'Your name, for the journal',
    whoHint: 'Recorded with every action. It is a note, not a login.',
    submit: 'Create the vault',
    willAsk:
      'Once the vault is made, the browser is asked to keep the storage. It may show a question, as Firefox does: choose Allow.',
    busy: 'Deriving the key that seals all others, slowly, so that guessing is expensive',
    weakForFile:
      'It may protect a file with the key of an end entity, but anyone who gets the file can try passphrases as long as they like, unnoticed.',
    worthlessForFile:
      'This passphrase has fewer than 8 characters or is guessed at once: the key in the file would be as good as plain. Choose a longer one, of words that do not belong together.',
    tooShort: (n: number): string => `${count(n, 'character')} so far; at least 12 are needed.`,
    different: 'The two are not the same.',
    needsWho: 'Type a name, so that the journal can say who acted.',
    about:
      'The passphrase is stretched with PBKDF2-SHA-256 to about 0.7 s of work on this device. A browser’s storage can be cleared by its user: make a backup soon.',
  },
  unlock: {
    title: 'Unlock the vault',
    passphrase: 'Passphrase',
    hint: 'The vault’s passphrase, or the recovery passphrase.',
    submit: 'Unlock',
    busy: 'Deriving the key from the passphrase',
    forgot: 'Passphrase forgotten?',
    forgotAnswer:
      'The recovery passphrase opens the vault too, if one was made. Without either the keys are lost; nobody can restore them.',
    fromBackup: 'Restore a backup instead…',
    needed: 'This page needs the vault to be open.',
  },
  settings: {
    title: 'The vault',
    slots: 'What opens it',
    slot: (kind: string): string =>
      (
        ({
          passphrase: 'Passphrase',
          vault: 'Vault',
          passkey: 'Passkey',
          quorum: 'Several people',
        }) as Record<string, string>
      )[kind] ?? kind,
    slotLabels: { main: 'Passphrase', recovery: 'Recovery passphrase' } as Readonly<Record<string, string>>,
    slotMade: (at: Date): string => `made ${day(at)}`,
    iterations: (n: number): string => `PBKDF2-SHA-256, ${number(n)} iterations`,
    change: 'Change…',
    changeTitle: 'Change the passphrase',
    changeSubmit: 'Change the passphrase',
    remove: 'Remove…',
    removeTitle: 'Remove this way in',
    removeLead: (label: string): string =>
      `“${label}” will no longer open the vault. Backups made before still open with it.`,
    staying: 'A passphrase that stays',
    removeSubmit: 'Remove this way in',
    add: 'Add a passphrase…',
    addTitle: 'Add a passphrase',
    addSubmit: 'Add the passphrase',
    label: 'What to call it',
    current: 'A passphrase that opens the vault now',
    next: 'New passphrase',
    nextAgain: 'The new passphrase again',
    changed: 'The passphrase is changed.',
    rekey: 'Re-key this vault…',
    rekeyTitle: 'Re-key this vault',
    rekeyFor:
      'After somebody has seen a passphrase: the vault gets a new secret, and what they may have copied opens nothing here any more. Changing the passphrase alone does not do that.',
    rekeyWhat:
      'Every key is wrapped again and every record authenticated again, in one step: until it is done the vault stays as it is.',
    rekeyNot:
      'Backups made before still open with the old passphrases: destroy those you can, and make a new one. A CA key with a passphrase of its own keeps that passphrase, and a CA key that was copied stays copied: if somebody may have opened it, replace the CA.',
    rekeySlots:
      'Enter each passphrase that you want to keep. One left empty is removed and no longer opens the vault.',
    rekeySubmit: 'Re-key the vault',
    rekeying: 'Sealing everything again',
    rekeyed: 'The vault has a new secret. Make a backup: those made before open with the old passphrases.',
    added: 'The passphrase is added.',
    removed: 'The way in is removed.',
    idle: 'Lock when idle',
    idleOptions: (minutes: number): string =>
      `after ${minutes > 60 ? count(minutes / 60, 'hour') : count(minutes, 'minute')}`,
    storage: 'This browser’s storage',
    persisted: 'The browser has promised to keep the storage until you clear it yourself.',
    notPersisted:
      'The browser has not promised to keep the storage: it may clear it when space is short or after weeks without a visit, and a private window deletes it when closed. A backup is the only safe copy.',
    notAsked: 'The browser has not been asked to keep the storage.',
    asking:
      'The browser was asked to keep the storage and has not answered yet. If it shows a question, choose Allow.',
    cannotAsk: 'This browser cannot promise to keep the storage. A backup is the only safe copy.',
    willAsk: 'The browser may show a question, as Firefox does: choose Allow.',
    ask: 'Ask the browser to keep it',
    visibility: {
      public: 'While locked, certificates and journal can be read.',
      sealed: 'While locked, nothing can be read.',
    },
    rollback:
      'If somebody put back an older copy of the whole storage, this page cannot see it. Compare with your last backup or printout: every change, even unlocking, makes a new hash and a higher revision. A lower revision than there, or another hash at the same revision, means that the storage was put back.',
    head: (count_: number, revision: number): string =>
      `${count(count_, 'record')}, revision ${number(revision)}`,
    headTitle: 'Hash of all records',
    check: 'Check every record',
    checking: 'Reading and authenticating every record',
    checked: (n: number): string => `${count(n, 'record')} read; every one is as this vault left it.`,
    lock: 'Lock now',
    created: (at: Date): string => `Created ${moment(at)}.`,
    fileOrigin:
      'This page was opened from a file. In Chromium and WebKitGTK all pages opened from files share one storage: another local page could delete or change what is kept here, though not read the keys. Firefox keeps one for each file.',
    profiles: 'Profiles…',
    backup: 'Backup…',
  },
  notChecked: {
    title: 'Not checked.',
    why: 'The vault is locked. Anyone with access to this browser’s storage may have changed what is shown here; compare nothing with it and trust nothing in it. Unlocking checks it.',
    notHere:
      'Nothing is exported or compared while the vault is locked, because nobody can tell that it is yours.',
    unlock: 'Unlock and come back here',
  },
  clock: {
    title: 'Is the clock right?',
    behind: (now: Date, last: Date | null): string =>
      `The clock says ${moment(now)}, but this vault was used later${last ? `, on ${moment(last)}` : ''}. Certificates, lists and the journal are dated by this clock. Set it, or confirm it here: until then nothing is signed or stored.`,
    confirm: 'The clock is right: continue',
    now: (now: Date): string => `The clock says ${moment(now)}.`,
  },
  backup: {
    title: 'Backup',
    lead: 'One encrypted file with every key, certificate, profile and the journal. It opens on any machine, in this version of Rootcellar or a later one.',
    make: 'Make a backup',
    making: 'Writing the backup',
    how: 'What opens the file',
    ways: {
      vault: { label: 'The vault’s own passphrases', hint: 'Those it has now, the recovery passphrase too.' },
      own: { label: 'A passphrase of its own', hint: 'For a copy that goes into somebody else’s safe.' },
    },
    passphrase: 'Passphrase of the file',
    made: (name: string): string =>
      `${name} is in your downloads. Copy it to a place outside this machine, then check it.`,
    checkTitle: 'Check a backup',
    checkLead: 'Opens a backup and counts what is in it. Nothing here is changed.',
    pick: 'Choose a backup file…',
    drop: 'Drop the backup file to open it',
    picked: (name: string): string => `Chosen: ${name}`,
    check: 'Check the backup',
    checking: 'Opening the backup',
    restoreTitle: 'Restore a backup',
    restoreLead: 'Puts everything from a backup into this browser.',
    restore: 'Restore from this backup',
    replace: 'Replace the vault that is here',
    replaceHint:
      'The vault in this browser is deleted, with every key that is not in the backup. This cannot be undone.',
    restoring: 'Restoring',
    restoredOpen: 'The backup is restored, and its vault is open.',
    restored: 'The backup is restored. Unlock the vault with one of its passphrases.',
    noHead: 'cannot be read in this backup',
    holds: {
      madeAt: 'Made',
      authorities: 'Authorities',
      certificates: 'Certificates',
      keys: 'Keys',
      journalEntries: 'Journal entries',
      head: 'Hash of all records',
    },
    compared: {
      same: 'It has the same contents as this vault.',
      older: 'It is older than this vault: some of what is here is not in it.',
      newer: 'It is newer than this vault: somebody may have put back an older copy of the storage.',
      'other-vault': 'It is of another vault.',
    },
    good: 'The backup opens and every record in it is sound.',
    opens: 'The backup opens. Its records are checked when the vault in it is unlocked.',
  },
}
