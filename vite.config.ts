import { svelte } from '@sveltejs/vite-plugin-svelte'
import { readFileSync } from 'node:fs'
import { defineConfig } from 'vite'
import { publicRootsText } from './tools/public-roots.ts'
import { typefaces } from './tools/typefaces.ts'
import { textPack } from './tools/vite/text-pack.ts'
import { FIRST, twoForms } from './tools/vite/two-forms.ts'
import { witness } from './tools/vite/witness.ts'
import { workerSource, type BundledScript } from './tools/vite/worker-source.ts'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** Parts of the page stored as inert text, by name. */
const packs = new Map<string, BundledScript>()

export default defineConfig({
  base: './',
  define: { __VERSION__: JSON.stringify(version), 'import.meta': '{}' },
  plugins: [
    // A component's class occurs in the page hundreds of times: its hash alone keeps the name short.
    svelte({ compilerOptions: { cssHash: ({ hash, css }) => `s${hash(css)}` } }),
    workerSource(packs),
    textPack(packs, 'public-roots', () => ({ code: publicRootsText(), files: [] })),
    textPack(packs, 'typefaces', typefaces),
    twoForms(packs),
    witness(),
  ],
  server: { host: '127.0.0.1' },
  build: {
    target: 'es2023',
    modulePreload: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    cssCodeSplit: false,
    // A pack runs as a function of its exports and imports; ES modules would need addresses.
    rolldownOptions: {
      output: {
        format: 'cjs',
        entryFileNames: 'index.js',
        chunkFileNames: '[name].js',
        codeSplitting: {
          groups: [
            {
              name: sharedPack,
              minShareCount: 2,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
})

interface Modules {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null
}

/** Returns where a module lies that several chunks use: in the main script, in what the page needs, or with the rest. */
function sharedPack(id: string, modules: Modules): string {
  if (isImportedBy('src/main.ts', id, modules)) return FIRST
  return isImportedBy('src/page.ts', id, modules) ? 'base' : 'shared'
}

/** Whether this file imports the module, directly or through others. */
function isImportedBy(file: string, id: string, modules: Modules, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false
  seen.add(id)
  const importers = modules.getModuleInfo(id)?.importers ?? []
  return id.endsWith(`/${file}`) || [...importers].some((one) => isImportedBy(file, one, modules, seen))
}
