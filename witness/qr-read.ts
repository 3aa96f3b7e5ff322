/** A file from QR codes: before the camera, or in pictures. How they are put together is shared with Rootcellar, what comes of it is not. */
import { openCamera, type CameraFault } from '../src/qr/camera.ts'
import { Collector, type Outcome, type Received, type Transfer } from '../src/qr/collector.ts'
import { codesIn } from '../src/qr/picture.ts'
import { button, element } from './element.ts'
import { field } from './give.ts'
import { hashView } from './hash-view.ts'
import { sha256 } from './signing-key.ts'
import { count, plain } from './text.ts'

const CAMERA: Readonly<Record<CameraFault, string>> = {
  absent: 'No camera was found, or it was taken away.',
  refused:
    'The camera may not be used by this page. Allow it in the browser’s settings, and open this again.',
  busy: 'The camera does not start: another program may be using it.',
  insecure: 'The browser gives no camera to a page that came over an unprotected connection.',
  failed: 'The camera does not start, and the browser does not say why.',
}

/** Returns a button that opens the reader; `onfile` gets the file once the witness has seen its name and hash. */
export const readByQr = (id: string, onfile: (file: File) => void): HTMLButtonElement =>
  button('Read by QR', () => openReader(id, onfile))

function openReader(id: string, onfile: (file: File) => void): void {
  const reading = element('div', {})
  const dialog = element('dialog', { 'aria-label': 'Read by QR' }, element('h2', {}, 'Read by QR'), reading)
  dialog.append(
    element(
      'p',
      {},
      button('Close', () => dialog.close()),
    ),
  )
  const reader = new Reader(id, reading, (file) => {
    dialog.close()
    onfile(file)
  })
  show(dialog, () => reader.stop())
}

/** What is on view in the dialog, from the first code to the whole file. */
class Reader {
  readonly stop: () => void
  readonly #collector = new Collector()
  readonly #status = element('p', { role: 'status', class: 'quiet' }, 'Hold the codes before the camera.')
  readonly #progress = element('div', {})
  readonly #view: HTMLElement
  readonly #onfile: (file: File) => void
  #isDone = false

  constructor(id: string, view: HTMLElement, onfile: (file: File) => void) {
    this.#view = view
    this.#onfile = onfile
    const video = element('video', { playsinline: '', 'aria-label': 'What the camera sees' })
    video.muted = true
    const pictures = element('input', { type: 'file', id, accept: 'image/*', multiple: '' })
    pictures.addEventListener('change', () => {
      const files = [...(pictures.files ?? [])]
      pictures.value = ''
      void this.#readPictures(files)
    })
    const choose = field(id, 'Or choose pictures of codes', pictures)
    view.append(video, this.#status, choose, this.#progress)
    this.stop = openCamera(video, {
      oncode: (octets) => void this.#collector.take(octets).then((outcome) => this.#after(outcome)),
      onfault: (fault) => {
        video.hidden = true
        this.#status.textContent = CAMERA[fault]
      },
    })
  }

  #after(outcome: Outcome): void {
    if (this.#isDone) return
    if (outcome.kind === 'fault') this.#status.textContent = faultText(outcome.fault)
    // A code on the wall must not end what is being read.
    else if (outcome.kind === 'file' && (!outcome.file.isText || this.#collector.chosen === null))
      void this.#done(outcome.file)
    const [current, ...others] = this.#collector.transfers
    this.#progress.replaceChildren(
      ...(current ? [progressOf(current)] : []),
      ...others.map((other) => this.#otherView(other)),
    )
  }

  #otherView({ key, rank, parts }: Transfer): HTMLElement {
    const instead = button('Read that one instead', () => {
      void this.#collector.choose(key).then((outcome) => {
        if (outcome) this.#after(outcome)
      })
    })
    return element('p', {}, `Another file is in view: ${rank} of ${count(parts, 'part')}. `, instead)
  }

  async #done({ name, bytes }: Received): Promise<void> {
    this.#isDone = true
    this.stop()
    const use = button('Use this file', () => this.#onfile(new File([bytes], name)))
    this.#view.replaceChildren(
      element('p', {}, `${plain(name)}, ${count(bytes.length, 'octet')}.`),
      hashView('Its SHA-256. Compare it with the words on the other screen.', await sha256(bytes)),
      element('div', { class: 'acts' }, use),
    )
    use.focus()
  }

  async #readPictures(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const codes = (await codesIn(file)) ?? []
      if (codes.length === 0) this.#status.textContent = `${plain(file.name)}: no QR code was found in it.`
      for (const octets of codes) this.#after(await this.#collector.take(octets))
    }
  }
}

function progressOf({ rank, parts }: Transfer): HTMLElement {
  const missing = `${count(parts - rank, 'more code')}, or a few more, whichever are shown.`
  return element('p', { class: 'progress' }, `${rank} of ${count(parts, 'part')}. ${missing}`)
}

/** Shows a dialog until it is closed. */
export function show(dialog: HTMLDialogElement, ended: () => void): void {
  dialog.addEventListener('close', () => {
    ended()
    dialog.remove()
  })
  document.body.append(dialog)
  dialog.showModal()
}

function faultText(fault: Extract<Outcome, { kind: 'fault' }>['fault']): string {
  if (fault === 'hash') return 'All parts are here, but they are not the file that was sent. Begin again.'
  if (fault === 'name') return 'The file has a name that no file can have. It is not used.'
  if (fault === 'version') return 'The code is of another version of Rootcellar.'
  return 'A code was damaged, or not made by Rootcellar. It was not used.'
}
