/** Signing a manifest: a key, the manifest, the files of the record, and what the signature says. */
import { attest, safeName } from './attest.ts'
import { button, element } from './element.ts'
import { field, octetsOf, save } from './give.ts'
import { hashView } from './hash-view.ts'
import { compare, readManifest, type Comparison, type GivenName, type ManifestLine } from './manifest.ts'
import { qrCode } from './qr.ts'
import { readByQr } from './qr-read.ts'
import { showByQr } from './qr-show.ts'
import { keyView, sentence } from './sign-key-view.ts'
import { sha256, type SigningKey } from './signing-key.ts'
import { count, hex, plain } from './text.ts'

interface Given {
  readonly octets: Uint8Array<ArrayBuffer>
  readonly sha256: Uint8Array
  readonly lines: readonly ManifestLine[]
}

const LARGEST_FILE = 64 * 1024 * 1024
const MOST_NAMED = 20

const manifestShown = element('div', { role: 'status' })
const comparedShown = element('div', { role: 'status' })
const meaning = element('ul', {})
const signed = element('div', { role: 'status' })
const sign = button('Sign', () => void signNow())

let key: SigningKey | null = null
let manifest: Given | null = null
let files: GivenName[] = []
let unread: string[] = []
let comparison: Comparison | null = null

/** Returns the section; it keeps what was given until the page is closed. */
export function signView(): HTMLElement {
  const section = element(
    'section',
    { id: 'sign', 'aria-label': 'Sign a manifest' },
    element('h2', {}, 'Sign a manifest'),
    element(
      'p',
      {},
      'At the end of a ceremony each witness signs manifest.sha256, which lists the SHA-256 of every file of the record. Do this on a device of your own, with a copy of this page that you trust.',
    ),
    keyView((made) => {
      key = made
      update()
    }),
    manifestPart(),
    filesPart(),
    element(
      'section',
      {},
      element('h3', {}, '4. Sign'),
      element('p', {}, 'Your signature says:'),
      meaning,
      element('div', { class: 'acts' }, sign),
      signed,
    ),
  )
  section.addEventListener('drop', (event) => {
    const given = [...(event.dataTransfer?.files ?? [])]
    event.preventDefault()
    event.stopPropagation()
    const list = given.find(({ name }) => name === 'manifest.sha256')
    void (list ? takeManifest(list) : takeFiles(given))
  })
  update()
  return section
}

function manifestPart(): HTMLElement {
  const chosen = element('input', { id: 'manifest', type: 'file' })
  chosen.addEventListener('change', () => {
    const [file] = chosen.files ?? []
    if (file) void takeManifest(file)
  })
  return element(
    'section',
    {},
    element('h3', {}, '2. The manifest'),
    field('manifest', 'Choose manifest.sha256, or drop it here', chosen),
    element(
      'div',
      { class: 'field' },
      readByQr('manifest-pictures', (file) => void takeManifest(file)),
    ),
    manifestShown,
  )
}

function filesPart(): HTMLElement {
  const several = element('input', { id: 'record', type: 'file', multiple: '' })
  const folder = element('input', { id: 'record-folder', type: 'file', webkitdirectory: '' })
  for (const input of [several, folder])
    input.addEventListener('change', () => {
      const given = [...(input.files ?? [])]
      input.value = ''
      void takeFiles(given)
    })
  return element(
    'section',
    {},
    element('h3', {}, '3. The files of the record'),
    element(
      'p',
      {},
      'Each file that you give is compared with its line. You may sign without them: then you sign what the manifest says, and not what is in the files.',
    ),
    field('record-folder', 'The folder of the record', folder),
    field('record', 'Or files of it', several),
    comparedShown,
    element(
      'div',
      {},
      button('Forget the files', () => {
        files = []
        unread = []
        update()
      }),
    ),
  )
}

