/** Lets what has happened meanwhile be heard, a wish to stop first of all; a timer would wait for milliseconds. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port2.onmessage = () => {
      port2.close()
      resolve()
    }
    port1.postMessage(null)
  })
}
