import { HANDS } from './engines.ts'

/** A user's actions on a vault, as functions for scripts that run in the page of any engine. */
export const VAULT_HANDS = `${HANDS}
  const passphrase = 'correct horses eat lemon bread'
  const go = (route) => { location.hash = '#/' + route }
  const said = () => document.querySelector('#app')?.innerText ?? ''
  const heading = (words) => until(() => [...document.querySelectorAll('h1')].find((each) => words.test(each.innerText)))
  const field = (label) => until(() => [...document.querySelectorAll('main label')]
    .filter((each) => each.innerText.trim().startsWith(label)).map((each) => each.control).find(Boolean))
  const fill = async (label, value) => type(await field(label), value)
  const choose = async (label, value) => {
    const list = await field(label)
    const option = await until(() => [...list.options].find((each) => each.text.includes(value)))
    list.value = option.value
    list.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const create = async () => {
    go('create')
    await heading(/vault/i)
    await fill('Passphrase', passphrase)
    await fill('The same passphrase again', passphrase)
    await fill('Your name', 'Ada')
    await press('Create the vault')
    await heading(/The hierarchy/)
  }
  const unlock = async () => {
    go('unlock')
    await heading(/Unlock/)
    await fill('Passphrase', passphrase)
    await press('Unlock')
    await heading(/The hierarchy/)
  }
  const issue = async (name, issuer) => {
    go('hierarchy')
    go(issuer === undefined ? 'issue?profile=root' : 'issue')
    await heading(issuer === undefined ? /Make a root/ : /Issue a certificate/)
    if (issuer !== undefined) {
      await choose('Who signs it', issuer)
      ;(await field('TLS server')).click()
    }
    await fill('Name', name)
    if (issuer !== undefined) await fill('Names and addresses', name)
    await press('Review it…')
    await heading(/Review before signing/)
    const sign = issuer === undefined ? 'Make the root' : 'Sign the certificate'
    await until(() => [...document.querySelectorAll('button')].some((each) => each.innerText.trim() === sign))
    for (const box of document.querySelectorAll('main input[type=checkbox]:not(:checked)')) box.click()
    await press(sign)
    await heading(/is issued$/)
  }
  /** The file that the page hands over when it is asked to, in base64. */
  const handedOver = async (ask) => {
    const made = new Promise((resolve) => {
      const original = URL.createObjectURL
      URL.createObjectURL = (blob) => (resolve(blob), original.call(URL, blob))
    })
    await ask()
    const octets = new Uint8Array(await (await made).arrayBuffer())
    return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''))
  }
  const pick = async (base64) => {
    const octets = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))
    const list = new DataTransfer()
    list.items.add(new File([octets], 'picked'))
    const input = await until(() => document.querySelector('main input[type=file]'))
    input.files = list.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
`
