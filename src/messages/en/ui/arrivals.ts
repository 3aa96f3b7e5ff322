import type { FilesLook } from '../../../border/protocol/files.ts'
import type { FoundKinds } from '../../../containers/pile/found-kinds.ts'
import { foundList } from '../found-kinds.ts'
import { count, plural } from '../format.ts'

const sum = (found: FoundKinds): number => Object.values(found).reduce((total, n) => total + n, 0)
const them = ({ found, databases }: FilesLook): string =>
  plural(Math.max(1, sum(found) + databases), 'it', 'them')

/** What it is; an `index.txt` with its serials makes the folder a CA. */
const what = ({ found, databases }: FilesLook): string =>
  databases === 0 ? foundList(found) : ['The folder of a CA', foundList(found)].filter(Boolean).join(' with ')

/** Files that were dropped or pasted on a page that does not take them itself. */
export const arrivals = {
  drop: 'Drop files here. You are asked where they go.',
  looking: 'Looking at what you added',
  question: {
    validate: (look: FilesLook): string => `${what(look)}: validate ${them(look)}?`,
    certify: (look: FilesLook): string => `${what(look)}: certify ${them(look)}?`,
    import: (look: FilesLook): string => `${what(look)}: bring ${them(look)} in?`,
    answer: (look: FilesLook): string => `${what(look)}: add ${them(look)} to your requests?`,
  },
  backup: 'A backup of a vault: restore it?',
  hint: {
    validate: 'The page Validate says whether they are valid, and why not.',
    certify: 'The page shows what each would get before anything is signed.',
    import: 'What would be stored, keys included, is matched and shown first.',
    answer: 'They are matched with the requests that were made here.',
    restore: 'The next page asks for its passphrase. Nothing is changed before you confirm.',
  },
  act: {
    validate: 'Validate',
    certify: 'Certify…',
    import: 'Bring in…',
    answer: 'Add to my requests…',
    restore: 'Restore…',
  },
  cleared: 'What is on the page Validate now is cleared first.',
  add: 'Add to what is on Validate',
  replaced: 'Requests that are on the page Certify now leave it.',
  locked: 'The vault is locked: unlock it on the next page. What you added waits for it.',
  absent: 'There is no vault yet: create one. What you added waits for it.',
  alsoUnread: (n: number): string =>
    `${count(n, 'part')} of what you added cannot be read: ${plural(n, 'it is', 'they are')} left out.`,
  nothing: 'There is nothing in it that can be used here',
  nothingHint:
    'Certificates, requests (CSR), revocation lists, keys, the folder of a CA and backups can be dropped or pasted on any page.',
  waiting: {
    certify: (n: number): string =>
      `${count(n, 'file')} to certify ${plural(n, 'waits', 'wait')} for the open vault.`,
    import: (n: number): string =>
      `${count(n, 'file')} to bring in ${plural(n, 'waits', 'wait')} for the open vault.`,
    answer: (n: number): string =>
      `${count(n, 'file')} to add to your requests ${plural(n, 'waits', 'wait')} for the open vault.`,
  },
  discard: 'Discard',
}
