import { count, number } from '../format.ts'

/** Words of the sheets of paper alone. */
export const paper = {
  sheet: (n: number, of: number): string => `Sheet ${number(n)} of ${number(of)}`,
  vault: (place: string): string => `Vault at ${place}`,
  authority: (name: string): string => `CA: ${name}`,
  scan: 'This hash as a code to scan',
  signatures: ['Operator: name, date, signature', 'Witness: name, date, signature'],
  compared: 'All of the above was compared with the screen.',
  key: 'SHA-256 of the CA’s key',
  list: (number: string | null): string =>
    number === null ? 'SHA-256 of the list, DER' : `SHA-256 of list ${number}, DER`,
  lastEntry: (n: number): string => `Hash of entry ${number(n)}, which covers all before it`,
  hierarchy: {
    lead: 'Every CA of this vault, each below the one that issued it.',
    columns: { name: 'CA', validity: 'Valid', state: 'State', key: 'Words of its seal, SHA-256 of its key' },
  },
  ofJournal: (n: number, of: number): string =>
    n === of
      ? `All ${count(of, 'entry', 'entries')}, oldest first.`
      : `${number(n)} of ${count(of, 'entry', 'entries')}, oldest first. For all of them, print from the journal’s own button.`,
}
