/** Everything that the palette offers; each act only where it is possible. */
import { messages } from '../../messages/messages.ts'
import { safeLine } from '../../messages/safe-text.ts'
import type { AuthorityView, CertificateRow } from '../../border/views.ts'
import type { App } from '../../state/app.svelte.ts'
import { GO } from '../../state/shortcuts.svelte.ts'
import { address } from '../../state/router.svelte.ts'
import { qr } from '../../state/qr/qr.svelte.ts'
import { callRow } from '../../x509/row-name.ts'
import { PAGES, RAIL } from '../pages.ts'
import type { Entry } from './ranked.ts'
import { goTo } from './go-to.ts'

/** The keys that lead to a page: `g h`. */
const keysTo = (page: string): string | undefined => {
  const key = Object.keys(GO).find((each) => GO[each] === page)
  return key === undefined ? undefined : `g ${key}`
}

/** A page, with what must be done before it is shown. */
function pageEntry({ vault }: App, name: string, label: string, keys = keysTo(name)): Entry {
  const needs = PAGES[name]?.needs
  const isClosed = (needs === 'open' && !vault.isOpen) || (needs === 'readable' && !vault.isReadable)
  const note = isClosed ? messages().ui.palette.unlockFirst : undefined
  return { id: name, label, note, keys, do: goTo(address(name)) }
}

export function pagesIn(app: App): Entry[] {
  const { frame, issue, lists, requests, validate, vault } = messages().ui
  const always = [
    pageEntry(app, 'restore', vault.backup.restoreTitle),
    pageEntry(app, 'recipe', requests.recipe.title),
    pageEntry(app, 'rule', validate.rule.bookTitle),
    pageEntry(app, 'notices', frame.notices.title),
  ]
  if (app.vault.state === null || app.vault.state === 'absent')
    return [pageEntry(app, 'validate', frame.validate), ...always]
  return [
    ...RAIL.map(({ name }) => pageEntry(app, name, frame[name])),
    pageEntry(app, 'lists', lists.overview.title),
    pageEntry(app, 'profiles', issue.profilesTitle),
    pageEntry(app, 'vault', vault.settings.title),
    ...always,
  ]
}

export function actsIn(app: App): Entry[] {
  const { vault, authorities, router, shortcuts } = app
  const { imports, issue, palette, requests, vault: words } = messages().ui
  const help = { id: 'keys', label: palette.showKeys, keys: '?', do: () => (shortcuts.helpOpen = true) }
  const always = [...qrIn(app), help]
  if (vault.state === null) return always
  if (vault.state === 'absent')
    return [
      pageEntry(app, 'create', words.create.title),
      {
        id: 'sample',
        label: words.first.sample,
        do: () => vault.enterSample(router.thenTo('hierarchy')),
      },
      ...always,
    ]
  const isSigning = !vault.isOpen || authorities.signing.length > 0
  const root = pageEntry(app, 'issue', issue.rootTitle, undefined)
  return [
    ...(isSigning ? [pageEntry(app, 'issue', issue.title, 'n')] : []),
    { ...root, id: 'root', do: goTo('#/issue?profile=root') },
    ...(isSigning ? [pageEntry(app, 'certify', requests.certify.title)] : []),
    pageEntry(app, 'make-request', requests.makeTitle),
    ...(isSigning ? [pageEntry(app, 'batch', issue.batchTitle)] : []),
    pageEntry(app, 'import', imports.title),
    pageEntry(app, 'backup', words.backup.make),
    vault.isOpen
      ? { id: 'lock', label: palette.lock, keys: 'L', do: () => vault.lock() }
      : { id: 'unlock', label: words.unlock.title, do: goTo(router.unlockAndReturn) },
    ...always,
  ]
}

/** What is read goes where dropped files go. */
function qrIn({ arrivals }: App): Entry[] {
  const words = messages().ui.qr
  return [
    { id: 'read-qr', label: words.read, do: () => qr.read((files) => arrivals.take(files)) },
    { id: 'show-qr', label: words.showFile, do: () => (qr.shown = 'choose') },
  ]
}

const nameOf = (row: AuthorityView | CertificateRow): string =>
  safeLine(callRow(row) ?? messages().ui.parts.sealedName, 80)

/** CAs, and what is done with each. */
export function authoritiesIn({ authorities, vault }: App): { cas: Entry[]; acts: Entry[] } {
  const { palette, lists } = messages().ui
  const cas = authorities.all.map((each) => ({
    id: each.id,
    label: nameOf(each),
    do: goTo(address('hierarchy', each.certificateId)),
  }))
  if (!vault.isOpen) return { cas, acts: [] }
  const below = authorities.signing.map((each) => ({
    id: `below ${each.id}`,
    label: palette.issueBelow(nameOf(each)),
    do: goTo(`#/issue?from=${encodeURIComponent(each.id)}`),
  }))
  const listsOf = authorities.all.map((each) => ({
    id: `lists ${each.id}`,
    label: lists.title(nameOf(each)),
    do: goTo(address('lists', each.id)),
  }))
  return { cas, acts: [...below, ...listsOf] }
}

export const certificateEntries = (rows: readonly CertificateRow[]): Entry[] =>
  rows.map((row) => ({ id: row.id, label: nameOf(row), do: goTo(address('certificate', row.id)) }))
