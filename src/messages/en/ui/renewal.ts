import { count, day, moment, plural } from '../format.ts'

/** Renewal, rollover to a new key, and what ends when. */
export const life = {
  revoked: (name: string): string => `${name} (revoked or on hold)`,
  belowRevoked: (name: string): string => `${name} (below a revoked CA)`,
  renewal: {
    title: 'Renewal',
    lead: (name: string): string =>
      `A new certificate replaces ${name}. Its names and permissions are taken from the old one as it was signed.`,
    open: 'Renew or replace…',
    pageTitle: (name: string): string => `Renew ${name}`,
    before: (from: Date): string => `It replaced the one from ${day(from)}.`,
    after: (from: Date): string => `Another one replaced it on ${day(from)}.`,
    seeBefore: 'See the one before',
    seeAfter: 'See the one after it',
    renewAfter: 'Renew that one instead',
    plan: 'See the rollover plan',
    key: 'The key',
    keys: {
      endEntity: {
        same: {
          label: 'Renew: the key stays',
          hint: 'Only the certificate has to be installed. Right as long as nobody else has the key.',
        },
        new: {
          label: 'Replace: a new key is made here',
          hint: 'Key and certificate have to be installed together.',
        },
      },
      intermediate: {
        same: {
          label: 'Renew: the key stays',
          hint: 'It stays the same CA. All it issued is valid below the new certificate too.',
        },
        new: {
          label: 'A new key: another CA of the same name',
          hint: 'New certificates come from the new key. What the old one issued stays valid below the old certificate.',
        },
      },
      root: {
        same: {
          label: 'Renew: the key stays',
          hint: 'All it issued is valid below the new root too. The new root has to reach every trust store before the old one ends.',
        },
        new: {
          label: 'A new key: the two roots certify each other',
          hint: 'Two cross-certificates let clients that have only one of the roots trust both, until the old one ends. A plan by dates says what to install where.',
        },
      },
    },
    signer: 'Who signs it',
    oldKey: (name: string): string => `${name} (old key)`,
    newKey: (name: string): string => `${name} (new key)`,
    choose: 'Choose one of your CAs',
    usual: 'As its profile says',
    asLong: 'As long as the old one',
    keyAlgorithm: 'Kind of key',
    formerStays: (until: Date): string =>
      `The old certificate stays valid until ${moment(until)}. Nothing happens to it unless you revoke it.`,
    formerEnded: (at: Date): string => `The old certificate ended on ${moment(at)}.`,
    formerRevoked: 'The old certificate is revoked, and stays revoked.',
    revokeFormer: 'Revoke the old one when the new one is signed',
    revokeFormerHint:
      'Reason: superseded. Programs that check the next revocation list refuse the old one: do this only if the new one can be installed at once.',
    review: 'Review it…',
    stopsAdvice: 'It is taken over as it is and cannot be changed here. Issue a new certificate without it.',
    roles: {
      renewed: 'The new certificate',
      'old-with-new': 'The old key, certified by the new one',
      'new-with-old': 'The new key, certified by the old one',
    },
    roleHints: {
      renewed: '',
      'old-with-new': 'For clients that have only the new root: with it they trust what the old key signed.',
      'new-with-old': 'For clients that have only the old root: with it they trust what the new key signs.',
    },
    span: (from: Date, until: Date): string => `It is valid from ${moment(from)} to ${moment(until)}.`,
    allFields: 'All fields',
    sign: (n: number): string => plural(n, 'Sign the new certificate', `Sign ${count(n, 'certificate')}`),
    signing: 'Signing and storing',
    doneTitle: (name: string): string => `${name} is renewed`,
    doneLead: 'The new certificate is stored, and linked to the one before it.',
    toForm: 'Change something',
    seeNew: 'See the new certificate',
    seePlan: 'See what to install where and when',
    former: 'The one before',
    formerIs: {
      good: (until: Date): string =>
        `It is valid until ${moment(until)}. When the new one is installed everywhere, you can revoke it as superseded, or let it expire.`,
      needed: (until: Date): string =>
        `It is valid until ${moment(until)}, and what it issued needs it. Do not revoke it: the plan says when it can be retired.`,
      revoked: 'It is revoked. Sign a revocation list, so that others learn of it.',
      held: 'It is on hold.',
    },
  },
  rollover: {
    title: (name: string): string => `Rollover to a new key: ${name}`,
    leads: {
      root: 'Two roots of one name and two keys, and what to install where and when.',
      intermediate:
        'Two CAs of one name below the same root. Clients trust that root, so nothing changes for them.',
    },
    saveHtml: 'Save as HTML',
    saveText: 'Save as text',
    saved: (name: string): string => `${name} is in your downloads.`,
    reading: 'Working out the plan',
    pieces: 'The certificates',
    piece: {
      old: {
        name: 'The old root',
        where: 'In the trust stores until the last certificate below it has ended.',
      },
      fresh: { name: 'The new root', where: 'Into every trust store, beside the old one.' },
      oldWithNew: {
        name: 'Old with new',
        where: 'On servers whose certificate is below the old key: sent after their chain.',
      },
      newWithOld: {
        name: 'New with old',
        where: 'On servers whose certificate is below the new key: sent after their chain.',
      },
    },
    caPiece: {
      old: {
        name: 'The old CA',
        where: 'On servers whose certificate it signed: they keep sending it.',
      },
      fresh: {
        name: 'The new CA',
        where: 'On servers whose certificate it signs: sent after their own.',
      },
    },
    missing:
      'A cross-certificate is missing or revoked: clients that have only one root cannot build a path to the other key.',
    days: 'By date',
    below: (n: number, last: Date): string =>
      `${count(n, 'certificate')} below the old key ${plural(n, 'is', 'are')} valid now; the last ends on ${day(last)}.`,
    belowNone: 'Nothing below the old key is valid now.',
    steps: {
      'install-new-root': {
        title: 'Give the new root to the clients',
        text: 'Put it beside the old one in every trust store. Take nothing out yet.',
      },
      'send-cross': {
        title: 'Servers send a cross-certificate',
        text: 'Below the old key: “old with new”. Below the new key: “new with old”. So every client finds a path, whichever root it has.',
      },
      'issue-from-new': {
        title: 'Issue from the new key',
        text: 'New and renewed certificates are signed by the new key. The old one signs revocation lists for what it issued, and nothing else.',
      },
      'clients-done': {
        title: 'Aim: every client has the new root',
        text: 'Then “new with old” is no longer needed. There is still time for clients that were forgotten.',
      },
      'last-below-ends': {
        title: 'The last certificate below the old key ends',
        text: 'Nothing needs the old one any more: take it out of the trust stores and off the servers, retire the CA, and destroy its key.',
      },
      'clients-deadline': {
        title: 'The last day for clients that have only the old root',
        text: 'From then on they trust nothing below either key.',
      },
      'old-ends': {
        title: 'The old certificate ends',
        text: 'Nobody trusts what is still below the old key.',
      },
    },
    cannotOpen: 'This plan cannot be shown',
    oldCa: {
      title: 'The old CA',
      nothingBelow:
        'Nothing below it is valid, so nothing needs it any more: take it out of the trust stores and off the servers, retire the CA, and destroy its key.',
      notRetired: 'It is not retired yet.',
      retired: (at: Date): string => `It was retired on ${moment(at)}.`,
      keyHere: 'Its key is still in this vault.',
      destroyed: 'Its key is destroyed.',
      keyElsewhere: 'Its key is kept elsewhere: destroy it there.',
      page: (name: string): string => `The page of ${name}`,
    },
    who: 'Who trusts what',
    whoLead: 'If servers send what is listed above, and the certificate itself is valid.',
    table: 'As a table, with the dates',
    period: 'From – to',
    clients: { old: 'Has only the old root', both: 'Has both roots', new: 'Has only the new root' },
    believes: (oldKey: boolean, newKey: boolean): string =>
      oldKey && newKey ? 'both keys' : oldKey ? 'the old key' : newKey ? 'the new key' : 'nothing',
    fingerprint: (hash: string): string => `SHA-256 ${hash}`,
    span: (from: Date, until: Date): string => `valid from ${moment(from)} to ${moment(until)}`,
    made: (at: Date): string => `Made on ${moment(at)} by Rootcellar.`,
  },
  bulk: {
    found: 'Renew, replace or revoke everything found',
    begin: { renew: 'Renew…', replace: 'Replace…', revoke: 'Revoke…' },
    titles: {
      renew: 'Renew many certificates',
      replace: 'Replace many certificates',
      revoke: 'Revoke many certificates',
    },
    leads: {
      renew: 'Each gets a new certificate for the key it has, with the same names and uses.',
      replace:
        'Each gets a new key and a new certificate, with the same names and uses. The new keys are kept sealed in the vault.',
      revoke:
        'Each will be on every revocation list of its issuer from now on. Only a hold can be taken back.',
    },
    nothingTitle: 'No certificates are chosen',
    nothing: 'Choose some in the inventory; the actions for all of them are beside the list.',
    toInventory: 'To the inventory',
    planning: 'Looking at each certificate',
    running: 'Working and storing',
    revokeFormer: 'Revoke the old ones in the same step',
    sum: {
      renew: (n: number): string => `${count(n, 'certificate')} will be renewed.`,
      replace: (n: number): string => `${count(n, 'certificate')} will be replaced.`,
      revoke: (n: number): string => `${count(n, 'certificate')} will be revoked.`,
      hold: (n: number): string => `${count(n, 'certificate')} will be put on hold.`,
    },
    refused: (n: number): string =>
      `${count(n, 'certificate')} ${plural(n, 'is', 'are')} left out: see why below.`,
    waiting: (n: number): string =>
      `${count(n, 'certificate')} ${plural(n, 'is', 'are')} left out until you accept this:`,
    waitsFor: 'Left out, until you accept the warning.',
    leftWaiting: (n: number): string =>
      `${count(n, 'certificate')} ${plural(n, 'was', 'were')} left out: the warning about ${plural(n, 'it', 'them')} was not accepted.`,
    warningsEach: 'Each warning is shown once, for the first certificate it applies to.',
    columns: { name: 'Certificate', until: 'Ends', outcome: 'What happens' },
    leftOut: 'Left out.',
    leftOutTitle: 'Left out',
    newUntil: 'A new one, until',
    willRevoke: 'Revoked',
    willHold: 'On hold',
    noName: 'without a name',
    more: (n: number): string => `And ${count(n, 'more', 'more')}.`,
    submit: {
      renew: (n: number): string => `Renew ${count(n, 'certificate')}`,
      replace: (n: number): string => `Replace ${count(n, 'certificate')}`,
      revoke: (n: number): string => `Revoke ${count(n, 'certificate')}`,
      hold: (n: number): string => `Put ${count(n, 'certificate')} on hold`,
    },
    doneTitle: {
      renew: (n: number): string => `${count(n, 'certificate')} renewed`,
      replace: (n: number): string => `${count(n, 'certificate')} replaced`,
      revoke: (n: number): string => `${count(n, 'certificate')} revoked`,
      hold: (n: number): string => `${count(n, 'certificate')} put on hold`,
    },
    stopped:
      'Stopped. What was done by then is stored, each certificate completely; the rest is unchanged. Do the same again for the rest: what is done is left out.',
    next: {
      replace: 'The new keys are sealed in the vault: export each with its certificate from its page.',
      revoke: 'Sign a revocation list of each issuer, so that others learn of it.',
    },
  },
  cross: {
    title: 'Certify another CA',
    lead: 'A CA that is run elsewhere gets a certificate below one of yours. Anyone who trusts yours then trusts what it issues, within the limits you set.',
    open: 'Certify another CA…',
    drop: 'Drop the certificate or the request of the other CA.',
    dropHint:
      'Drop its own certificate (the best choice) or a request (CSR), or paste it here. Compare its fingerprint with its owner before you sign.',
    pick: 'Choose a file…',
    paste: 'Or paste it as text',
    read: 'Read it',
    none: 'It contains no certificate and no request.',
    choose: 'Use this one',
    another: 'Choose another',
    kinds: { certificate: 'Certificate', request: 'Request' },
    signatures: {
      valid: 'Its own signature verifies with the key in it.',
      invalid: 'Its own signature does not verify with the key in it. Do not certify it.',
      unchecked: 'Its own signature cannot be checked here.',
      'by-another':
        'Another CA signed it, so it does not prove possession of the private key. Ask its owner.',
    },
    requestNote:
      'A request does not say which key identifier is in the certificates this CA has issued. The usual one is used; with its certificate there is no guessing.',
    notCa: 'It says that it is not a CA.',
    usual: 'Five years, or until its own certificate ends',
    pathLen: 'How many CAs may be below it (pathLen)',
    pathLenHint: '0: only what it issues itself is trusted. Empty: no limit.',
    part: 'The cross-certificate',
    stopsAdvice:
      'Go back to choose another signer, time or limit. What the other CA decided has to be changed there: ask it for a new certificate or request.',
    partHint: 'Name and key are the other CA’s, unchanged; the limits are yours.',
    sign: 'Sign the cross-certificate',
  },
  asOf: {
    counting: 'Counting the certificates…',
    summary: 'See another day (UTC)',
    hint: 'The hierarchy on that day, as far as it is known today.',
    slider: 'The day',
    next: 'To the next change of a CA',
    today: 'Back to today',
    title: (at: Date): string => `As of ${moment(at)}`,
    counts: {
      valid: (n: number): string => `${count(n, 'certificate')} valid`,
      broken: (n: number): string => `${count(n, 'certificate')} below a CA that is not valid then`,
      future: (n: number): string => `${count(n, 'certificate')} not valid yet`,
      expired: (n: number): string => `${count(n, 'certificate')} expired`,
      revoked: (n: number): string => `${count(n, 'certificate')} revoked or on hold`,
    },
    wentOver: 'old key: replaced by another',
    brokenAbove: 'a CA above it is not valid',
  },
  dependents: {
    title: 'What depends on this CA',
    reading: 'Counting what depends on this CA',
    none: 'Nothing that is valid now is below this CA.',
    fall: (total: number, authorities: number): string =>
      `${depending(total, authorities)} ${plural(total, 'becomes', 'become')} invalid with it.`,
    below: (total: number, authorities: number): string =>
      `${depending(total, authorities)} ${plural(total, 'is', 'are')} below it.`,
    last: (at: Date): string => `The last of them is dated until ${day(at)}.`,
    outlive: (n: number, at: Date): string =>
      `${count(n, 'certificate')} ${plural(n, 'is', 'are')} dated past ${day(at)}, when this CA ends. From then on ${plural(n, 'it does', 'they do')} not validate below this certificate.`,
    others: (n: number): string =>
      `This CA has ${count(n, 'other valid certificate')} for the same key: programs that have one of those still find a path.`,
    list: (shown: number, total: number): string =>
      shown === total ? 'Which ones' : `Which ones (the ${shown} that last longest)`,
    until: 'until',
  },
}

function depending(total: number, authorities: number): string {
  const certificates = count(total, 'valid certificate')
  return authorities === 0 ? certificates : `${certificates}, of which ${count(authorities, 'CA')},`
}
