import { count } from '../format.ts'

/** The list from which everything can be reached by typing. */
export const palette = {
  title: 'Find',
  open: 'Find…',
  keys: 'Ctrl K',
  field: 'A page, an act, a certificate or a rule',
  results: 'Found',
  found: (n: number): string =>
    n === 0 ? 'Nothing has these words in it.' : `${count(n, 'entry', 'entries')} found`,
  groups: {
    acts: 'Acts',
    pages: 'Pages',
    authorities: 'Certificate authorities',
    certificates: 'Certificates',
    rules: 'Rules',
  },
  unlockFirst: 'unlock the vault first',
  showKeys: 'Show the keys',
  lock: 'Lock the vault',
  issueBelow: (name: string): string => `Issue a certificate below ${name}`,
}
