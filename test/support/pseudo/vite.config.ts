import { fileURLToPath } from 'node:url'
import { mergeConfig, type Plugin } from 'vite'
import config from '../../../vite.config.ts'

/** Gives main.ts the language of the tests instead of English; everything else is built as it is shipped. */
const otherLanguage: Plugin = {
  name: 'rootcellar:other-language',
  enforce: 'pre',
  resolveId(source, importer) {
    return importer?.endsWith('/src/main.ts') && source === './messages/en.ts'
      ? fileURLToPath(new URL('language.ts', import.meta.url))
      : null
  },
}

export default mergeConfig(config, { plugins: [otherLanguage] })
