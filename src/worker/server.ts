/** The worker's composition root, and the only place that reads the clock for stored data. */
import { DERIVATIONS, serveDerivations, setScript } from '../services/files/derivations.ts'
import { secondReaderOf } from '../services/second-reading/second-reader.ts'
import { keepInPage } from '../vault/database.ts'
import { storageOf } from '../vault/shared-storage.ts'
import { startServer } from './start-server.ts'

if (self.name === DERIVATIONS) serveDerivations(self)
else {
  self.addEventListener('message', ({ data }: MessageEvent<{ kind: string; script?: Blob }>) => {
    if (data.kind === 'script' && data.script) setScript(data.script)
  })
  const ready = storageOf(self).then((page) => {
    if (page) keepInPage(page)
  })
  startServer(self, { name: 'rootcellar', clock: () => Date.now(), ready, readAgain: secondReaderOf(self) })
}
