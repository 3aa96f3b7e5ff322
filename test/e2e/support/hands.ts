import type { Locator, Page } from 'playwright'

/** What a person does on the page, and how much of it: presses, and fields filled. Two persons do it: one has no mouse. */
export abstract class Hand {
  clicks = 0
  fields = 0
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Presses a button, a link or a fold, ticks a box. */
  async press(what: Locator): Promise<void> {
    this.clicks += 1
    await this.pressed(what)
  }

  /** Chooses one of several that are shown. */
  async choose(radio: Locator): Promise<void> {
    this.clicks += 1
    await this.chosen(radio)
  }

  /** Chooses by what is written, in a field that opens. */
  async select(field: Locator, label: string): Promise<void> {
    this.clicks += 1
    await this.selected(field, label)
  }

  async fill(field: Locator, text: string): Promise<void> {
    this.fields += 1
    await this.filled(field, text)
  }

  /** Picks a file or a folder; the browser's own dialog is one more press. */
  async pick(input: Locator, path: string): Promise<void> {
    this.clicks += 2
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.picking(input)])
    await chooser.setFiles(path)
  }

  protected abstract pressed(what: Locator): Promise<void>
  protected abstract chosen(radio: Locator): Promise<void>
  protected abstract selected(field: Locator, label: string): Promise<void>
  protected abstract filled(field: Locator, text: string): Promise<void>
  protected abstract picking(input: Locator): Promise<void>
}

export class Mouse extends Hand {
  protected pressed(what: Locator): Promise<void> {
    return what.click()
  }

  protected chosen(radio: Locator): Promise<void> {
    return radio.check()
  }

  protected async selected(field: Locator, label: string): Promise<void> {
    await field.selectOption({ label })
  }

  protected filled(field: Locator, text: string): Promise<void> {
    return field.fill(text)
  }

  protected picking(input: Locator): Promise<void> {
    // Its label looks like a button.
    return input.locator('xpath=..').click()
  }
}

/** More stops than any page has. */
const MOST_STOPS = 400

export class Keyboard extends Hand {
  protected async pressed(what: Locator): Promise<void> {
    await this.#reach(what)
    const isBox = await what.evaluate((element) => (element as HTMLInputElement).type === 'checkbox')
    await this.page.keyboard.press(isBox ? 'Space' : 'Enter')
  }

  /** Tab leads to the one of the group that is chosen, the arrows to the others. */
  protected async chosen(radio: Locator): Promise<void> {
    await this.#reach(radio)
    for (let n = 0; n < MOST_STOPS; n++) {
      if (await radio.isChecked()) return
      await this.page.keyboard.press('ArrowDown')
    }
    throw new Error('the arrows do not lead there')
  }

  protected async selected(field: Locator, label: string): Promise<void> {
    await this.#reach(field)
    const shown = (): Promise<string> =>
      field.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.label.trim() ?? '')
    await this.page.keyboard.press('Home')
    for (let n = 0; n < MOST_STOPS; n++) {
      if ((await shown()) === label) return
      await this.page.keyboard.press('ArrowDown')
    }
    throw new Error(`the arrows do not lead to ${label}`)
  }

  protected async filled(field: Locator, text: string): Promise<void> {
    await this.#reach(field)
    await this.page.keyboard.press('Control+A')
    await this.page.keyboard.insertText(text)
  }

  protected async picking(input: Locator): Promise<void> {
    await this.#reach(input)
    await this.page.keyboard.press('Enter')
  }

  /** Presses Tab until it is focused; all that is passed is passed as a person would. */
  async #reach(what: Locator): Promise<void> {
    await what.waitFor({ state: 'attached' })
    const passed: string[] = []
    for (let n = 0; n < MOST_STOPS; n++) {
      if (await what.evaluate(hasFocus)) return
      await this.page.keyboard.press('Tab')
      passed.push(
        await this.page.evaluate(() => document.activeElement?.textContent.trim().slice(0, 20) ?? ''),
      )
    }
    throw new Error(`no way by Tab to ${String(what)}; passed ${passed.slice(-60).join(' | ')}`)
  }
}

/** Of a group of radio buttons, whether any of them has it. */
function hasFocus(element: Element): boolean {
  const focused = document.activeElement
  if (focused === element) return true
  const [one, other] = [element, focused] as (HTMLInputElement | null)[]
  return one?.type === 'radio' && other?.type === 'radio' && one.name === other.name && one.name !== ''
}
