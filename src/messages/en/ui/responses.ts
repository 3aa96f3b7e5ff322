import { count, moment, number, plural } from '../format.ts'

/** The sheet that goes with signed responses. */
const publish = {
  language: 'en',
  title: (name: string): string => `OCSP responses of ${name}: what to publish when`,
  lead: (count: string, at: string, who: string): string[] => [
    `These ${count} responses were signed together on ${at} by ${who}. Each folder holds the responses for one period: a file for each possible request, named after the request.`,
    'On the day a period begins, put the content of its folder where the server looks, replacing what was there. A server of static files is enough; it needs no key.',
    'Names differ in upper and lower case: unpack them on a case-sensitive file system, such as those of Linux.',
  ],
  warnings: [
    'Each response gives the day its period begins as the time it was produced (producedAt), even if it was signed earlier: until that day programs treat it as one from the future.',
    'The responses say what was revoked when they were signed. For anything revoked later, sign new responses and publish those instead.',
    'Files serve requests made by GET. A program that only uses POST gets no response from them.',
  ],
  columns: {
    from: 'Publish from',
    until: 'Replace on',
    nextUpdate: 'In force until (nextUpdate)',
    count: 'Responses',
    folder: 'Folder',
  },
  server: 'Configuration for nginx, with the files in /srv/ocsp',
}

/** OCSP responses that are signed ahead, for a server of files. */
export const responses = {
  open: 'OCSP responses',
  title: (name: string): string => `OCSP responses of ${name}`,
  lead: 'Answers to “is this certificate revoked?”, signed ahead. Any web server can serve them; no key leaves this page.',
  planning: 'Going through the certificates',
  none: 'This CA has issued no certificate that is valid now. Issue one first.',
  covers: (certificates: number, revoked: number): string =>
    `${count(certificates, 'certificate')} to cover, ${revoked === 0 ? 'none of them revoked' : `${number(revoked)} of them revoked or on hold: ${plural(revoked, 'its response says', 'their responses say')} so`}.`,
  noAddress:
    'None of the newest certificates names a responder (AIA ocsp). Programs ask only if a certificate names one: give its address when you issue the next ones.',
  addresses: (all: string): string => `The certificates name the responder at ${all}.`,
  who: 'Who signs them',
  itself: { label: 'The CA itself', hint: 'Its own key signs the responses.' },
  lacksBit: 'Its key usage lacks digitalSignature, so it may not sign OCSP responses.',
  noSigner:
    'Nobody may sign OCSP responses for this CA yet. Make a responder’s certificate: it signs in the CA’s name.',
  responder: (name: string, notAfter: Date): { label: string; hint: string } => ({
    label: name,
    hint: `In force until ${moment(notAfter)}; no response outlives it.`,
  }),
  noResponder:
    'A certificate of the responder’s own keeps the CA’s key out of this daily work. It has OCSPSigning and ocspNoCheck.',
  makeResponder: 'Make a responder’s certificate…',
  whom: 'For which certificates',
  all: {
    label: 'All that have not expired',
    hint: 'Including those revoked or on hold: the response says so.',
  },
  chosen: { label: 'Chosen ones', hint: 'The others are unknown to the server.' },
  search: 'Search the certificates of this CA',
  chosenCount: (n: number): string => `${count(n, 'certificate')} chosen`,
  more: (n: number): string => `${count(n, 'more certificate')}: search for less.`,
  hashes: 'Hash in the requests',
  hashChoices: {
    both: {
      label: 'With SHA-1 and with SHA-256',
      hint: 'A file for each. Nearly all programs use SHA-1.',
    },
    'SHA-1': { label: 'With SHA-1 only' },
    'SHA-256': { label: 'With SHA-256 only' },
  },
  days: 'Replace after (days)',
  overlap: 'Then still in force for (days)',
  overlapHint: 'Time to publish the next ones.',
  periods: 'Periods to sign for now',
  periodsWarning:
    'What is revoked later is in none of them; the CA has to be opened again for it. Each response says that it was produced on the day its period begins (producedAt), not today: publish none before its day.',
  ends: (at: Date): string => `The last responses will be in force until ${moment(at)}.`,
  clockHint: 'With a wrong date nobody can use the responses.',
  back: (name: string): string => `Back to the OCSP responses of ${name}`,
  submit: 'Sign the responses',
  signing: 'Signing responses',
  signed: (name: string, n: number): string => `Saved ${name} with ${count(n, 'response')}.`,
  server: 'How a server serves them',
  serverHint:
    'A program requests by GET an address that ends in the OCSP request, in base64. The files are named after it. This makes nginx serve them from /srv/ocsp:',
  getOnly:
    'A program that only uses POST (openssl ocsp is one) gets no response from files. Browsers, Windows and nginx use GET.',
  configuration: 'nginx configuration',
  publish,
}
