import { count, day, list, number } from '../format.ts'

const many = (threshold: number, of: number): string => `${number(threshold)} of ${number(of)}`

/** Keys that several people hold: giving shares, making a set, and showing a share. */
export const shares = {
  /** Between the two ways to open something. */
  by: {
    legend: 'How it is opened',
    passphrase: 'With a passphrase',
    shares: 'With shares of several people',
  },
  set: (threshold: number, of: number): string => `${many(threshold, of)} open it together.`,
  setId: (id: string): string => `Set ${id}`,
  choose: 'Which set of shares',
  holders: 'Holders',
  given: 'given',
  missing: (n: number): string => `${count(n, 'share')} still needed.`,
  enough: 'Enough shares were given.',
  again: 'Forget them and begin again',
  give: 'Give this share',
  words: 'The words of one share',
  wordsHint:
    'Sixteen words, as on the sheet. The others look away while they are typed; they are not shown again.',
  typed: (n: number, of: number): string => `${number(n)} of ${number(of)} words`,
  unknown: (place: number, nearest: string | null): string =>
    nearest === null
      ? `Word ${number(place)} is not on the list.`
      : `Word ${number(place)} is not on the list. It may be “${nearest}”.`,
  file: 'From a file…',
  /** The page that makes a set. */
  make: {
    open: 'Let several people hold it…',
    vaultTitle: 'Let several people open the vault',
    keyTitle: (name: string): string => `Let several people hold the key of ${name}`,
    lead: 'Each gets a share of sixteen words. Enough of them together open it; fewer learn nothing. Nothing changes before everybody has shown that they have theirs.',
    replaces:
      'Shares of another set open copies that were made before, such as backups, as long as both exist. Only a new key ends that.',
    threshold: 'How many are needed',
    thresholdHint: (threshold: number, of: number): string =>
      threshold === of
        ? 'All are needed: if one share is lost, nobody can open it.'
        : `Any ${number(threshold)} open it; it can still be opened when ${count(of - threshold, 'share')} is lost.`,
    holder: (n: number): string => `Name of holder ${number(n)}`,
    more: 'Add a holder',
    fewer: 'Remove the last holder',
    label: 'What to call it',
    begin: 'Make the shares',
    show: (name: string): string => `Show the share of ${name}`,
    showHint: 'Everybody else looks away now.',
    hide: 'It is written down: hide it',
    back: (name: string): string => `${name} types the share back, from paper`,
    prove: 'Compare',
    proved: 'shown and compared',
    next: 'next',
    sha256: 'SHA-256 of the words',
    print: 'Print this share',
    save: 'Save as a file',
    fileName: (set: string, holder: number): string => `${set}-share-${number(holder)}.txt`,
    code: 'As a code',
    allProved: 'Everybody has shown a whole share. Nothing is stored yet.',
    alone: {
      legend: 'What opens it from now on',
      yes: {
        label: 'The holders alone',
        hint: 'No passphrase opens it any more. Backups made before still open with theirs.',
      },
      no: {
        label: 'The holders, or what opens it now',
        hint: 'Anyone who knows a passphrase needs nobody else.',
      },
    },
    current: {
      vault: 'What opens the vault now',
      key: 'The passphrase of the key',
    },
    finish: 'Let them hold it',
    finishing: 'Sealing the key for each group of holders',
    finished: (threshold: number, of: number): string => `From now on ${many(threshold, of)} open it.`,
    cancel: 'Cancel: nothing is stored',
    sheet: 'Share of a key',
    sheetLead: (name: string, threshold: number, of: number): string =>
      `This is the share of ${name}: ${many(threshold, of)} of them open the key together. Keep it where nobody else reads it, and not with another one.`,
    sheetProof:
      'The share is whole if its words, in small letters with one space between them, have this SHA-256:',
  },
  /** In the list of what opens the vault. */
  slot: (threshold: number, names: readonly string[]): string =>
    `${many(threshold, names.length)}: ${list(names)}`,
  shown: (name: string, at: Date): string => `${name}: last shown ${day(at)}`,
  drill: 'Show a share…',
  drillTitle: 'Show that a share is whole',
  drillLead: 'It is compared alone, opens nothing, and the journal notes that it was shown.',
  drillSubmit: 'Compare',
  drilled: 'The share is whole.',
  change: 'Change the holders…',
} as const
