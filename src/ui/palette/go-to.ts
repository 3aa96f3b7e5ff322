/** Goes to an address of the page. */
export const goTo =
  (hash: string): (() => void) =>
  () => {
    location.hash = hash
  }
