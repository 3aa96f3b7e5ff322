import { count, day, list, moment, number, plural, series } from '../format.ts'
import type { ListScope } from '../../../border/protocol/list.ts'
import { certificate } from './certificate.ts'

/** The sheet that goes with signed lists, and their calendar. */
const publish = {
  language: 'en',
  title: (name: string): string => `Revocation lists of ${name}: what to publish when`,
  lead: (count: string, at: string, who: string): string[] => [
    `These ${count} lists were signed together on ${at} by ${who}. Publish each one on the day it begins, in place of the one before it.`,
    'A list is in force from its first moment (thisUpdate) to its last (nextUpdate). After that, programs without a newer list refuse all certificates.',
  ],
  warnings: [
    'The lists say what was revoked when they were signed. Anything revoked later is on none of them: open the CA again, sign new lists, and publish those instead.',
    'Do not publish a list before its time, and do not go back to an earlier one: its number is lower, and others may refuse it.',
  ],
  columns: {
    from: 'Publish from',
    until: 'Replace on',
    nextUpdate: 'In force until (nextUpdate)',
    number: 'Number',
    part: 'Covers',
    file: 'File',
  },
  parts: {
    all: 'everything',
    users: 'end-entities',
    cas: 'CAs',
    reasons: (reasons: string): string => `these reasons: ${reasons}`,
  },
  addresses: 'The certificates point to this address (CRL DP)',
  publish: (file: string, name: string): string => `Publish ${file}, the revocation list of ${name}`,
  ends: (name: string): string => `The revocation list of ${name} ends: have a newer one published`,
}

const reasonWords = certificate.revocation.reasons

