const FORMS: Readonly<Record<string, string>> = {
  dNSName: 'Write a domain without a dot before it: corp.example permits it and everything below.',
  rfc822Name: 'Write a mailbox, a host (corp.example), or all hosts below a domain (.corp.example).',
  uniformResourceIdentifier: 'Write a host (www.corp.example), or all below a domain (.corp.example).',
  iPAddress: 'Write address and mask: 8 octets for IPv4, 32 for IPv6.',
}

/** Returns how to write a name constraint of this form. */
export const constrained = (form: string): string =>
  FORMS[form] ?? 'Write the constraint as a name of its kind.'
