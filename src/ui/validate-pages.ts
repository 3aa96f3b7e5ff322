/** The pages that judge what is brought, and need no vault: a pack of their own. */
export { default as Judge } from './pages/Judge.svelte'
export { default as Rule } from './pages/Rule.svelte'
