// Placeholder: the worker's composition root comes here. It answers so that both forms can be tried out.
self.addEventListener('message', ({ data }) => {
  if (data === 'ping') self.postMessage('pong')
})
