/** Requirements of the Baseline Requirements (2.2.6, §6.1 and §7.1) that have no rule here, each with the reason. */
export const LEFT_OUT: readonly {
  readonly section: string
  readonly demand: string
  readonly reason: string
}[] = [
  {
    section: '§3.2.2.6',
    demand: 'no wildcard over a public suffix of several labels',
    reason:
      'needs the Public Suffix List, which changes weekly and is not carried along; a wildcard over one label is refused',
  },
  {
    section: '§4.2.2',
    demand: 'no internal names',
    reason: 'needs the list of top-level domains; a name of a single label is told',
  },
  {
    section: '§6.1.1.3',
    demand: 'no keys known to be compromised, no Debian weak keys',
    reason:
      'needs lists of keys; size, exponent, small factors and factors close together are looked at in every key',
  },
  {
    section: '§7.1',
    demand: 'serial numbers with 64 random bits',
    reason: 'randomness cannot be seen in one certificate; one with no room for it is warned of',
  },
  {
    section: '§7.1.2.7.2 to .5',
    demand: 'what the subject says is true',
    reason:
      'what the subscriber proved to the CA is not in the certificate; which attributes stand beside which policy is, and is judged',
  },
  {
    section: '§7.1.2.7.7',
    demand: 'the address of the issuer’s certificate is present',
    reason: 'it is a SHOULD, and whether it leads anywhere cannot be seen offline',
  },
  {
    section: '§7.1.4.2',
    demand: 'the order of attributes in the subject',
    reason:
      'no program is known to refuse another order, and the table leaves it open for attributes of its own',
  },
  {
    section: '§3.2.2.4',
    demand: 'the rules of .onion names and of reverse zones',
    reason: 'they are about how control was proved, of which the certificate holds nothing but the name',
  },
  {
    section: '§7.1.2.11.3',
    demand: 'signed certificate timestamps',
    reason: 'the demand is of Certificate Transparency policies, not of these requirements',
  },
  {
    section: '§7.1.2.10.3',
    demand: 'validity of roots and intermediates',
    reason: 'of 8 to 25 years only roots made after 2020 are spoken of; a trust store decides',
  },
]
