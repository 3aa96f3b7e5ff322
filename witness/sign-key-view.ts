/** The part of the page where a witness makes or brings a key. */
import { block, safeName } from './attest.ts'
import { button, element } from './element.ts'
import { field, octetsOf, save } from './give.ts'
import { hashView } from './hash-view.ts'
import { bringKey, makeKey, nameFault, type KeyAnswer, type SigningKey } from './signing-key.ts'

/** Returns the part; `use` is called with each new key. */
export function keyView(use: (key: SigningKey) => void): HTMLElement {
  const name = element('input', { id: 'signer', type: 'text', autocomplete: 'name', maxlength: '64' })
  const shown = element('div', { role: 'status' })
  const answer = ({ key, fault }: { key?: SigningKey; fault?: string }): void => {
    if (key) use(key)
    shown.replaceChildren(...(key ? keyFacts(key) : [sentence('bad', fault ?? '')]))
  }
  const make = async (): Promise<KeyAnswer> => {
    const typed = name.value.trim().normalize('NFC')
    const fault = nameFault(typed)
    return fault === null ? { key: await makeKey(typed, new Date()) } : { fault }
  }
  return element(
    'section',
    {},
    element('h3', {}, '1. Your key'),
    field('signer', 'Your name, as it is on the roll', name),
    element(
      'div',
      { class: 'acts' },
      button('Make a key', () => void attempt(make).then(answer)),
    ),
    own((made) => void attempt(made).then(answer)),
    shown,
  )
}

const attempt = (make: () => Promise<KeyAnswer>): Promise<KeyAnswer> =>
  make().catch(() => ({ fault: 'The browser could not do this. Open the page in another one.' }))

function own(bring: (make: () => Promise<KeyAnswer>) => void): HTMLElement {
  const certificate = element('input', { id: 'own-certificate', type: 'file' })
  const key = element('input', { id: 'own-key', type: 'file' })
  const passphrase = element('input', { id: 'own-passphrase', type: 'password', autocomplete: 'off' })
  const use = button('Use this key', () =>
    bring(async () => {
      const [one, other] = [certificate.files?.[0], key.files?.[0]]
      if (!one || !other) return { fault: 'Choose both files: the certificate and the key.' }
      const brought = await bringKey(await octetsOf(one), await octetsOf(other), passphrase.value)
      if ('key' in brought) {
        passphrase.value = ''
        key.value = ''
      }
      return brought
    }),
  )
  return element(
    'details',
    {},
    element('summary', {}, 'Bring a key of your own'),
    element(
      'p',
      {},
      'A certificate in PEM or DER, and its private key on P-256 in PEM (PKCS#8), encrypted or not. The key is used in this page and goes nowhere.',
    ),
    field('own-certificate', 'Certificate', certificate),
    field('own-key', 'Private key', key),
    field('own-passphrase', 'Passphrase of the key, if any', passphrase),
    element('div', {}, use),
  )
}

function keyFacts(key: SigningKey): HTMLElement[] {
  const file = `${safeName(key.name)}.crt`
  return [
    sentence('good', `The key of ${key.name} is ready. It is gone when this page is closed or loaded again.`),
    hashView('Read this aloud: it is written on the roll before you sign.', key.sha256),
    element(
      'div',
      {},
      button(`Save the certificate (${file})`, () => save(file, block('CERTIFICATE', key.certificate))),
    ),
  ]
}

/** A sentence with a mark: good, bad, or neither. */
export const sentence = (tone: 'good' | 'bad' | 'grey', text: string): HTMLElement =>
  element('p', { class: 'answer', 'data-tone': tone }, text)
