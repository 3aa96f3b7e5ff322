/** The page: files in, facts out. Text from files reaches the document as text nodes only. */
import { LARGEST_FILE, MOST_OCTETS } from './blocks.ts'
import { NOT_READ } from './not-read.ts'
import { MOST_ITEMS, compareOctets, readFile, type GivenFile } from './items.ts'
import { itemView, fileHashes } from './item-view.ts'
import { button, element } from './element.ts'
import { readByQr } from './qr-read.ts'
import { signView } from './sign-view.ts'
import { count, plain } from './text.ts'

const files: GivenFile[] = []
const results = element('section', { 'aria-label': 'What was given' })
const status = element('p', { role: 'status', class: 'quiet' })
const comparing = element('section', { 'aria-label': 'Compare' })
const pasted = element('textarea', { id: 'pasted', rows: '4', spellcheck: 'false', autocomplete: 'off' })
const chosen = element('input', { type: 'file', id: 'chosen', multiple: '' })

/** One operation after the other: two drops at once would mix their items. */
let work = Promise.resolve()
const inTurn = (act: () => Promise<void>): void => {
  work = work.then(act).catch(() => {
    status.textContent = 'This could not be read. What was read before is still shown.'
  })
}

async function take(given: readonly File[]): Promise<void> {
  for (const file of given) {
    status.textContent = `Reading ${count(given.length, 'file')}…`
    await takeFile(file)
  }
  await show()
}

/** Reads one file, if its size allows; one that cannot be read is named and hides no other. */
async function takeFile(file: File): Promise<void> {
  const refusal = tooLarge(file.size)
  if (refusal) refuse(file.name, NOT_READ[refusal])
  else {
    try {
      await takeOctets(file.name, new Uint8Array(await file.arrayBuffer()))
    } catch {
      refuse(file.name, 'The browser cannot read it. If it is a folder, choose the files in it.')
    }
  }
}

/** Returns why so many octets more are not read; null if they are. */
function tooLarge(size: number): 'size' | 'total' | null {
  if (size > LARGEST_FILE) return 'size'
  return files.reduce((sum, { octets }) => sum + octets.length, size) > MOST_OCTETS ? 'total' : null
}

/** Keeps a file that was not read: it has a name and a sentence, and is compared with no other. */
function refuse(name: string, sentence: string): void {
  files.push({
    name: plain(name),
    octets: new Uint8Array(),
    sha256: new Uint8Array(32),
    items: [{ octets: null, sha256: null, facts: null, keySha256: null, sentence }],
  })
}

async function takeOctets(name: string, octets: Uint8Array<ArrayBuffer>): Promise<void> {
  const shown = files.reduce((sum, { items }) => sum + items.length, 0)
  files.push(await readFile(name, octets, Math.max(0, MOST_ITEMS - shown)))
}

async function show(): Promise<void> {
  const certificates = files
    .flatMap(({ items }) => items)
    .flatMap(({ facts }) => (facts?.kind === 'certificate' ? [facts] : []))
  const views: HTMLElement[] = []
  for (const file of files) {
    const section = element('section', { class: 'file' }, element('h2', {}, file.name))
    if (file.octets.length > 0) section.append(fileHashes(file))
    for (const item of file.items) section.append(await itemView(item, certificates))
    views.push(section)
  }
  results.replaceChildren(...views)
  comparing.replaceChildren(...(files.length > 1 ? comparison() : []))
  const items = files.flatMap((file) => file.items)
  const read = items.filter(({ facts }) => facts).length
  status.textContent =
    items.length === 0
      ? ''
      : `${count(files.length, 'file')}: ${count(read, 'item')} read, ${items.length - read} not read.`
}

function comparison(): HTMLElement[] {
  const answer = element('p', { role: 'status', class: 'answer' })
  const select = (id: string, at: number): HTMLSelectElement => {
    const options = files.map(({ name }, i) => element('option', { value: String(i) }, `${i + 1}. ${name}`))
    const made = element('select', { id }, ...options)
    made.selectedIndex = at
    made.addEventListener('change', say)
    return made
  }
  const one = select('one', files.length - 2)
  const other = select('other', files.length - 1)
  function say(): void {
    const [a, b] = [files[one.selectedIndex]!.octets, files[other.selectedIndex]!.octets]
    const { same, first } = compareOctets(a, b)
    const unread = a.length === 0 || b.length === 0
    answer.dataset['tone'] = unread ? 'grey' : same ? 'good' : 'bad'
    answer.textContent = unread
      ? 'Not compared: one of them was not read.'
      : same
        ? `The same, octet for octet (${count(a.length, 'octet')}).`
        : `Different: they part at octet ${(first + 1).toLocaleString('en')} (${count(a.length, 'octet')} and ${count(b.length, 'octet')}).`
  }
  say()
  const label = (id: string, text: string, field: HTMLElement) =>
    element('div', { class: 'field' }, element('label', { for: id }, text), field)
  return [
    element('h2', {}, 'Compare two files'),
    label('one', 'One', one),
    label('other', 'The other', other),
    answer,
  ]
}

function start(root: HTMLElement): void {
  chosen.addEventListener('change', () => {
    const given = [...(chosen.files ?? [])]
    chosen.value = ''
    inTurn(() => take(given))
  })
  const readPasted = button('Read the text', () => {
    const { value } = pasted
    if (value.length > 0) inTurn(() => take([new File([value], 'Pasted text')]))
  })
  const takeRead = (file: File): void => inTurn(() => take([file]))
  const clear = button('Forget all', () =>
    inTurn(async () => {
      files.length = 0
      pasted.value = ''
      await show()
    }),
  )
  root.append(
    element('h1', {}, 'A second reading'),
    element(
      'p',
      { class: 'lead' },
      'Read certificates, requests and lists again, with a reader (PKI.js) that shares no code with Rootcellar. Nothing leaves this page. It does not validate chains: it says what is in a file and whose key signed it.',
    ),
    element('p', {}, element('a', { href: '#sign' }, 'Sign the manifest of a ceremony')),
    element(
      'div',
      { class: 'give' },
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'chosen' }, 'Choose files, or drop them anywhere'),
        chosen,
      ),
      element('div', { class: 'field' }, element('label', { for: 'pasted' }, 'Or paste PEM text'), pasted),
      element('div', { class: 'acts' }, readPasted, readByQr('pictures', takeRead), clear),
    ),
    status,
    comparing,
    results,
    limits(),
    signView(),
  )
  takeDrops()
  document.documentElement.dataset['witness'] = 'ready'
}

const limits = (): HTMLElement =>
  element(
    'details',
    {},
    element('summary', {}, 'What is not read here'),
    element('ul', {}, ...Object.values(NOT_READ).map((sentence) => element('li', {}, sentence))),
  )

function takeDrops(): void {
  document.addEventListener('dragover', (event) => event.preventDefault())
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    const given = [...(event.dataTransfer?.files ?? [])]
    if (given.length > 0) inTurn(() => take(given))
  })
}

const main = document.getElementById('witness')
// A page framing this one could cover it.
if (main && self === top) start(main)
else main?.append('This page does nothing inside another page. Open it on its own.')
