/** The worker's composition root. The clock of all that is stored is read here. */
import { startServer } from './start-server.ts'

startServer(self, { name: 'rootcellar', clock: () => Date.now() })
