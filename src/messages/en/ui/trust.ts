import { count, number, plural } from '../format.ts'

/** What is trusted: stores of anchors, and single certificates that were added. */
export const trust = {
  title: 'What is trusted',
  none: 'Nothing is trusted yet, so nothing can be valid. A certificate is not trusted merely because it signs itself.',
  hierarchy: (n: number): string => `The roots of your hierarchy (${number(n)})`,
  store: (name: string, n: number): string => `${name} (${number(n)})`,
  public: (version: string, n: number): string => `Public roots, as of Node.js ${version} (${number(n)})`,
  place: {
    vault: 'kept in the vault',
    visit: 'for this visit',
    public:
      'Mozilla’s list. Used for TLS servers, unless you choose otherwise, where a chain ends at one of them.',
  },
  one: (name: string): string => `${name}, from what you added`,
  only: 'Only this one',
  onlyThis: (name: string): string => `Only this one: ${name}`,
  remove: (name: string): string => `Remove ${name}`,
  keep: {
    summary: 'Keep a trust store',
    hint: 'A trust store is a set of certificates that are trusted together, under a name of your choice. It stays when the page is cleared.',
    from: 'What goes into it',
    roots: (n: number): string =>
      plural(
        n,
        'the certificate here that signs itself',
        `${number(n)} certificates here that sign themselves`,
      ),
    trusted: (n: number): string => `${count(n, 'certificate')} ticked above, from what you added`,
    hierarchy: (n: number): string => `${count(n, 'root')} of your hierarchy`,
    name: 'Name of the trust store',
    place: 'Where it is kept',
    places: { vault: 'in the vault', visit: 'until the page is closed' },
    locked: 'To keep it longer than this visit, unlock the vault first.',
    submit: 'Keep the trust store',
    kept: (name: string): string => `${name} is kept.`,
  },
  bundle: {
    title: (roots: number): string => `${number(roots)} roots, and no server: keep them as a trust store?`,
    lead: 'What you add after that is validated with them. Being in a file makes none of them trusted: keep them only if you trust who put them together. To validate one of them instead, choose it from the list below.',
    inVault: 'It is kept in the vault.',
    submit: 'Keep them',
    kept: (name: string): string => `${name} is kept. Now add the chain that is to be validated with it.`,
  },
  change: {
    open: (name: string): string => `Change ${name}`,
    short: 'Change…',
    title: 'Change the trust store',
    reading: 'Reading what it holds',
    name: 'Name of the trust store',
    holds: (n: number): string =>
      `It holds ${count(n, 'certificate')}. Untick what is not to be trusted any more.`,
    search: 'Search what it holds',
    nothing: 'No certificate of the store matches.',
    add: 'What is added',
    addNothing: 'nothing',
    left: (removed: number): string =>
      removed === 0 ? 'Nothing is taken out.' : `${count(removed, 'certificate')} will be taken out.`,
    submit: 'Change the trust store',
    changed: (name: string): string => `${name} is changed.`,
  },
  removeTitle: 'Remove the trust store',
  removeLead: (name: string, n: number): string =>
    `“${name}” and its ${count(n, 'certificate')} are removed from the vault. What was valid because of it no longer is. The journal records it.`,
  removeSubmit: 'Remove it',
}