async function takeManifest(file: File): Promise<void> {
  const octets = await octetsOf(file).catch(() => new Uint8Array())
  const reading = readManifest(octets)
  manifest = 'lines' in reading ? { octets, sha256: await sha256(octets), lines: reading.lines } : null
  manifestShown.replaceChildren(
    ...('fault' in reading
      ? [sentence('bad', `${reading.fault} This is not the manifest of a record: ask the room for it again.`)]
      : [
          sentence('good', `A manifest of ${count(reading.lines.length, 'file')}.`),
          hashView('Its SHA-256. Compare it with what the room reads aloud.', manifest!.sha256),
        ]),
  )
  update()
}

/** One after the other: a record may have hundreds of files. */
async function takeFiles(given: readonly File[]): Promise<void> {
  for (const file of given) {
    const name = file.webkitRelativePath || file.name
    const octets = file.size > LARGEST_FILE ? null : await octetsOf(file).catch(() => null)
    if (octets) files.push({ name, sha256: hex(await sha256(octets)) })
    else unread.push(name)
  }
  update()
}

/** Shows again what follows from the key, the manifest and the files. */
function update(): void {
  comparison = manifest && files.length + unread.length > 0 ? compare(manifest.lines, files) : null
  comparedShown.replaceChildren(...(comparison ? compared(comparison) : []))
  meaning.replaceChildren(...meanings().map((text) => element('li', {}, text)))
  signed.replaceChildren()
  sign.disabled = !key || !manifest || (comparison?.different.length ?? 0) > 0
}

function compared({ same, different, missing, others }: Comparison): HTMLElement[] {
  const said = [
    sentence(
      different.length > 0 ? 'bad' : missing.length > 0 ? 'grey' : 'good',
      `${same.length} of ${count(same.length + different.length + missing.length, 'file')} are as the manifest says.`,
    ),
  ]
  const named = (what: string, names: readonly string[]): void => {
    if (names.length > 0) said.push(element('p', {}, `${what}: ${namesOf(names)}.`))
  }
  named('Not as the manifest says. Do not sign; say so in the room', different)
  named('Not given', missing)
  named('Not in the manifest', others)
  named('Not read by the browser, or larger than 64 MiB', unread)
  return said
}

const namesOf = (names: readonly string[]): string =>
  names.length > MOST_NAMED
    ? `${names.slice(0, MOST_NAMED).map(plain).join(', ')} and ${names.length - MOST_NAMED} more`
    : names.map(plain).join(', ')

function meanings(): string[] {
  const all = manifest?.lines.length ?? 0
  const same = comparison?.same.length ?? 0
  return [
    manifest
      ? `${key ? key.name : 'You'} had this manifest of ${count(all, 'file')}, whose words are above.`
      : 'that you had this manifest. Give it first.',
    same === 0
      ? 'No file was compared with its line here.'
      : same === all
        ? `All ${count(all, 'file')} were compared here, and are as the manifest says.`
        : `${same} of ${count(all, 'file')} were compared here, and are as the manifest says; the others were not.`,
    'It does not say that the ceremony went by its plan, or that what is in the files is right. That is what you sign on paper.',
  ]
}

async function signNow(): Promise<void> {
  if (!key || !manifest) return
  const { name } = key
  const file = `${safeName(name)}.witness.pem`
  try {
    const text = await attest(manifest.octets, key)
    const code = qrCode(text, `${file} as a QR code`)
    signed.replaceChildren(
      sentence('good', `Signed. Give ${file} to the room.`),
      element(
        'div',
        {},
        button(`Save ${file}`, () => save(file, text)),
        showByQr(file, text),
      ),
      ...(code ? [code] : [element('p', {}, 'It is too long for a QR code: give the file.')]),
      element('pre', { class: 'pem', tabindex: '0', 'aria-label': file }, text),
    )
  } catch {
    signed.replaceChildren(sentence('bad', 'The browser did not sign. Make the key again.'))
  }
}
