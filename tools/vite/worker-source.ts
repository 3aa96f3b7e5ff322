import { fileURLToPath } from 'node:url'
import type { Plugin, Rolldown } from 'vite'
import { build } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** What runs as a worker, by the name of its pack. */
const ENTRIES: Readonly<Record<string, string>> = {
  worker: at('src/worker/server.ts'),
  'second-reader': at('witness/second-reader.ts'),
}
const PREFIX = 'virtual:'
const SUFFIX = '-source'

/**
 * Bundles each of ENTRIES into one classic script and exports its text as the default of `virtual:NAME-source`: both
 * forms of the page, and the development server, start workers from a Blob. A page build passes `packs`: the text goes
 * there, and the module is empty.
 */
export function workerSource(packs?: Map<string, BundledScript>): Plugin {
  let options: BundleOptions = {}
  return {
    name: 'rootcellar:worker-source',
    configResolved({ command, mode, define }) {
      options = { mode, ...(define ? { define } : {}) }
      if (command === 'serve') packs = undefined
    },
    resolveId: (id) => (nameIn(id) in ENTRIES ? `\0${id}` : null),
    async load(id) {
      const name = id.startsWith('\0') ? nameIn(id.slice(1)) : ''
      const entry = ENTRIES[name]
      if (entry === undefined) return null
      const script = await bundleScript(entry, options)
      for (const file of script.files) this.addWatchFile(file)
      packs?.set(name, script)
      return `export default ${JSON.stringify(packs ? '' : script.code)}`
    },
  }
}

/** `virtual:worker-source` → `worker`; '' for any other module. */
const nameIn = (id: string): string =>
  id.startsWith(PREFIX) && id.endsWith(SUFFIX) ? id.slice(PREFIX.length, -SUFFIX.length) : ''

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
