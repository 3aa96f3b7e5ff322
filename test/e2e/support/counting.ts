import type { Locator } from 'playwright'

/** Counts what a person does: presses, and fields filled. */
export class Counting {
  clicks = 0
  fields = 0

  async press(what: Locator): Promise<void> {
    this.clicks += 1
    await what.click()
  }

  async fill(field: Locator, text: string): Promise<void> {
    this.fields += 1
    await field.fill(text)
  }
}
