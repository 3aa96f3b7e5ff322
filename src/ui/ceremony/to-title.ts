/** Goes to the page's title: what was below it is another part of the ceremony now. */
export const toTitle = (): void => document.querySelector<HTMLElement>('main h1')?.focus()
