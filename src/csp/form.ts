/**
 * The page comes in two forms from one build: `site` (served, installable, with a service worker) and `file`
 * (one HTML file carried on a stick). The build writes which one on the root element.
 */
export type Form = 'site' | 'file'

export const VERSION: string = __VERSION__

export const form: Form = document.documentElement.dataset['form'] === 'site' ? 'site' : 'file'
