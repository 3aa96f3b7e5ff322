/**
 * The page comes in two forms from one build: `site` (served, installable, with a service worker) and `file`
 * (one HTML file carried on a stick). The build writes which one on the root element.
 */
export type Form = 'site' | 'file'

export const VERSION: string = __VERSION__

/** Where this page lies on the disk, as a person would type it; null where it was served. */
export const filePlace = (): string | null => {
  if (location.protocol !== 'file:') return null
  const address = `file://${location.pathname}`
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}

/** Where this page lies: on the disk, or the address it was served from. */
export const pagePlace = (): string => filePlace() ?? `${location.origin}${location.pathname}`

export const form: Form = document.documentElement.dataset['form'] === 'site' ? 'site' : 'file'
