/** Fields, files in and files out. */
import { element } from './element.ts'

/** A field under its label. */
export const field = (id: string, text: string, control: HTMLElement): HTMLElement =>
  element('div', { class: 'field' }, element('label', { for: id }, text), control)

export const octetsOf = async (file: File): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.arrayBuffer())

/** Hands a text to the browser as a file. */
export function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-pem-file' }))
  element('a', { href: url, download: name }).click()
  // Some browsers begin to read it only later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
