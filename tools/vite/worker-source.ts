import { fileURLToPath } from 'node:url'
import type { Plugin, Rolldown } from 'vite'
import { build } from 'vite'

const NAME = 'virtual:worker-source'
const ENTRY = fileURLToPath(new URL('../../src/worker/server.ts', import.meta.url))

/**
 * Bundles src/worker/server.ts into one classic script and exports its text as the default of `virtual:worker-source`:
 * both forms of the page, and the development server, start the worker from a Blob. A page build passes `packs`: the
 * text goes there, and the module is empty.
 */
export function workerSource(packs?: Map<string, BundledScript>): Plugin {
  let options: BundleOptions = {}
  return {
    name: 'rootcellar:worker-source',
    configResolved({ command, mode, define }) {
      options = { mode, ...(define ? { define } : {}) }
      if (command === 'serve') packs = undefined
    },
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    async load(id) {
      if (id !== `\0${NAME}`) return null
      const script = await bundleScript(ENTRY, options)
      for (const file of script.files) this.addWatchFile(file)
      packs?.set('worker', script)
      return `export default ${JSON.stringify(packs ? '' : script.code)}`
    },
  }
}

interface BundleOptions {
  mode?: string
  define?: Record<string, unknown>
  plugins?: Plugin[]
}

export interface BundledScript {
  readonly code: string
  /** The sources it was built from. */
  readonly files: readonly string[]
}

/** Bundles one entry into one self-contained classic script. */
export async function bundleScript(
  entry: string,
  { mode = 'production', define = {}, plugins = [] }: BundleOptions = {},
): Promise<BundledScript> {
  const result = (await build({
    configFile: false,
    logLevel: 'warn',
    mode,
    define,
    plugins,
    publicDir: false,
    build: {
      target: 'es2023',
      write: false,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format: 'iife', codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput
  const [chunk] = result.output
  return { code: chunk.code, files: chunk.moduleIds.filter((id) => id.startsWith('/')) }
}
