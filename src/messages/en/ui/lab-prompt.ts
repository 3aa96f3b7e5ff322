import type { NotOffered } from '../../../mtls/prompt.ts'
import { count } from '../format.ts'

/** What a browser asks a person who opens the server's address. */
export const labPrompt = {
  title: 'What a browser would offer',
  basis:
    'From what Chromium and Firefox are known to do with certificates that are imported there; not measured here.',
  notAsked: 'The server asks for no certificate, so no browser asks for one.',
  none: 'There is no certificate of an end entity here.',
  offers: (n: number): string => `A browser shows ${count(n, 'certificate')} to choose from.`,
  offersNothing: 'A browser shows no prompt: it has nothing to offer, and goes on without a certificate.',
  offered: 'is offered',
  withheld: {
    key: 'is not offered: its key is not here.',
    purpose: 'is not offered: it is not for clients (clientAuth).',
    dates: 'is not offered: it is not valid at the time of the client’s clock.',
    kind: 'is not offered: the server takes no signature of its kind of key.',
    issuer:
      'is not offered: no CA that the server lists has issued it, or one that is sent with it. Import the CAs with it, or let the server list its issuer.',
  } satisfies Record<NotOffered, string>,
}
