/**
 * The page comes in two forms from one build: `site` (served, installable, with a service worker) and `file` (one HTML
 * file carried on a USB stick). The build sets the form on the root element.
 */
export type Form = 'site' | 'file'

export const VERSION: string = __VERSION__

/** The path of this page on disk, as a person would type it; null if it was served. */
export const filePlace = (): string | null => {
  if (location.protocol !== 'file:') return null
  const address = `file://${location.pathname}`
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}

/** The location of this page: on disk, or the address it was served from. */
export const pagePlace = (): string => filePlace() ?? `${location.origin}${location.pathname}`

/** What a vault's storage belongs to: this page on disk, or all of the site that served it. */
export const storagePlace = (): string => filePlace() ?? location.origin

export const form: Form = document.documentElement.dataset['form'] === 'site' ? 'site' : 'file'
