import { count, moment, number } from '../format.ts'
import type { ResponseWords } from '../../../border/protocol/response.ts'

const publish: ResponseWords = {
  language: 'en',
  title: 'OCSP responses of {name}: what to publish when',
  lead: [
    'These {count} responses were signed together on {at} by {who}. Each folder holds the answers for one period: a file for each question that can be asked, named as the question is.',
    'On the day a period begins, put the content of its folder where the server looks, in the place of what was there. A server that hands out files is enough; it needs no key.',
    'Names differ by capital letters: unpack them on a file system that tells these apart, as those of Linux do.',
  ],
  warnings: [
    'Each response gives the day its period begins as the time it was produced (producedAt), also where it was signed before: until that day programs take it for one from the future.',
    'The responses say what was revoked when they were signed. For anything revoked later, sign new responses and publish those instead.',
    'Files answer questions that are asked by GET. A program that asks by POST alone gets no answer from them.',
  ],
  columns: {
    from: 'Publish from',
    until: 'Replace on',
    nextUpdate: 'In force until',
    count: 'Responses',
    folder: 'Folder',
  },
  server: 'Configuration for nginx, with the files in /srv/ocsp',
}

/** OCSP responses that are signed ahead, for a server of files. */
export const responses = {
  open: 'OCSP responses',
  title: (name: string): string => `OCSP responses of ${name}`,
  lead: 'Answers to “is this certificate revoked?”, signed ahead. Any web server can hand them out; no key leaves this page.',
  planning: 'Looking through the certificates',
  none: 'This authority has no certificate in force to answer for. Issue one first.',
  covers: (certificates: number, revoked: number): string =>
    `${count(certificates, 'certificate')} to answer for, ${revoked === 0 ? 'none of them revoked' : `${number(revoked)} of them revoked or on hold: ${revoked === 1 ? 'it is' : 'they are'} answered for as such`}.`,
  noAddress:
    'None of the newest certificates says where to ask. Programs ask only where a certificate names the responder: give its address when you issue the next ones.',
  addresses: (all: string): string => `The certificates say: ask at ${all}.`,
  who: 'Who answers',
  itself: { label: 'The authority itself', hint: 'Its own key signs the responses.' },
  lacksBit: 'Its key usage lacks digitalSignature, so it may not sign OCSP responses.',
  noSigner:
    'Nobody may sign OCSP responses for this authority yet. Make a responder’s certificate: it signs in the authority’s name.',
  responder: (name: string, notAfter: Date): { label: string; hint: string } => ({
    label: name,
    hint: `In force until ${moment(notAfter)}; no response outlives it.`,
  }),
  noResponder:
    'A responder’s own certificate keeps the authority’s key out of this daily work. It carries OCSPSigning and ocspNoCheck.',
  makeResponder: 'Make a responder’s certificate…',
  whom: 'For which certificates',
  all: { label: 'All that have not expired', hint: 'Those revoked or on hold too: the answer says so.' },
  chosen: { label: 'Chosen ones', hint: 'The others are unknown to the server.' },
  search: 'Search among the certificates of this authority',
  chosenCount: (n: number): string => `${count(n, 'certificate')} chosen`,
  more: (n: number): string => `${count(n, 'more certificate')}: search for less.`,
  hashes: 'Questions',
  hashChoices: {
    both: {
      label: 'With SHA-1 and with SHA-256',
      hint: 'A file for each. Nearly all programs ask with SHA-1.',
    },
    'SHA-1': { label: 'With SHA-1 only' },
    'SHA-256': { label: 'With SHA-256 only' },
  },
  days: 'Replace after (days)',
  overlap: 'Then still in force for (days)',
  overlapHint: 'Time to publish the next ones.',
  periods: 'Periods to sign for at this opening',
  periodsWarning:
    'What is revoked later is in none of them and needs a new opening. Each response says that it was produced on the day its period begins (producedAt), not today: publish none before its day.',
  ends: (at: Date): string => `The last responses will be in force until ${moment(at)}.`,
  clockHint: 'With a wrong date the responses are of no use to whoever asks.',
  back: (name: string): string => `Back to the OCSP responses of ${name}`,
  submit: 'Sign the responses',
  signing: 'Signing responses',
  signed: (name: string, n: number): string => `Saved ${name} with ${count(n, 'response')}.`,
  server: 'How a server hands them out',
  serverHint:
    'A program asks by GET for an address that ends in the question, in base64. The files are named so. This makes nginx answer with them, from /srv/ocsp:',
  getOnly:
    'A program that asks by POST alone (openssl ocsp is one) gets no answer from files. Browsers, Windows and nginx ask by GET.',
  configuration: 'nginx configuration',
  publish,
}
