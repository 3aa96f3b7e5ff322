import { createContext } from 'svelte'
import type { App } from './app.svelte.ts'

/** The page's state, for every component below App. */
export const [useApp, provideApp] = createContext<App>()
