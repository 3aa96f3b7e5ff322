import type { Messages } from './messages.ts'

/**
 * The languages other than English, by their tags (BCP 47). Each is a pack that is opened only if it is spoken:
 * `de: async () => (await import('./de.ts')).de`.
 */
export const FURTHER: Readonly<Record<string, () => Promise<Messages>>> = {}
