import type { Plugin } from 'vite'
import { publicRootsText } from '../public-roots.ts'
import type { BundledScript } from './worker-source.ts'

const ID = 'virtual:public-roots-source'

/** Exports the public roots as the default of `virtual:public-roots-source`; a page build has them in `packs` instead. */
export function publicRoots(packs: Map<string, BundledScript>): Plugin {
  let isBuild = false
  return {
    name: 'rootcellar:public-roots',
    configResolved({ command }) {
      isBuild = command === 'build'
    },
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null
      const text = publicRootsText()
      if (isBuild) packs.set('public-roots', { code: text, files: [] })
      return `export default ${JSON.stringify(isBuild ? '' : text)}`
    },
  }
}
