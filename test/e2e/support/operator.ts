import type { Locator, Page } from 'playwright'
import { issue as issueWords } from '../../../src/messages/en/ui/issue.ts'

/** What a person does on the page, in the words that stand on it. */

export const PASSPHRASE = 'correct horses eat lemon bread'

export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { name, level: 1 })

export async function createVault(page: Page, passphrase = PASSPHRASE): Promise<void> {
  await page.getByRole('link', { name: 'Create a vault' }).click()
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByLabel('The same passphrase again').fill(passphrase)
  await page.getByLabel('Your name, for the journal').fill('Ada')
  await page.getByRole('button', { name: 'Create the vault' }).click()
  await heading(page, 'The hierarchy').waitFor()
}

export async function unlock(page: Page, passphrase = PASSPHRASE): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
}

/** The choice that a new CA key gets its own passphrase, in a form whose part about the key is open. */
export const ownPassphrase = (page: Page): Locator =>
  page.getByRole('radio', { name: issueWords.caKeys['own-passphrase'].label })

/** Goes to a page by its address, as a bookmark would. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, address)
}

export interface Wish {
  /** Name of the authority that signs; a root where it is left out. */
  issuer?: string
  /** As the form calls it: 'TLS server'. */
  purpose?: string
  name: string
  names?: string
  /** As the form calls it: 'Ed25519'. */
  algorithm?: string
}

/** Fills in the form, reviews, acknowledges what is to be acknowledged, and signs. Ends on the page of what was issued. */
export async function issue(page: Page, wish: Wish): Promise<void> {
  await fillIn(page, wish)
  await toReview(page)
  const warnings = page.getByLabel('I have read it and want to sign')
  if ((await warnings.count()) > 0) await warnings.check()
  await page
    .getByRole('button', { name: wish.issuer === undefined ? 'Make the root' : 'Sign the certificate' })
    .click()
  await heading(page, / is issued$/).waitFor()
}

/** Goes from the filled form to the review. */
export async function toReview(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review it…' }).click()
  await heading(page, 'Review before signing').waitFor()
}

export async function fillIn(page: Page, { issuer, purpose, name, names, algorithm }: Wish): Promise<void> {
  await visit(page, issuer === undefined ? '#/issue?profile=root' : '#/issue')
  await heading(page, issuer === undefined ? 'Make a root' : 'Issue a certificate').waitFor()
  if (issuer !== undefined) await page.getByLabel('Who signs it').selectOption({ label: issuer })
  if (purpose !== undefined) await page.getByRole('radio', { name: purpose, exact: true }).check()
  await page.getByLabel('Name', { exact: true }).fill(name)
  if (names !== undefined) await page.getByLabel('Names and addresses it is valid for').fill(names)
  if (algorithm !== undefined) {
    const choice = page.getByLabel('Key algorithm')
    await reveal(choice, page.getByText('Key', { exact: true }))
    await choice.selectOption({ label: algorithm })
  }
}

/** Ticks, for each of a few requests, that it was compared; the button that signs waits for it. */
export async function compareRequests(page: Page): Promise<void> {
  const ticks = page.getByLabel(/: compared with what its sender/)
  await ticks.first().waitFor()
  for (const tick of await ticks.all()) await tick.check()
}

/** Opens the part of the page that holds a field, unless it is open: waits until the one or the other is seen. */
export async function reveal(field: Locator, summary: Locator): Promise<void> {
  const isOpen = field.filter({ visible: true })
  await isOpen.or(summary).first().waitFor()
  if ((await isOpen.count()) === 0) await summary.click()
  await isOpen.waitFor()
}

/** Goes to where certificates are validated, and clears it of what was there. */
export async function emptyDesk(page: Page): Promise<void> {
  await visit(page, '#/validate')
  await heading(page, 'Validate certificates').waitFor()
  const clear = page.getByRole('button', { name: 'Clear the page' })
  if ((await clear.count()) === 0) return
  await clear.click()
  await clear.waitFor({ state: 'detached' })
}

/** Pastes certificates on an empty desk, and has them validated. */
export async function validatePasted(page: Page, text: string): Promise<void> {
  await emptyDesk(page)
  await page.getByLabel('Certificates, as text').fill(text)
  await page.getByRole('button', { name: 'Validate them' }).click()
}

/** Has the page read and authenticate every record; ends on the vault's page. */
export async function checkRecords(page: Page): Promise<void> {
  await visit(page, '#/vault')
  await page.getByRole('button', { name: 'Check every record' }).click()
  await page.getByText(/records read; every one is as this vault left it\./).waitFor()
}

/** Ends on the page of the newest certificate of that name. */
export async function openCertificate(page: Page, name: string): Promise<void> {
  await visit(page, `#/inventory?search=${encodeURIComponent(name)}`)
  await page.locator('main').getByRole('link', { name, exact: true }).first().click()
  await heading(page, name).waitFor()
}

/** Locks, and unlocks again; ends where it was. */
export async function lockAndUnlock(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lock now' }).click()
  await unlock(page)
  await page.getByRole('button', { name: 'Lock now' }).waitFor()
}

/**
 * Presses Cancel as soon as the next piece of work has come so far, when a hand would come too late on a fast machine.
 */
export async function cancelAt(page: Page, done: number): Promise<void> {
  await page.evaluate((least) => {
    new MutationObserver((_changes, observer) => {
      const buttons = [...document.querySelectorAll('main button')] as HTMLButtonElement[]
      const cancel = buttons.find(({ textContent }) => textContent.trim() === 'Cancel')
      const progress = document.querySelector<HTMLProgressElement>('main progress')
      if (!cancel || !progress || progress.value < least) return
      observer.disconnect()
      cancel.click()
    }).observe(document.body, { childList: true, subtree: true, attributes: true })
  }, done)
}
