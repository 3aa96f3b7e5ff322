/** Yields so that queued messages (cancel first) are handled. By MessageChannel: setTimeout is clamped to 4 ms. */
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