/** Revocation lists and OCSP responses of an authority. */
export const lists = {
  open: 'Revocation lists',
  title: (name: string): string => `Revocation lists of ${name}`,
  lead: 'Others learn of a revocation only from these lists (CRLs). Keep a current one at the address that the certificates point to.',
  reading: 'Reading the lists',
  notAuthority: 'There is no such CA here.',
  back: 'The authority',
  sign: 'Sign a list…',
  noKey: 'The key of this CA is not here, so nothing can be signed.',
  state: {
    none: 'No list has been signed here yet. Programs that check refuse certificates that name a list until there is one.',
    current: (until: Date): string => `A list is in force until ${moment(until)}.`,
    soon: (until: Date): string =>
      `The list in force ends on ${moment(until)}. Sign the next one and publish it.`,
    ended: (at: Date): string =>
      `The last list ended on ${moment(at)}. Programs that check refuse every certificate of this CA until a new one is published.`,
    ahead: (n: number, until: Date): string =>
      `${count(n, 'more list')} ${plural(n, 'is', 'are')} signed ahead, the last in force until ${moment(until)}.`,
    unlisted: (n: number): string =>
      `${count(n, 'revoked certificate')} ${plural(n, 'is', 'are')} on no list yet. Sign a new one and publish it.`,
  },
  overview: {
    title: 'Revocation lists',
    lead: 'For every CA: what is in force, and what is due.',
    empty: 'There is not a CA yet. Its lists will be shown here.',
    columns: {
      authority: 'Authority',
      state: 'In force until (nextUpdate)',
      ahead: 'Signed ahead until',
      due: 'Due',
    },
    none: 'never signed',
    nothingAhead: 'nothing',
    inAll: (n: number): string => count(n, 'list'),
    due: {
      none: 'nothing',
      first: 'a first list, if its certificates name one',
      next: 'the next list',
      ended: 'a new list, now',
      unlisted: (n: number): string => `a new list for ${count(n, 'revocation')}`,
    },
  },
  columns: {
    number: 'Number',
    kind: 'Covers',
    thisUpdate: 'From',
    nextUpdate: 'Until',
    entries: 'Entries',
    state: 'State',
    file: 'File',
  },
  standing: {
    current: 'in force',
    ahead: 'signed ahead',
    replaced: 'replaced',
    ended: 'ended',
  },
  scope: ({ addresses, only, reasons, indirect }: ListScope, base: string | null): string => {
    const what =
      addresses.length > 0
        ? `certificates that name ${series(addresses)}`
        : only === 'users'
          ? 'end-entities'
          : only === 'cas'
            ? 'CAs'
            : reasons
              ? `these reasons: ${list(reasons.map((reason) => (reasonWords as Record<string, string>)[reason] ?? reason))}`
              : 'everything'
    const more = indirect ? `${what}, other CAs too` : what
    return base === null ? more : `${more}; changes since ${base}`
  },
  entries: (n: number): string => number(n),
  noEnd: 'no end',
  ahead: (n: number): string => `${count(n, 'list')} signed ahead`,
  more: (n: number): string => count(n, 'more list'),
  onAxis: (n: number): string => `${count(n, 'list')} on an axis of time; the table below has their dates.`,
  download: 'Download',
  downloadOf: (n: string): string => `Download list ${n}`,
  calendar: 'Reminders (ICS)',
  saved: (name: string): string => `${name} is in your downloads.`,
  older: (n: number): string => count(n, 'older list'),
  dialog: {
    title: 'Sign a revocation list',
    lead: (revoked: number): string => `It names ${count(revoked, 'certificate')}.`,
    carried: (n: number): string =>
      `${count(n, 'entry', 'entries')} of the earlier list ${plural(n, 'is', 'are')} for certificates that are not in this vault. They stay on the list.`,
    number: (n: string): string => `Its number follows the clock: ${n} if it is signed now, higher if later.`,
    replacesAhead: (n: number): string =>
      `This one replaces ${count(n, 'list')} signed ahead: do not publish ${plural(n, 'it', 'them')} any more, and sign for the coming periods again.`,
    speaksFor: (names: readonly string[]): string => `It also names what ${list(names)} revoked.`,
    signedBy: (names: readonly string[]): string =>
      `The newest certificates of this CA say that ${list(names)} signs their lists. Programs look for that list: sign it there too.`,
    restored: (at: Date, n: string, previous: string | null): string =>
      `This vault was restored from a backup on ${moment(at)}. Lists that were signed after that backup was made are not known here${previous === null ? '' : `; the last one known has the number ${previous}`}. Numbers must rise, so ${n} follows the clock and is above all of them. If a list with a higher number was ever published, type that number under “More”.`,
    clock: (now: Date): string => `The clock here is right: ${moment(now)}`,
    clockHint: 'A list with a wrong date makes every program that checks it refuse.',
    behind: (last: Date): string => `This vault was used later than this clock says, on ${moment(last)}.`,
    days: 'Replace after (days)',
    daysHint: (n: number): string => `${count(n, 'day')} suit this kind of CA.`,
    overlap: 'Then still in force for (days)',
    overlapHint: 'Time to publish the next one.',
    ends: (at: Date): string => `The first one will be in force until ${moment(at)} (nextUpdate).`,
    periods: 'Lists to sign now',
    periodsHint:
      'More than one: dated lists for the coming periods, for a CA that stays offline between them.',
    periodsWarning: 'What is revoked later is on none of them; the CA has to be opened again for it.',
    last: (n: number, at: Date): string => `${count(n, 'list')}, the last one in force until ${moment(at)}.`,
    outlives: (at: Date): string => `The certificate of this CA ends on ${moment(at)}; no list outlives it.`,
    submit: (n: number): string => plural(n, 'Sign the list', `Sign ${count(n, 'list')}`),
    signing: 'Signing lists',
    signed: (name: string): string =>
      `Saved ${name}. Publish it at the address that the certificates point to.`,
    more: 'More: deltas, parts, other CAs',
    kind: 'Kind of list',
    kinds: {
      complete: { label: 'Complete', hint: 'Names everything that is revoked.' },
      delta: {
        label: 'Delta',
        hint: 'Only what changed since the last complete list of the same parts, for lists that are large.',
      },
    },
    parts: 'Covers',
    partKinds: {
      all: { label: 'Everything', hint: 'One list, which all programs understand.' },
      points: {
        label: 'One list for each address',
        hint: 'Each names the certificates that point to its address.',
      },
      users: { label: 'End-entities only', hint: 'Sign another one for CAs.' },
      cas: { label: 'CAs only', hint: 'Sign another one for end-entities.' },
      reasons: {
        label: 'Some reasons only',
        hint: 'Sign another one for the other reasons. Few programs understand this.',
      },
    },
    addresses: 'Addresses, one per line',
    addressesHint: 'From the certificates. Each list must be published at its address.',
    without: (n: number): string =>
      `${count(n, 'certificate')} of this CA ${plural(n, 'names', 'name')} no address: lists split by address never cover ${plural(n, 'it', 'them')}.`,
    reasons: 'Reasons',
    indirect: 'Covers other CAs too (indirect CRL)',
    indirectHint:
      'Only for certificates that name this CA as cRLIssuer in their distribution point. Others ignore such a list.',
    freshest: 'Where deltas will be published (freshestCRL)',
    freshestHint: 'An address (URL). Programs look for deltas only where the complete list names it.',
    above: 'Highest number ever published, if this vault does not know it',
    aboveHint: 'The next number will be above it.',
  },
  publish,
  day: (at: Date): string => day(at),
}
