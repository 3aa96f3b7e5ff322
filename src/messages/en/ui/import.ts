import { count, day, list, number, plural, series } from '../format.ts'

const given = (parts: readonly string[]): string => list(parts.filter((part) => !part.startsWith('0 ')))

/** Bringing in what was made with other tools. */
export const imports = {
  link: 'Bring in…',
  title: 'Bring in',
  lead: 'Keys, certificates, requests, revocation lists and whole CAs from other tools. You see what they are before anything is stored.',
  drop: 'Drop files or a folder to bring them in.',
  intake:
    'Drop files or a folder anywhere on this page, or choose them here. All at once is best: what belongs together is matched automatically.',
  pick: 'Choose files…',
  pickFolder: 'Choose a folder…',
  paste: 'Or as text',
  pasteHint:
    'PEM or base64. A private key that you paste stays on the clipboard until you copy something else.',
  pasted: (n: number): string => plural(n, 'pasted text', `pasted text ${number(n)}`),
  read: 'Look at it',
  reading: 'Reading and matching',
  clear: 'Start again',
  forgotten:
    'The vault was locked, so everything read was discarded, keys first. Nothing was stored. Drop the files again.',
  cameTooSoon: 'The page was still busy, so these files were not read. Drop them again now.',
  found: (files: number): string => `Found in ${count(files, 'file')}`,
  passedOver: (n: number): string =>
    `${count(n, 'file')} with nothing to bring in, such as settings, skipped.`,
  nothing: 'There is nothing in it to bring in.',
  locked: {
    title: 'Protected with a password',
    lead: 'What is inside is listed below once it is opened.',
    all: (n: number): string => `One password for all ${number(n)} of them`,
    field: (file: string, format: string): string => `Password of ${file} (${format})`,
    own: (file: string, part: 'key' | 'contents', name: string | null): string =>
      part === 'contents'
        ? `Password of the rest of ${file}, which differs from the file’s`
        : `Password of ${name === null ? 'the key' : `the key “${name}”`} in ${file}, which differs from the file’s`,
    submit: 'Open',
    opening: 'Trying the password',
    more: (n: number): string => `… and ${count(n, 'more file')}`,
  },
  authority: {
    take: (name: string): string => `Bring in ${name}`,
    takeHere: (name: string): string => `Add what came for ${name}`,
    fates: {
      new: {
        comes: 'A new CA, with its key',
        missing: 'A new CA, its key kept elsewhere',
        closed: 'A new CA; its key is not here, or in a closed file',
      },
      'key-joined': 'Here already; its key comes now',
      'certificate-added': 'Here already; another of its certificates comes',
      known: 'Here already',
    },
    unfit:
      'A key came with it, but its signatures do not verify with this certificate, or it is the key of a CA with another name. It is left out.',
    root: 'signs itself',
    below: (parent: string): string => `below ${parent}`,
    orphan: 'the CA above it is not here',
    until: (at: Date): string => `until ${day(at)}`,
    certificates: (fresh: number, revoked: number, keys: number, requests: number): string =>
      `Its ${count(fresh, 'certificate')}${
        revoked + keys + requests === 0
          ? ''
          : `: ${given([`${number(revoked)} revoked or on hold`, `${number(keys)} with their key`, `${number(requests)} with their request`])}`
      }`,
    known: (n: number): string => `${count(n, 'certificate')} here already.`,
    lists: (n: number): string => count(n, 'revocation list'),
    nextNumber: (highest: string): string =>
      `Its lists had numbers up to ${highest}; the next one here gets a higher one.`,
    database: (file: string, valid: number, revoked: number, expired: number): string =>
      `${file}: ${given([`${number(valid)} good`, `${number(revoked)} revoked`, `${number(expired)} expired`]) || 'nothing issued yet'}.`,
    missing: (n: number): string =>
      `${count(n, 'entry', 'entries')} in the database without ${plural(n, 'its', 'their')} certificate`,
    missingLead:
      'Those that are revoked stay on every list this CA signs here, by their serial number. The others cannot be revoked here until their certificates are brought in.',
    missingRevoked: 'revoked',
    badLines: (n: number, first: number): string =>
      `${count(n, 'line')} of the database cannot be read, the first is line ${number(first)}. Fix it and drop the folder again, or what it says is lost. A certificate that it calls revoked stays revoked.`,
  },
  certificates: {
    show: (n: number): string => `Show ${plural(n, 'it', 'them')}`,
    shownOf: (shown: number, total: number): string =>
      `The first ${number(shown)} of ${number(total)}; all are in the inventory afterwards.`,
    withKey: 'with its key',
    revoked: 'revoked',
    held: 'on hold',
  },
  others: (n: number): string => `${count(n, 'certificate')} whose CA is not here`,
  othersHint: 'They can be viewed and exported. If you bring in their CA later, it is placed above them.',
  requests: (n: number, withKey: number): string =>
    `${count(n, 'request')} without a certificate${withKey === 0 ? '' : `, ${number(withKey)} with the key`}`,
  loneKeys: (n: number): string =>
    `${count(n, 'private key')} that belong${plural(n, 's', '')} to nothing here. ${plural(n, 'It is', 'They are')} not stored: drop the certificate too.`,
  problems: (n: number): string => `${count(n, 'thing')} could not be read`,
  noMac: (file: string): string =>
    `${file} has no checksum, so nobody can tell whether it was changed. Compare the fingerprint of what is in it.`,
  skipped: (file: string): string => `${file} has parts that were skipped.`,
  keeping: 'How the CA keys are kept',
  passphrase: 'Passphrase for the keys of these CAs',
  passphraseAgain: 'The same passphrase again',
  submit: (authorities: number, certificates: number, requests: number): string =>
    `Bring in ${given([count(authorities, 'CA'), count(certificates, 'certificate'), count(requests, 'request')])}`,
  choose: 'Choose what to bring in.',
  storing: 'Storing',
  more: 'Add more files',
  done: (authorities: number, certificates: number, keys: number, requests: number, lists: number): string =>
    `Brought in: ${
      given([
        count(authorities, 'CA'),
        count(certificates, 'certificate'),
        count(keys, 'key'),
        count(requests, 'request'),
        count(lists, 'revocation list'),
      ]) || 'nothing that was not here already'
    }.`,
  cancelled: 'You stopped it. What is named here is completely stored; drop the files again for the rest.',
  refused: (serials: readonly string[]): string =>
    `Left out, because their CA also gave the serial number to another certificate: ${series(serials)}.`,
  unsigned: (serials: readonly string[]): string =>
    `Left out, because the CA they name as issuer did not sign them, or the files were damaged: ${series(serials)}.`,
  next: 'What comes next',
  back: 'Make a backup. Then lock away or destroy the files these keys came from: anyone who has them can sign too.',
  issue: (name: string): string => `Issue from ${name}`,
  lists: (name: string): string => `Revocation lists of ${name}`,
  toHierarchy: 'Look at the hierarchy',
  again: 'Bring in more',
  recipes: 'How to get everything out of another tool',
  recipe: {
    openssl: {
      title: 'openssl ca',
      text: 'Drop the CA’s whole folder: the certificate, private/, newcerts/, index.txt, serial and crlnumber. Stop issuing there first: two places that number lists know nothing of each other.',
    },
    easyRsa: {
      title: 'easy-rsa',
      text: 'Drop the folder pki. It has ca.crt, private/, issued/, certs_by_serial/, reqs/ and index.txt.',
    },
    cfssl: {
      title: 'cfssl',
      text: 'Drop the folder with ca.pem and ca-key.pem, or the JSON that cfssl printed. What it issued and revoked is in its own database: drop the certificates, and the last list from cfssl crl, as files.',
    },
    xca: {
      title: 'XCA',
      text: 'First, make one list for each CA on the tab Revocation lists: it carries what was revoked. On Private Keys select all and press Export, then “Each item in one file” with the format PKCS#8 encrypted; a single file would be unencrypted. On Certificates export any one with the format PEM all. On Certificate signing requests and Revocation lists select all and export. Drop all these files here at once.',
    },
    keytool: {
      title: 'Java key stores, Windows, browsers',
      text: 'Drop the .jks, .p12 or .pfx file, and type its password here.',
    },
  },
}
