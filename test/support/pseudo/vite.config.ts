import { fileURLToPath } from 'node:url'
import { mergeConfig, type Plugin } from 'vite'
import config from '../../../vite.config.ts'

/** Registers the language of the tests, which becomes a pack; everything else is built as it is shipped. */
const otherLanguage: Plugin = {
  name: 'rootcellar:other-language',
  enforce: 'pre',
  resolveId(source, importer) {
    return importer?.endsWith('/src/messages/languages.ts') && source === './further.ts'
      ? fileURLToPath(new URL('further.ts', import.meta.url))
      : null
  },
}

export default mergeConfig(config, { plugins: [otherLanguage] })
