import type { Plugin } from 'vite'
import type { BundledScript } from './worker-source.ts'

/**
 * Exports a text as the default of `virtual:NAME-source`; a page build has it in `packs` instead. `read` also names the files
 * it was made from.
 */
export function textPack(packs: Map<string, BundledScript>, name: string, read: () => BundledScript): Plugin {
  const id = `virtual:${name}-source`
  let isBuild = false
  return {
    name: `rootcellar:${name}`,
    configResolved({ command }) {
      isBuild = command === 'build'
    },
    resolveId: (asked) => (asked === id ? `\0${id}` : null),
    load(asked) {
      if (asked !== `\0${id}`) return null
      const text = read()
      if (isBuild) packs.set(name, text)
      return `export default ${JSON.stringify(isBuild ? '' : text.code)}`
    },
  }
}
